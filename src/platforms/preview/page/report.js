import { dialog } from './dialog.js'
import { make } from './element.js'

/**
 * Opens a form for one sentence about what is wrong in a message. `send` resolves with a sentence about what went
 * wrong, or with undefined.
 */
export function openReport({ name, label, hint, most: maxLength }, send) {
  const text = make('textarea')
  text.id = 'sentence'
  text.rows = 3
  text.maxLength = maxLength
  const labelNode = make('label', '', label)
  labelNode.htmlFor = text.id
  const hintNode = make('p', 'hint', hint)
  hintNode.id = 'sentence-hint'
  text.setAttribute('aria-describedby', hintNode.id)

  const report = dialog(name, {
    submit: 'Send',
    onSubmit: () => {
      const sentence = text.value.trim()
      if (sentence !== '') return send(sentence)
      text.focus()
      return 'Write what is wrong in one sentence.'
    },
  })
  report.body.append(make('div', 'field', labelNode, text, hintNode))
  report.open()
}

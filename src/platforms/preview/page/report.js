import { dialog } from './dialog.js'
import { make } from './element.js'

/** Asks for one sentence about what is wrong in a message; `send` resolves with a sentence where that failed. */
export function openReport({ name, label, hint, most }, send) {
  const text = make('textarea')
  text.id = 'sentence'
  text.rows = 3
  text.maxLength = most
  const called = make('label', '', label)
  called.htmlFor = text.id
  const told = make('p', 'hint', hint)
  told.id = 'sentence-hint'
  text.setAttribute('aria-describedby', told.id)

  const shown = dialog(name, {
    submit: 'Send',
    onSubmit: () => {
      const sentence = text.value.trim()
      if (sentence !== '') return send(sentence)
      text.focus()
      return 'Write what is wrong in one sentence.'
    },
  })
  shown.body.append(make('div', 'field', called, text, told))
  shown.open()
}

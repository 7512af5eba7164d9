import { make } from './element.js'

/**
 * A form over the page. Escape and Cancel close it, and the focus goes back to where it was. `onSubmit` does what the
 * form is for; it resolves with a sentence where that failed, and with nothing where the form is done.
 */
export function dialog(title, { submit, onSubmit }) {
  const heading = make('h2', '', title)
  heading.id = 'dialog-title'
  const body = make('div', 'body')
  const failed = make('p', 'problem')
  failed.setAttribute('role', 'alert')
  const cancel = make('button', 'quiet', 'Cancel')
  cancel.type = 'button'
  const send = make('button', 'send', submit)
  send.type = 'submit'
  const form = make('form', '', heading, body, failed, make('div', 'foot', cancel, send))
  // What is wrong is said in our own words, at its field.
  form.noValidate = true
  const node = make('dialog', 'dialog', form)
  node.setAttribute('aria-labelledby', heading.id)

  cancel.addEventListener('click', () => node.close())
  node.addEventListener('close', () => node.remove())
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (send.disabled) return
    send.disabled = true
    failed.textContent = ''
    try {
      const sentence = await onSubmit()
      if (sentence === undefined) node.close()
      else failed.textContent = sentence
    } catch {
      failed.textContent = 'No answer: nutgraf does not run any more, or it is just starting.'
    }
    send.disabled = false
  })

  document.body.append(node)
  return {
    body,
    showProblem: sentence => {
      failed.textContent = sentence
    },
    setSubmitLabel: label => {
      send.textContent = label
    },
    open: () => node.showModal(),
  }
}

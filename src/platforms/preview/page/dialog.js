import { make } from './element.js'

/**
 * Creates a form in a dialog over the page. Escape and Cancel close it, and the focus returns to where it was.
 * `onSubmit` resolves with a sentence about what went wrong, or with undefined if the form is done.
 */
export function dialog(title, { submit, onSubmit }) {
  const heading = make('h2', '', title)
  heading.id = 'dialog-title'
  const body = make('div', 'body')
  const problem = make('p', 'problem')
  problem.setAttribute('role', 'alert')
  const cancel = make('button', 'quiet', 'Cancel')
  cancel.type = 'button'
  const send = make('button', 'send', submit)
  send.type = 'submit'
  const form = make('form', '', heading, body, problem, make('div', 'foot', cancel, send))
  // Problems are shown at their fields in our own words, not the browser's.
  form.noValidate = true
  const node = make('dialog', 'dialog', form)
  node.setAttribute('aria-labelledby', heading.id)

  cancel.addEventListener('click', () => node.close())
  node.addEventListener('close', () => node.remove())
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (send.disabled) return
    send.disabled = true
    problem.textContent = ''
    try {
      const sentence = await onSubmit()
      if (sentence === undefined) node.close()
      else problem.textContent = sentence
    } catch {
      problem.textContent = 'No answer: nutgraf has stopped, or is still starting.'
    }
    send.disabled = false
  })

  document.body.append(node)
  return {
    body,
    showProblem: sentence => {
      problem.textContent = sentence
    },
    setSubmitLabel: label => {
      send.textContent = label
    },
    open: () => node.showModal(),
  }
}

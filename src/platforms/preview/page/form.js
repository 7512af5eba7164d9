import { dialog } from './dialog.js'
import { element, make } from './element.js'
import { field } from './fields.js'

/**
 * The settings of digests, as both platforms ask for them. `send` asks the bot by path; `done` gets the line that the
 * form stood for, and its answer.
 */
export function openForm(form, { send, offers, press, done }) {
  let fields = []

  const shown = dialog('Digest settings', {
    submit: form.submit,
    onSubmit: async () => {
      const filled = Object.fromEntries(fields.map(one => [one.name, one.values()]))
      const answer = await send('/preview/filled', { filled })
      for (const one of fields) one.showProblem(answer.problems?.[one.name])
      if (answer.problems) {
        const first = fields.find(({ name }) => answer.problems[name]) ?? fields[0]
        first.focus()
        return ''
      }
      if (answer.problem) return answer.problem
      done(answer)
    },
  })

  const draw = ({ about, fields: given, submit }) => {
    fields = given.map(one => field(one, { offers, redraw }))
    const said = make('p', 'about', ...about.map(view => element(view, press)))
    said.setAttribute('role', 'status')
    shown.body.replaceChildren(said, ...fields.map(({ node }) => node))
    shown.setSubmitLabel(submit)
  }

  /** Another digest was chosen: its own values come. */
  const redraw = async of => {
    const answer = await send('/preview/form', { of }).catch(() => ({}))
    if (!answer.form)
      return shown.showProblem(answer.problem ?? answer.text ?? 'No answer: nutgraf does not run any more.')
    shown.showProblem('')
    draw(answer.form)
    fields[0].focus()
  }

  draw(form)
  shown.open()
  fields[0].focus()
}

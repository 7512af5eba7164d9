import { dialog } from './dialog.js'
import { make } from './element.js'
import { field } from './fields.js'
import { element } from './view.js'

/**
 * Opens a form. `send` posts JSON to a path; `done` gets the line that the form was
 * turned into, with its answer.
 */
export function openForm(form, { send, offers, press, done }) {
  let fields = []
  let shown = ''

  const settings = dialog(form.heading, {
    submit: form.submit,
    onSubmit: async () => {
      const filled = Object.fromEntries(fields.map(({ name, values }) => [name, values()]))
      const answer = await send('/preview/filled', { of: shown, filled })
      for (const { name, showProblem } of fields) showProblem(answer.problems?.[name])
      if (answer.problems) {
        // A problem of no field, such as one with what the form is about, stands at its foot.
        const others = Object.keys(answer.problems).filter(key => !fields.some(({ name }) => name === key))
        if (others.length > 0) return others.map(key => answer.problems[key]).join(' ')
        const firstWrong = fields.find(({ name }) => answer.problems[name]) ?? fields[0]
        firstWrong.focus()
        return ''
      }
      if (answer.problem) return answer.problem
      done(answer)
    },
  })

  const draw = ({ name, about, fields: definitions, submit }) => {
    shown = name
    fields = definitions.map(definition => field(definition, { offers, redraw }))
    const intro = make('p', 'about', ...about.map(view => element(view, press)))
    intro.setAttribute('role', 'status')
    settings.body.replaceChildren(intro, ...fields.map(({ node }) => node))
    settings.setSubmitLabel(submit)
  }

  /** Loads the form of another digest, with its own values. */
  const redraw = async of => {
    const answer = await send('/preview/form', { of }).catch(() => ({}))
    if (!answer.form)
      return settings.showProblem(answer.problem ?? answer.text ?? 'No answer: nutgraf has stopped.')
    settings.showProblem('')
    draw(answer.form)
    fields[0].focus()
  }

  draw(form)
  settings.open()
  fields[0].focus()
}

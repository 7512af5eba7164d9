import { setTimeout as sleep } from 'node:timers/promises'
import type { Option } from '../../chat/form.ts'
import { plain } from '../../chat/plain-text.ts'
import type { Call, CallOutcome, Handlers, Log, Settings } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Asked, type Asking, FAILED, LATE_FORM, outcomeOf } from '../answering.ts'
import { FIELD, filledIn, formView, option, problemsAt, TITLE } from './form-view.ts'
import { splitPlace, type Web } from './messages.ts'
import { type FormPayload, formCall } from './payload.ts'
import { answerView, type Kept, keptIn, type SlackView, waitingView } from './view.ts'

/** So long it may take until a form is there; after that a modal opens without it, and gets it when it comes. */
const AT_ONCE_MS = 400
/** A trigger lives three seconds, and so does a command. */
const OPEN_MS = 1_500
const PATIENCE_MS = 10_000
/** What is longer finds no room under a field. */
const MOST_PROBLEM = 300

const UNOPENED = refusal(phrases.slack.settingsNotOpened())

/** What a modal gets as the answer to a submission. */
type Submitted =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: SlackView }

/** The settings of digests as one modal; whoever may change nothing is shown the same as text. */
export function settingsModal(options: {
  settings: Settings
  handlers: Handlers
  asking: Asking<Reply>
  web: Web
  log: Log
}) {
  const { settings, handlers, asking, web, log } = options

  /** The modal as it is now, and what became of it. It never rejects. */
  async function drawn(call: Call, kept: Kept, name?: string): Promise<Drawn> {
    try {
      const late = sleep(PATIENCE_MS, LATE_FORM, { ref: false })
      const form = await Promise.race([settings.form(call, name), late])
      return 'fields' in form
        ? { view: formView(form, kept), outcome: 'answered' }
        : { view: answerView(TITLE, form, kept), outcome: outcomeOf(form) }
    } catch (cause) {
      log.error({ err: cause, place: call.place }, 'slack: a form could not be made')
      return { view: answerView(TITLE, FAILED, kept), outcome: outcomeOf(FAILED) }
    }
  }

  return {
    /** Opens the modal; `told` hears at once whether that went well, with a sentence where it did not. */
    async open(
      { call, key: trigger_id }: Asked,
      name: string | undefined,
      told: (problem?: Reply) => Promise<void>,
    ): Promise<void> {
      const { team, channel } = splitPlace(call.place)
      const kept = { channel }
      const form = drawn(call, kept, name)
      const ready = await Promise.race([form, sleep(AT_ONCE_MS, undefined, { ref: false })])
      let id: string | undefined
      try {
        const args = { trigger_id, view: ready?.view ?? waitingView(TITLE, kept) }
        const opened = await web<Opened>(team, 'views.open', args, AbortSignal.timeout(OPEN_MS))
        id = opened.view?.id
      } catch (cause) {
        log.warn({ err: cause, place: call.place }, 'slack: a form was not opened')
        handlers.counted?.(call, 'failed')
        return told(UNOPENED)
      }
      if (ready) handlers.counted?.(call, ready.outcome)
      await told()
      if (ready) return
      const { view, outcome } = await form
      handlers.counted?.(call, outcome)
      if (id !== undefined) await web(team, 'views.update', { view_id: id, view })
    },

    /** Another digest was chosen: the form is drawn anew for it. */
    async choose(body: FormPayload): Promise<void> {
      const { call } = formCall(body, `/${settings.command}`, Date.now())
      const { view } = await drawn(call, keptIn(body.view), body.actions?.[0]?.selected_option?.value)
      const { id, hash } = body.view
      await web(splitPlace(call.place).team, 'views.update', {
        view_id: id,
        ...(hash !== undefined && { hash }),
        view,
      })
    },

    /** Runs the line that the form stands for. What keeps it from being done is shown in the form, which stays. */
    async submit(body: FormPayload): Promise<Submitted> {
      const state = body.view.state ?? { values: {} }
      const errors = (problems: Record<string, string>): Submitted => ({
        response_action: 'errors',
        errors: problemsAt(state, problems),
      })
      const made = settings.line(filledIn(state))
      if ('problems' in made) return errors(made.problems)
      const reply = await asking.answered(handlers, formCall(body, made.line, Date.now()))
      const said = plain(reply)
      if (reply.refusal && said.length <= MOST_PROBLEM) return errors({ [settings.about]: said })
      const view = answerView(TITLE, reply, keptIn(body.view))
      return { response_action: reply.refusal ? 'push' : 'update', view }
    },

    /** What may be chosen in a field, for what is typed there. */
    offer(actionId: string, typed: string): object[] {
      const argument = actionId.slice(FIELD.length)
      const query = { command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }
      return handlers.suggest(query).flatMap((one: Option) => option(one))
    },
  }
}

type Drawn = { view: SlackView; outcome: CallOutcome }
type Opened = { view?: { id: string } }

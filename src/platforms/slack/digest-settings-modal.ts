import { setTimeout as sleep } from 'node:timers/promises'
import type { Option } from '../../chat/form.ts'
import { toPlainText } from '../../chat/plain-text.ts'
import type { Call, CallOutcome, DigestSettings, Handlers, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { FAILED_REPLY, type IncomingCall, LATE_FORM_REPLY, outcomeOf, type Responder } from '../responder.ts'
import {
  FIELD_PREFIX,
  formView,
  parseFormValues,
  problemsByBlock,
  SETTINGS_TITLE,
  slackOption,
} from './form-view.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { type FormPayload, formCall } from './payload.ts'
import { answerView, parseMetadata, type SlackView, type ViewMetadata, waitingView } from './view.ts'

/** So long it may take until a form is there; after that a modal opens without it, and gets it when it comes. */
const LOADING_VIEW_AFTER_MS = 400
/** A trigger lives three seconds, and so does a command. */
const OPEN_TIMEOUT_MS = 1_500
const FORM_TIMEOUT_MS = 10_000
/** What is longer finds no room under a field. */
const MAX_PROBLEM_CHARACTERS = 300

const UNOPENED_REPLY = refusal(phrases.slack.settingsNotOpened())

/** What a modal gets as the answer to a submission. */
type SubmissionResponse =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: SlackView }

/** The settings of digests as one modal; whoever may change nothing is shown the same as text. */
export function createDigestSettingsModal(options: {
  settings: DigestSettings
  handlers: Handlers
  responder: Responder<Reply>
  web: CallWebApi
  log: Log
}) {
  const { settings, handlers, responder, web, log } = options

  /** The modal as it is now, and what became of it. It never rejects. */
  async function drawn(call: Call, kept: ViewMetadata, name?: string): Promise<DrawnView> {
    try {
      const late = sleep(FORM_TIMEOUT_MS, LATE_FORM_REPLY, { ref: false })
      const form = await Promise.race([settings.buildForm(call, name), late])
      return 'fields' in form
        ? { view: formView(form, kept), outcome: 'answered' }
        : { view: answerView(SETTINGS_TITLE, form, kept), outcome: outcomeOf(form) }
    } catch (cause) {
      log.error({ err: cause, place: call.place }, 'slack: a form could not be made')
      return { view: answerView(SETTINGS_TITLE, FAILED_REPLY, kept), outcome: outcomeOf(FAILED_REPLY) }
    }
  }

  return {
    /** Opens the modal; `told` hears at once whether that went well, with a sentence where it did not. */
    async open(
      { call, key: trigger_id }: IncomingCall,
      name: string | undefined,
      told: (problem?: Reply) => Promise<void>,
    ): Promise<void> {
      const { team, channel } = splitPlace(call.place)
      const kept = { channel }
      const form = drawn(call, kept, name)
      const ready = await Promise.race([form, sleep(LOADING_VIEW_AFTER_MS, undefined, { ref: false })])
      let id: string | undefined
      try {
        const args = { trigger_id, view: ready?.view ?? waitingView(SETTINGS_TITLE, kept) }
        const opened = await web<ViewsOpenResult>(
          team,
          'views.open',
          args,
          AbortSignal.timeout(OPEN_TIMEOUT_MS),
        )
        id = opened.view?.id
      } catch (cause) {
        log.warn({ err: cause, place: call.place }, 'slack: a form was not opened')
        handlers.countCall?.(call, 'failed')
        return told(UNOPENED_REPLY)
      }
      if (ready) handlers.countCall?.(call, ready.outcome)
      await told()
      if (ready) return
      const { view, outcome } = await form
      handlers.countCall?.(call, outcome)
      if (id !== undefined) await web(team, 'views.update', { view_id: id, view })
    },

    /** Another digest was chosen: the form is drawn anew for it. */
    async switchDigest(body: FormPayload): Promise<void> {
      const { call } = formCall(body, `/${settings.command}`, Date.now())
      const { view } = await drawn(call, parseMetadata(body.view), body.actions?.[0]?.selected_option?.value)
      const { id, hash } = body.view
      await web(splitPlace(call.place).team, 'views.update', {
        view_id: id,
        ...(hash !== undefined && { hash }),
        view,
      })
    },

    /** Runs the line that the form stands for. What keeps it from being done is shown in the form, which stays. */
    async submit(body: FormPayload): Promise<SubmissionResponse> {
      const state = body.view.state ?? { values: {} }
      const errors = (problems: Record<string, string>): SubmissionResponse => ({
        response_action: 'errors',
        errors: problemsByBlock(state, problems),
      })
      const made = settings.lineFor(parseFormValues(state))
      if ('problems' in made) return errors(made.problems)
      const reply = await responder.respond(handlers, formCall(body, made.line, Date.now()))
      const said = toPlainText(reply)
      if (reply.refusal && said.length <= MAX_PROBLEM_CHARACTERS)
        return errors({ [settings.subjectField]: said })
      const view = answerView(SETTINGS_TITLE, reply, parseMetadata(body.view))
      return { response_action: reply.refusal ? 'push' : 'update', view }
    },

    /** What may be chosen in a field, for what is typed there. */
    suggestOptions(actionId: string, typed: string): object[] {
      const argument = actionId.slice(FIELD_PREFIX.length)
      const query = { command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }
      return handlers.suggest(query).flatMap((one: Option) => slackOption(one))
    },
  }
}

type DrawnView = { view: SlackView; outcome: CallOutcome }
type ViewsOpenResult = { view?: { id: string } }

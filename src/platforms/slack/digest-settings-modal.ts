import { setTimeout as sleep } from 'node:timers/promises'
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

/** How long a form may take. After that a modal opens without it, and is updated when the form is ready. */
const LOADING_VIEW_AFTER_MS = 400
/** The trigger that opens a modal expires after 3 s, and so does the command. */
const OPEN_TIMEOUT_MS = 1_500
const FORM_TIMEOUT_MS = 10_000
/** A longer sentence has no room under a field, and is shown in a view of its own. */
const MAX_PROBLEM_CHARACTERS = 300

const UNOPENED_REPLY = refusal(phrases.slack.settingsNotOpened())

/** The response to a submitted modal: problems by field, or the view that replaces it or opens on top. */
type SubmissionResponse =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: SlackView }

/** Creates the modal of the digest settings. People who may not change anything see the settings as text. */
export function createDigestSettingsModal(options: {
  settings: DigestSettings
  handlers: Handlers
  responder: Responder<Reply>
  web: CallWebApi
  log: Log
}) {
  const { settings, handlers, responder, web, log } = options

  /** Draws the modal, with the outcome to count. Never rejects. */
  async function draw(call: Call, metadata: ViewMetadata, name?: string): Promise<DrawnView> {
    try {
      const late = sleep(FORM_TIMEOUT_MS, LATE_FORM_REPLY, { ref: false })
      const form = await Promise.race([settings.buildForm(call, name), late])
      return 'fields' in form
        ? { view: formView(form, metadata), outcome: 'answered' }
        : { view: answerView(SETTINGS_TITLE, form, metadata), outcome: outcomeOf(form) }
    } catch (cause) {
      log.error({ err: cause, place: call.place }, 'slack: a form could not be made')
      return { view: answerView(SETTINGS_TITLE, FAILED_REPLY, metadata), outcome: outcomeOf(FAILED_REPLY) }
    }
  }

  return {
    /**
     * Opens the modal. `acknowledge` is called as soon as it is open, or with a sentence where it could not be opened.
     */
    async open(
      { call }: IncomingCall,
      { trigger_id, name }: { trigger_id: string; name: string | undefined },
      acknowledge: (problem?: Reply) => Promise<void>,
    ): Promise<void> {
      const { team, channel } = splitPlace(call.place)
      const metadata = { channel }
      const form = draw(call, metadata, name)
      const ready = await Promise.race([form, sleep(LOADING_VIEW_AFTER_MS, undefined, { ref: false })])
      let id: string | undefined
      try {
        const args = { trigger_id, view: ready?.view ?? waitingView(SETTINGS_TITLE, metadata) }
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
        return acknowledge(UNOPENED_REPLY)
      }
      if (ready) handlers.countCall?.(call, ready.outcome)
      await acknowledge()
      if (ready) return
      const { view, outcome } = await form
      handlers.countCall?.(call, outcome)
      if (id !== undefined) await web(team, 'views.update', { view_id: id, view })
    },

    /** Draws the form again for another digest that was chosen in it. */
    async switchDigest(body: FormPayload): Promise<void> {
      const { call } = formCall(body, `/${settings.command}`, Date.now())
      const { view } = await draw(call, parseMetadata(body.view), body.actions?.[0]?.selected_option?.value)
      const { id, hash } = body.view
      await web(splitPlace(call.place).team, 'views.update', {
        view_id: id,
        ...(hash !== undefined && { hash }),
        view,
      })
    },

    /** Runs the line that the filled form means. A problem is shown in the form, which stays open. */
    async submit(body: FormPayload): Promise<SubmissionResponse> {
      const state = body.view.state ?? { values: {} }
      const errors = (problems: Record<string, string>): SubmissionResponse => ({
        response_action: 'errors',
        errors: problemsByBlock(state, problems),
      })
      const parsed = settings.lineFor(parseFormValues(state))
      if ('problems' in parsed) return errors(parsed.problems)
      const reply = await responder.respond(handlers, formCall(body, parsed.line, Date.now()))
      const words = toPlainText(reply)
      if (reply.refusal && words.length <= MAX_PROBLEM_CHARACTERS)
        return errors({ [settings.subjectField]: words })
      const view = answerView(SETTINGS_TITLE, reply, parseMetadata(body.view))
      return { response_action: reply.refusal ? 'push' : 'update', view }
    },

    /** The options that Slack shows while somebody types in a field. */
    suggestOptions(actionId: string, typed: string): object[] {
      const argument = actionId.slice(FIELD_PREFIX.length)
      const query = { command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }
      return handlers.suggest(query).flatMap(option => slackOption(option))
    },
  }
}

type DrawnView = { view: SlackView; outcome: CallOutcome }
type ViewsOpenResult = { view?: { id: string } }

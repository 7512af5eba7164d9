import { setTimeout as sleep } from 'node:timers/promises'
import { toPlainText } from '../../chat/plain-text.ts'
import type { Call, CallOutcome, DigestSettings, Handlers, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { findForm, sourceOfForm, titleOfForm } from '../form-sources.ts'
import { FAILED_REPLY, type IncomingCall, LATE_FORM_REPLY, outcomeOf, type Responder } from '../responder.ts'
import type { App } from './bolt.ts'
import {
  FIELD_PREFIX,
  formNameIn,
  formView,
  parseFormValues,
  problemsByBlock,
  SETTINGS_CALLBACK_ID,
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
const UNOPENED_FORM_REPLY = refusal([phrases.slack.formNotOpened])
/** A modal that a process of another version has drawn. */
const UNKNOWN_FORM_REPLY = FAILED_REPLY

/** The response to a submitted modal: problems by field, or the view that replaces it or opens on top. */
type SubmissionResponse =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: SlackView }

/** Creates the modals of all forms. People who may not change anything see an answer instead. */
export function createFormModal(options: {
  handlers: Handlers
  responder: Responder<Reply>
  web: CallWebApi
  log: Log
}) {
  const { handlers, responder, web, log } = options
  const titleOf = (source: DigestSettings) => titleOfForm(source, SETTINGS_TITLE)

  /** Draws the modal, with the outcome to count. Never rejects. */
  async function draw(
    source: DigestSettings,
    call: Call,
    metadata: ViewMetadata,
    name?: string,
  ): Promise<DrawnView> {
    const title = titleOf(source)
    try {
      const late = sleep(FORM_TIMEOUT_MS, LATE_FORM_REPLY, { ref: false })
      const form = await Promise.race([source.buildForm(call, name), late])
      return 'fields' in form
        ? { view: formView(form, metadata, title), outcome: 'answered' }
        : { view: answerView(title, form, metadata), outcome: outcomeOf(form) }
    } catch (cause) {
      log.error({ err: cause, place: call.place }, 'slack: a form could not be made')
      return { view: answerView(title, FAILED_REPLY, metadata), outcome: outcomeOf(FAILED_REPLY) }
    }
  }

  return {
    /**
     * Opens the modal. `acknowledge` is called as soon as it is open, or with a sentence where it could not be opened.
     */
    async open(
      { call }: IncomingCall,
      { trigger_id, source, name }: { trigger_id: string; source: DigestSettings; name: string | undefined },
      acknowledge: (problem?: Reply) => Promise<void>,
    ): Promise<void> {
      const { team, channel } = splitPlace(call.place)
      const metadata = { channel }
      const form = draw(source, call, metadata, name)
      const ready = await Promise.race([form, sleep(LOADING_VIEW_AFTER_MS, undefined, { ref: false })])
      let id: string | undefined
      try {
        const args = { trigger_id, view: ready?.view ?? waitingView(titleOf(source), metadata) }
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
        return acknowledge(source === handlers.settings ? UNOPENED_REPLY : UNOPENED_FORM_REPLY)
      }
      if (ready) handlers.countCall?.(call, ready.outcome)
      await acknowledge()
      if (ready) return
      const { view, outcome } = await form
      handlers.countCall?.(call, outcome)
      if (id !== undefined) await web(team, 'views.update', { view_id: id, view })
    },

    /** The form that a line asks for which somebody chose in a modal; undefined where it is answered with words. */
    async viewFor(call: Call, metadata: ViewMetadata): Promise<SlackView | undefined> {
      const form = findForm(handlers, call)
      if (!form) return undefined
      const { view, outcome } = await draw(form.source, call, metadata, form.name)
      handlers.countCall?.(call, outcome)
      return view
    },

    /** Draws the form again for another digest that was chosen in it. */
    async switchDigest(body: FormPayload): Promise<void> {
      const { settings } = handlers
      if (!settings) return
      const { call } = formCall(body, `/${settings.command}`, Date.now())
      const { view } = await draw(
        settings,
        call,
        parseMetadata(body.view),
        body.actions?.[0]?.selected_option?.value,
      )
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
      const name = formNameIn(state)
      const source = sourceOfForm(handlers, name)
      if (!source)
        return {
          response_action: 'push',
          view: answerView(SETTINGS_TITLE, UNKNOWN_FORM_REPLY, parseMetadata(body.view)),
        }
      const parsed = source.lineFor({ [source.subjectField]: [name], ...parseFormValues(state) })
      if ('problems' in parsed) return errors(parsed.problems)
      const reply = await responder.respond(handlers, formCall(body, parsed.line, Date.now()))
      const words = toPlainText(reply)
      if (reply.refusal && words.length <= MAX_PROBLEM_CHARACTERS)
        return errors({ [source.subjectField]: words })
      const view = answerView(titleOf(source), reply, parseMetadata(body.view))
      return { response_action: reply.refusal ? 'push' : 'update', view }
    },

    /** The options that Slack shows while somebody types in a field. */
    suggestOptions(actionId: string, typed: string): object[] {
      const { settings } = handlers
      if (!settings) return []
      const argument = actionId.slice(FIELD_PREFIX.length)
      const query = { command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }
      return handlers.suggest(query).flatMap(option => slackOption(option))
    },
  }
}

type DrawnView = { view: SlackView; outcome: CallOutcome }
type ViewsOpenResult = { view?: { id: string } }

/** The modals of all forms. */
export type FormModal = ReturnType<typeof createFormModal>

/** Forms: submitted, switched to another digest, or searched for an option. */
export function registerForms(
  app: App,
  { trackWork, formModal }: { trackWork(work: () => Promise<void>): Promise<void>; formModal: FormModal },
): void {
  app.view({ callback_id: SETTINGS_CALLBACK_ID, type: 'view_submission' }, ({ body, ack }) =>
    trackWork(async () => {
      await ack((await formModal.submit(body as unknown as FormPayload)) as never)
    }),
  )
  app.action(new RegExp(`^${FIELD_PREFIX}`), ({ body, ack }) =>
    trackWork(async () => {
      await ack()
      await formModal.switchDigest(body as unknown as FormPayload)
    }),
  )
  app.options(new RegExp(`^${FIELD_PREFIX}`), ({ payload, ack }) =>
    trackWork(async () => {
      const options = formModal.suggestOptions(payload.action_id, payload.value)
      await ack({ options } as Parameters<typeof ack>[0])
    }),
  )
}

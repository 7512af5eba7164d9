import { type Handlers, type Log, MAX_REPORT_CHARACTERS } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { formatLine } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { NOT_OUR_MESSAGE_REPLY, REPORT_QUESTION, type Responder } from '../responder.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { plainText } from './mrkdwn.ts'
import { type FormPayload, formCall, type ShortcutPayload, shortcutCall } from './payload.ts'
import { REPORT_SHORTCUT } from './shortcuts.ts'
import { answerView, modal, parseMetadata, type SlackView, type ViewMetadata } from './view.ts'

/** Identifies the modal in which a reader reports an error. */
export const REPORT_CALLBACK_ID = 'report'

const SENTENCE_FIELD = 'sentence'
/** The trigger that opens a modal expires after 3 s. */
const OPEN_TIMEOUT_MS = 2_000
const UNOPENED_REPLY = refusal(phrases.slack.reportNotOpened())

/** What the modal remembers about the message that is reported. */
type ReportTarget = ViewMetadata & { message: string; under?: string }

type FormContext = { handlers: Handlers; responder: Responder<Reply>; web: CallWebApi; log: Log }

/**
 * Opens a form for one sentence about a message of ours. Where it cannot, `showOtherwise` gets a reply that says why.
 */
export async function openReportForm(
  body: ShortcutPayload,
  ownBot: string | undefined,
  { web, log }: Pick<FormContext, 'web' | 'log'>,
  showOtherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { ts, bot_id, thread_ts } = body.message
  if (ts === undefined || (ownBot !== undefined && bot_id !== ownBot))
    return void (await showOtherwise(NOT_OUR_MESSAGE_REPLY))
  const { place } = shortcutCall(body, 'nutgraf', Date.now()).call
  const metadata: ReportTarget = {
    channel: body.channel.id,
    message: ts,
    under: thread_ts === ts ? undefined : thread_ts,
  }
  try {
    const view = modal(REPORT_SHORTCUT.name, [FIELD_BLOCK], {
      metadata,
      submit: phrases.slack.send,
      callbackId: REPORT_CALLBACK_ID,
    })
    await web(
      splitPlace(place).team,
      'views.open',
      { trigger_id: body.trigger_id, view },
      AbortSignal.timeout(OPEN_TIMEOUT_MS),
    )
  } catch (cause) {
    log.warn({ err: cause, place }, 'slack: a form was not opened')
    await showOtherwise(UNOPENED_REPLY)
  }
}

/** Sends a submitted report to the editors, and shows in the modal how that went. */
export async function sendReport(
  body: FormPayload,
  { handlers, responder }: FormContext,
): Promise<{ response_action: 'update'; view: SlackView }> {
  const { message: id, under } = JSON.parse(body.view.private_metadata || '{}') as Partial<ReportTarget>
  const sentence = body.view.state?.values[SENTENCE_FIELD]?.[SENTENCE_FIELD]?.value ?? ''
  const line = `/nutgraf ${formatLine({ args: ['report', sentence], flags: {} })}`
  const incoming = formCall(body, line, Date.now())
  const { place } = incoming.call
  const message = id === undefined ? undefined : { place, id, under }
  const reply = await responder.respond(handlers, { ...incoming, call: { ...incoming.call, message } })
  return {
    response_action: 'update',
    view: answerView(REPORT_SHORTCUT.name, reply, parseMetadata(body.view)),
  }
}

const FIELD_BLOCK = {
  type: 'input',
  block_id: SENTENCE_FIELD,
  label: plainText(REPORT_QUESTION.label),
  hint: plainText(REPORT_QUESTION.hint),
  element: {
    type: 'plain_text_input',
    action_id: SENTENCE_FIELD,
    multiline: true,
    min_length: 3,
    max_length: MAX_REPORT_CHARACTERS,
    focus_on_load: true,
  },
}

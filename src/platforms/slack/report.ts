import { type Handlers, type Log, MAX_REPORT_CHARACTERS } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { formatLine } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { NOT_OUR_MESSAGE_REPLY, REPORT_QUESTION, type Responder } from '../responder.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { type FormPayload, formCall, type ShortcutPayload, shortcutCall } from './payload.ts'
import { plainText } from './render.ts'
import { REPORT_SHORTCUT } from './shortcuts.ts'
import { answerView, modal, parseMetadata, type SlackView, type ViewMetadata } from './view.ts'

/** What marks the modal in which somebody says what is wrong. */
export const REPORT_CALLBACK_ID = 'report'

const SENTENCE_FIELD = 'sentence'
const OPEN_TIMEOUT_MS = 2_000
const UNOPENED_REPLY = refusal(phrases.slack.reportNotOpened())

/** What the modal remembers of the message that it is about. */
type ReportTarget = ViewMetadata & { message: string; under?: string }

type FormContext = { handlers: Handlers; responder: Responder<Reply>; web: CallWebApi; log: Log }

/** Asks for one sentence about a message of ours; `otherwise` says why it does not. */
export async function openReportForm(
  body: ShortcutPayload,
  ownBot: string | undefined,
  { web, log }: Pick<FormContext, 'web' | 'log'>,
  otherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { ts, bot_id, thread_ts } = body.message
  if (ts === undefined || (ownBot !== undefined && bot_id !== ownBot))
    return void (await otherwise(NOT_OUR_MESSAGE_REPLY))
  const { place } = shortcutCall(body, 'nutgraf', Date.now()).call
  const metadata: ReportTarget = {
    channel: body.channel.id,
    message: ts,
    ...(thread_ts !== undefined && thread_ts !== ts && { under: thread_ts }),
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
    await otherwise(UNOPENED_REPLY)
  }
}

/** Tells the desk what was written; what became of that stands in the modal then. */
export async function sendReport(
  body: FormPayload,
  { handlers, responder }: FormContext,
): Promise<{ response_action: 'update'; view: SlackView }> {
  const { message: id, under } = JSON.parse(body.view.private_metadata || '{}') as Partial<ReportTarget>
  const said = body.view.state?.values[SENTENCE_FIELD]?.[SENTENCE_FIELD]?.value ?? ''
  const asked = formCall(body, `/nutgraf ${formatLine({ args: ['report', said], flags: {} })}`, Date.now())
  const { place } = asked.call
  const message = id === undefined ? {} : { message: { place, id, ...(under !== undefined && { under }) } }
  const reply = await responder.respond(handlers, { ...asked, call: { ...asked.call, ...message } })
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

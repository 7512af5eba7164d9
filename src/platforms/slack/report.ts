import { type Handlers, type Log, MOST_REPORTED } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { line } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Asking, NOT_OURS, WHAT_IS_WRONG } from '../answering.ts'
import { splitPlace, type Web } from './messages.ts'
import { type FormPayload, formCall, type ShortcutPayload, shortcutCall } from './payload.ts'
import { plainText } from './render.ts'
import { REPORT } from './shortcuts.ts'
import { answerView, type Kept, keptIn, modal, type SlackView } from './view.ts'

/** What marks the modal in which somebody says what is wrong. */
export const REPORT_FORM = 'report'

const FIELD = 'sentence'
const OPEN_MS = 2_000
const UNOPENED = refusal(phrases.slack.reportNotOpened())

/** What the modal remembers of the message that it is about. */
type About = Kept & { message: string; under?: string }

type Reporting = { handlers: Handlers; asking: Asking<Reply>; web: Web; log: Log }

/** Asks for one sentence about a message of ours; `otherwise` says why it does not. */
export async function askWhatIsWrong(
  body: ShortcutPayload,
  ownBot: string | undefined,
  { web, log }: Pick<Reporting, 'web' | 'log'>,
  otherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { ts, bot_id, thread_ts } = body.message
  if (ts === undefined || (ownBot !== undefined && bot_id !== ownBot)) return void (await otherwise(NOT_OURS))
  const { place } = shortcutCall(body, 'nutgraf', Date.now()).call
  const kept: About = {
    channel: body.channel.id,
    message: ts,
    ...(thread_ts !== undefined && thread_ts !== ts && { under: thread_ts }),
  }
  try {
    const view = modal(REPORT.name, [FIELD_BLOCK], {
      kept,
      submit: phrases.slack.send,
      callback: REPORT_FORM,
    })
    await web(
      splitPlace(place).team,
      'views.open',
      { trigger_id: body.trigger_id, view },
      AbortSignal.timeout(OPEN_MS),
    )
  } catch (cause) {
    log.warn({ err: cause, place }, 'slack: a form was not opened')
    await otherwise(UNOPENED)
  }
}

/** Tells the desk what was written; what became of that stands in the modal then. */
export async function reported(
  body: FormPayload,
  { handlers, asking }: Reporting,
): Promise<{ response_action: 'update'; view: SlackView }> {
  const { message: id, under } = JSON.parse(body.view.private_metadata || '{}') as Partial<About>
  const said = body.view.state?.values[FIELD]?.[FIELD]?.value ?? ''
  const asked = formCall(body, `/nutgraf ${line({ args: ['report', said], flags: {} })}`, Date.now())
  const { place } = asked.call
  const message = id === undefined ? {} : { message: { place, id, ...(under !== undefined && { under }) } }
  const reply = await asking.answered(handlers, { ...asked, call: { ...asked.call, ...message } })
  return { response_action: 'update', view: answerView(REPORT.name, reply, keptIn(body.view)) }
}

const FIELD_BLOCK = {
  type: 'input',
  block_id: FIELD,
  label: plainText(WHAT_IS_WRONG.label),
  hint: plainText(WHAT_IS_WRONG.hint),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    multiline: true,
    min_length: 3,
    max_length: MOST_REPORTED,
    focus_on_load: true,
  },
}

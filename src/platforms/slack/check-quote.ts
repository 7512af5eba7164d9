import type { Call, Handlers, Log } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Responder } from '../responder.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import {
  type ActionPayload,
  actionCall,
  plainMessageText,
  type ShortcutPayload,
  shortcutCall,
} from './payload.ts'
import { CHECK_SHORTCUT } from './shortcuts.ts'
import { answerView, parseMetadata, type SlackView, type ViewMetadata } from './view.ts'

/** The trigger that opens a modal expires after 3 s. */
const OPEN_TIMEOUT_MS = 2_000

/**
 * Checks the words of a message against our sources, and shows the result in a modal. A message would appear at the end
 * of the channel, far from the words that somebody is reading, and could not be posted where the bot is not a member.
 * Where the modal cannot be opened, `showOtherwise` gets the reply.
 */
export async function checkQuote(
  body: ShortcutPayload,
  {
    handlers,
    responder,
    web,
    log,
  }: { handlers: Handlers; responder: Responder<Reply>; web: CallWebApi; log: Log },
  showOtherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { checkMessage } = handlers
  if (!checkMessage) return
  const incoming = shortcutCall(body, 'quote', Date.now())
  const answer = () => checkMessage(incoming.call, plainMessageText(body.message.text ?? ''))
  const reply = await responder.respond({ ...handlers, answer }, incoming)
  const view = answerView(CHECK_SHORTCUT.name, reply, { channel: body.channel.id })
  const { team } = splitPlace(incoming.call.place)
  try {
    await web(team, 'views.open', { trigger_id: body.trigger_id, view }, AbortSignal.timeout(OPEN_TIMEOUT_MS))
  } catch (cause) {
    log.warn({ err: cause, place: incoming.call.place }, 'slack: a modal with an answer was not opened')
    await showOtherwise(reply)
  }
}

/**
 * Answers a button or a menu in a modal, perhaps with a form: the first answer opens on top of the modal, each further one replaces the one before.
 */
export async function handleButtonInView(
  body: ActionPayload & { view: NonNullable<ActionPayload['view']> },
  line: string | Reply,
  {
    handlers,
    responder,
    web,
    formViewFor,
  }: {
    handlers: Handlers
    responder: Responder<Reply>
    web: CallWebApi
    formViewFor(call: Call, metadata: ViewMetadata): Promise<SlackView | undefined>
  },
): Promise<void> {
  const { id, previous_view_id, title } = body.view
  const incoming = actionCall(body, typeof line === 'string' ? line : '', Date.now())
  const metadata = parseMetadata(body.view)
  const answerTo = async () =>
    answerView(
      title?.text ?? CHECK_SHORTCUT.name,
      typeof line === 'string' ? await responder.respond(handlers, incoming) : line,
      metadata,
    )
  const form = typeof line === 'string' ? await formViewFor(incoming.call, metadata) : undefined
  const view = form ?? (await answerTo())
  const { team } = splitPlace(incoming.call.place)
  if (previous_view_id) await web(team, 'views.update', { view_id: id, view })
  else await web(team, 'views.push', { trigger_id: body.trigger_id, view })
}

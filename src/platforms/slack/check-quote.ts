import type { Handlers, Log } from '../../chat/platform.ts'
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
import { answerView, parseMetadata } from './view.ts'

const OPEN_TIMEOUT_MS = 2_000

/**
 * Whether the words of a message stand in our sources, in a modal. A message in the channel would stand at its end, far
 * from the words that somebody is reading, and where the bot is not at home it could not be posted.
 */
export async function checkQuote(
  body: ShortcutPayload,
  {
    handlers,
    responder,
    web,
    log,
  }: { handlers: Handlers; responder: Responder<Reply>; web: CallWebApi; log: Log },
  otherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { checkMessage } = handlers
  if (!checkMessage) return
  const asked = shortcutCall(body, 'quote', Date.now())
  const answer = () => checkMessage(asked.call, plainMessageText(body.message.text ?? ''))
  const reply = await responder.respond({ ...handlers, answer }, asked)
  const view = answerView(CHECK_SHORTCUT.name, reply, { channel: body.channel.id })
  const { team } = splitPlace(asked.call.place)
  try {
    await web(team, 'views.open', { trigger_id: body.trigger_id, view }, AbortSignal.timeout(OPEN_TIMEOUT_MS))
  } catch (cause) {
    log.warn({ err: cause, place: asked.call.place }, 'slack: an answer was not opened')
    await otherwise(reply)
  }
}

/** A button in a modal: its answer goes on top of the first, and then takes the place of the one before. */
export async function handleButtonInView(
  body: ActionPayload & { view: NonNullable<ActionPayload['view']> },
  { handlers, responder, web }: { handlers: Handlers; responder: Responder<Reply>; web: CallWebApi },
): Promise<void> {
  const { id, previous_view_id, title } = body.view
  const asked = actionCall(body, Date.now())
  const reply = await responder.respond(handlers, asked)
  const view = answerView(title?.text ?? CHECK_SHORTCUT.name, reply, parseMetadata(body.view))
  const { team } = splitPlace(asked.call.place)
  if (previous_view_id) await web(team, 'views.update', { view_id: id, view })
  else await web(team, 'views.push', { trigger_id: body.trigger_id, view })
}

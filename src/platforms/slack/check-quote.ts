import type { Handlers, Log } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Asking } from '../answering.ts'
import { splitPlace, type Web } from './messages.ts'
import { type ActionPayload, actionCall, type ShortcutPayload, shortcutCall, spelledOut } from './payload.ts'
import { CHECK } from './shortcuts.ts'
import { answerView, keptIn } from './view.ts'

const OPEN_MS = 2_000

/**
 * Whether the words of a message stand in our sources, in a modal. A message in the channel would stand at its end, far
 * from the words that somebody is reading, and where the bot is not at home it could not be posted.
 */
export async function checkQuote(
  body: ShortcutPayload,
  { handlers, asking, web, log }: { handlers: Handlers; asking: Asking<Reply>; web: Web; log: Log },
  otherwise: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  const { check } = handlers
  if (!check) return
  const asked = shortcutCall(body, 'quote', Date.now())
  const answer = () => check(asked.call, spelledOut(body.message.text ?? ''))
  const reply = await asking.answered({ ...handlers, answer }, asked)
  const view = answerView(CHECK.name, reply, { channel: body.channel.id })
  const { team } = splitPlace(asked.call.place)
  try {
    await web(team, 'views.open', { trigger_id: body.trigger_id, view }, AbortSignal.timeout(OPEN_MS))
  } catch (cause) {
    log.warn({ err: cause, place: asked.call.place }, 'slack: an answer was not opened')
    await otherwise(reply)
  }
}

/** A button in a modal: its answer goes on top of the first, and then takes the place of the one before. */
export async function pressedInView(
  body: ActionPayload & { view: NonNullable<ActionPayload['view']> },
  { handlers, asking, web }: { handlers: Handlers; asking: Asking<Reply>; web: Web },
): Promise<void> {
  const { id, previous_view_id, title } = body.view
  const asked = actionCall(body, Date.now())
  const reply = await asking.answered(handlers, asked)
  const view = answerView(title?.text ?? CHECK.name, reply, keptIn(body.view))
  const { team } = splitPlace(asked.call.place)
  if (previous_view_id) await web(team, 'views.update', { view_id: id, view })
  else await web(team, 'views.push', { trigger_id: body.trigger_id, view })
}

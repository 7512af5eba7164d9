import type { Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { inTime, TooSlow, withoutPicture } from '../../pictures/picture-file.ts'
import { codeOf, deliveryError, isRateLimit } from './errors.ts'
import type { InteractionPayload } from './payload.ts'
import { type Attached, type DiscordFile, type Pictures, refusesFiles } from './pictures.ts'
import { type DiscordMessage, render } from './render.ts'

/** A reply with the message that it became. */
export type Drawn = { reply: Reply; message: DiscordMessage }

/** Sends what an interaction is answered with first, or changes that answer. It needs no token of ours. */
type Respond = (interaction: InteractionPayload, body: object, files?: DiscordFile[]) => Promise<unknown>

const MISSING_PERMISSIONS = 50013
const EPHEMERAL = 64
const MESSAGE = 4
/** Interactions that nobody waits for any more, and those that have an answer: no fault of ours, nothing to repair. */
const TOO_LATE: Record<number, string> = {
  10062: 'discord: an answer came after Discord had given up on it',
  40060: 'discord: an interaction had its answer already',
}
/** A picture that is there within this time comes with the answer: there must be time left to do without it. */
const AT_ONCE_MS = 1_000
/** A later one is not waited for longer than this. */
const PATIENCE_MS = 15_000

/**
 * How interactions are answered: `respond` sends a first response, `say` shows a reply to whoever asked. Once `stopping` is
 * given up no picture is waited for any more.
 */
export function responses(options: {
  callback: Respond
  revise: Respond
  pictures: Pick<Pictures, 'fileOf'>
  stopping: AbortSignal
  log: Log
}) {
  const { callback, revise, pictures, stopping, log } = options

  /**
   * The first response to an interaction. One that failed on the way is tried once more, which is safe: Discord takes
   * one and refuses the other.
   */
  async function respond(given: InteractionPayload, body: object, attempt = 1): Promise<void> {
    try {
      await callback(given, body)
    } catch (cause) {
      if (isOver(cause, given, attempt)) return
      const failure = failureOf(cause, given)
      if (attempt > 1 || failure.retryInMs === undefined || isRateLimit(cause)) throw failure
      await respond(given, body, attempt + 1)
    }
  }

  /** Shows a reply to whoever asked: with its picture where that is there in time, else it comes after the words. */
  async function say(given: InteractionPayload, { reply, message }: Drawn, at: number): Promise<void> {
    const block = pictureOf(reply)
    if (!block) return respond(given, alone(message))
    const file = pictures.fileOf(block)
    const ready = await inTime(file, AT_ONCE_MS - (Date.now() - at)).catch((cause: Error) => cause)
    if (ready instanceof TooSlow) {
      await respond(given, alone(message))
      return follow(given, reply, file)
    }
    if (ready instanceof Error) return respond(given, alone(inWords(reply, ready)))
    const { files, attachments } = ready
    try {
      await callback(given, alone({ ...message, attachments }), files)
    } catch (cause) {
      if (isOver(cause, given, 1)) return
      await respond(given, alone(inWords(reply, cause, failureOf(cause, given))), 2)
    }
  }

  /** Puts a picture below the words that are there already, or below them why there is none. */
  async function follow(given: InteractionPayload, reply: Reply, file: Promise<Attached>): Promise<void> {
    try {
      const ready = await inTime(file, PATIENCE_MS, stopping).catch((cause: Error) => cause)
      if (ready instanceof Error) return void (await revise(given, inWords(reply, ready)))
      const { files, attachments } = ready
      await revise(given, { attachments, allowed_mentions: { parse: [] } }, files).catch(cause => {
        if (!refusesFiles(cause)) throw cause
        return revise(given, inWords(reply, cause, failureOf(cause, given)))
      })
    } catch (cause) {
      // The words stand there.
      log.warn({ err: failureOf(cause, given) }, 'discord: a picture did not reach its answer')
    }
  }

  /** What an SDK throws holds the ticket of the interaction: `failure` stands for it in the log. */
  function inWords(reply: Reply, why: unknown, failure = why): DiscordMessage {
    log.warn({ err: failure }, 'discord: words are shown, since there is no picture')
    return render(withoutPicture(reply, sentenceFor(why)))
  }

  function isOver(cause: unknown, { id }: InteractionPayload, attempt: number): boolean {
    const late = TOO_LATE[codeOf(cause)]
    if (late !== undefined) log.warn({ interaction: id, attempt }, late)
    return late !== undefined
  }

  return { respond, say }
}

const alone = (message: object) => ({ type: MESSAGE, data: { ...message, flags: EPHEMERAL } })

const failureOf = (cause: unknown, { id }: InteractionPayload) =>
  deliveryError(cause, 'interaction response', id)

function sentenceFor(why: unknown): string {
  if (why instanceof TooSlow) return phrases.asked.latePicture
  return codeOf(why) === MISSING_PERMISSIONS ? phrases.discord.mayNotAttach : phrases.asked.noPicture
}

import type { Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { TimeoutError, withoutPicture, withTimeout } from '../../pictures/picture-file.ts'
import { deliveryError, discordErrorCode, isRateLimit } from './errors.ts'
import type { InteractionPayload } from './payload.ts'
import { type AttachedPicture, type DiscordFile, isRefusedFile, type Pictures } from './pictures.ts'
import { type DiscordMessage, render } from './render.ts'

/** A reply with the message that it became. */
export type RenderedReply = { reply: Reply; message: DiscordMessage }

/** Sends what an interaction is answered with first, or changes that answer. It needs no token of ours. */
type SendInteraction = (
  interaction: InteractionPayload,
  body: object,
  files?: DiscordFile[],
) => Promise<unknown>

const MISSING_PERMISSIONS = 50013
const EPHEMERAL = 64
const MESSAGE = 4
/** Interactions that nobody waits for any more, and those that have an answer: no fault of ours, nothing to repair. */
const TOO_LATE: Record<number, string> = {
  10062: 'discord: an answer came after Discord had given up on it',
  40060: 'discord: an interaction had its answer already',
}
/** A picture that is there within this time comes with the answer: there must be time left to do without it. */
const IMMEDIATE_PICTURE_TIMEOUT_MS = 1_000
/** A later one is not waited for longer than this. */
const LATE_PICTURE_TIMEOUT_MS = 15_000

/**
 * How interactions are answered: `respond` sends a first response, `say` shows a reply to whoever asked. Once `stopping` is
 * given up no picture is waited for any more.
 */
export function createResponses(options: {
  callback: SendInteraction
  revise: SendInteraction
  pictures: Pick<Pictures, 'paintAttachment'>
  stopping: AbortSignal
  log: Log
}) {
  const { callback, revise, pictures, stopping, log } = options

  /**
   * The first response to an interaction. One that failed on the way is tried once more, which is safe: Discord takes
   * one and refuses the other.
   */
  async function sendResponse(given: InteractionPayload, body: object, attempt = 1): Promise<void> {
    try {
      await callback(given, body)
    } catch (cause) {
      if (isOver(cause, given, attempt)) return
      const failure = failureOf(cause, given)
      if (attempt > 1 || failure.retryInMs === undefined || isRateLimit(cause)) throw failure
      await sendResponse(given, body, attempt + 1)
    }
  }

  /** Shows a reply to whoever asked: with its picture where that is there in time, else it comes after the words. */
  async function sendReply(
    given: InteractionPayload,
    { reply, message }: RenderedReply,
    at: number,
  ): Promise<void> {
    const block = pictureOf(reply)
    if (!block) return sendResponse(given, ephemeralResponse(message))
    const file = pictures.paintAttachment(block)
    const ready = await withTimeout(file, IMMEDIATE_PICTURE_TIMEOUT_MS - (Date.now() - at)).catch(
      (cause: Error) => cause,
    )
    if (ready instanceof TimeoutError) {
      await sendResponse(given, ephemeralResponse(message))
      return follow(given, reply, file)
    }
    if (ready instanceof Error) return sendResponse(given, ephemeralResponse(inWords(reply, ready)))
    const { files, attachments } = ready
    try {
      await callback(given, ephemeralResponse({ ...message, attachments }), files)
    } catch (cause) {
      if (isOver(cause, given, 1)) return
      await sendResponse(given, ephemeralResponse(inWords(reply, cause, failureOf(cause, given))), 2)
    }
  }

  /** Puts a picture below the words that are there already, or below them why there is none. */
  async function follow(
    given: InteractionPayload,
    reply: Reply,
    file: Promise<AttachedPicture>,
  ): Promise<void> {
    try {
      const ready = await withTimeout(file, LATE_PICTURE_TIMEOUT_MS, stopping).catch((cause: Error) => cause)
      if (ready instanceof Error) return void (await revise(given, inWords(reply, ready)))
      const { files, attachments } = ready
      await revise(given, { attachments, allowed_mentions: { parse: [] } }, files).catch(cause => {
        if (!isRefusedFile(cause)) throw cause
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
    return render(withoutPicture(reply, noPictureReason(why)))
  }

  function isOver(cause: unknown, { id }: InteractionPayload, attempt: number): boolean {
    const late = TOO_LATE[discordErrorCode(cause)]
    if (late !== undefined) log.warn({ interaction: id, attempt }, late)
    return late !== undefined
  }

  return { sendResponse, sendReply }
}

const ephemeralResponse = (message: object) => ({ type: MESSAGE, data: { ...message, flags: EPHEMERAL } })

const failureOf = (cause: unknown, { id }: InteractionPayload) =>
  deliveryError(cause, 'interaction response', id)

function noPictureReason(why: unknown): string {
  if (why instanceof TimeoutError) return phrases.everyPlatform.pictureTooLate
  return discordErrorCode(why) === MISSING_PERMISSIONS
    ? phrases.discord.mayNotAttach
    : phrases.everyPlatform.pictureFailed
}

import type { Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { TimeoutError, withTimeout } from '../../chat/with-timeout.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture } from '../../pictures/picture-file.ts'
import { deliveryError, discordErrorCode, isRateLimit } from './errors.ts'
import type { InteractionPayload } from './payload.ts'
import { type AttachedPicture, type DiscordFile, isRefusedFile, type Pictures } from './pictures.ts'
import { type DiscordMessage, render, renderWithFile } from './render.ts'

/** A reply, and the message that was made of it. */
export type RenderedReply = { reply: Reply; message: DiscordMessage }

/** Sends the first response to an interaction, or edits it. It needs no token of ours. */
export type SendInteraction = (
  interaction: InteractionPayload,
  body: object,
  files?: DiscordFile[],
) => Promise<unknown>

const MISSING_PERMISSIONS = 50013
const EPHEMERAL_FLAG = 64
const RESPONSE_TYPE = { message: 4, update: 7 }
/** Log messages for an interaction that Discord gave up on, or that has an answer: neither can be repaired. */
const TOO_LATE: Record<number, string> = {
  10062: 'discord: an answer was too late: Discord had given up on it',
  40060: 'discord: an interaction had its answer already',
}
/** A picture that is ready by then is sent with the answer. There must be time left to answer without it. */
const IMMEDIATE_PICTURE_TIMEOUT_MS = 1_000
/** A later picture is added to the answer, if it is ready by then. */
const LATE_PICTURE_TIMEOUT_MS = 15_000

/**
 * Creates the functions that answer interactions: `sendResponse` sends a first response, `sendReply` shows a reply to
 * the caller alone, `inPlace` of the private message in which something was pressed, and `showLater` what comes after it. After `stopping` has aborted, no picture is waited for.
 */
export function createResponses(options: {
  sendFirstResponse: SendInteraction
  editResponse: SendInteraction
  pictures: Pick<Pictures, 'paintAttachment'>
  stopping: AbortSignal
  log: Log
}) {
  const { sendFirstResponse, editResponse, pictures, stopping, log } = options

  /** Sends the first response. A failed one is sent once more, which is safe: Discord accepts only one of the two. */
  async function sendResponse(interaction: InteractionPayload, body: object, attempt = 1): Promise<void> {
    try {
      await sendFirstResponse(interaction, body)
    } catch (cause) {
      if (isOver(cause, interaction, attempt)) return
      const failure = failureOf(cause, interaction)
      if (attempt > 1 || failure.retryInMs === undefined || isRateLimit(cause)) throw failure
      await sendResponse(interaction, body, attempt + 1)
    }
  }

  /** Shows a reply to its caller: with its picture if that is ready in time; otherwise the picture is added later. */
  async function sendReply(
    interaction: InteractionPayload,
    { reply, message }: RenderedReply,
    at: number,
    { inPlace = false } = {},
  ): Promise<void> {
    const responseOf = inPlace ? updateResponse : ephemeralResponse
    const block = pictureOf(reply)
    if (!block) return sendResponse(interaction, responseOf(message))
    const file = pictures.paintAttachment(block)
    // Never longer than from now on, whatever the clock did meanwhile.
    const passedMs = Math.max(0, Date.now() - at)
    const ready = await withTimeout(file, IMMEDIATE_PICTURE_TIMEOUT_MS - passedMs).catch(
      (cause: Error) => cause,
    )
    if (ready instanceof TimeoutError) {
      await sendResponse(interaction, responseOf(message))
      return addPicture(interaction, reply, file)
    }
    if (ready instanceof Error) return sendResponse(interaction, responseOf(renderAsText(reply, ready)))
    const { files, attachments } = ready
    try {
      await sendFirstResponse(interaction, responseOf({ ...renderWithFile(reply), attachments }), files)
    } catch (cause) {
      if (isOver(cause, interaction, 1)) return
      await sendResponse(
        interaction,
        responseOf(renderAsText(reply, cause, failureOf(cause, interaction))),
        2,
      )
    }
  }

  /** Adds a picture to an answer that was sent without it, or the reason why there is none. */
  async function addPicture(
    interaction: InteractionPayload,
    reply: Reply,
    file: Promise<AttachedPicture>,
  ): Promise<void> {
    try {
      const ready = await withTimeout(file, LATE_PICTURE_TIMEOUT_MS, stopping).catch((cause: Error) => cause)
      if (ready instanceof Error) return void (await editResponse(interaction, renderAsText(reply, ready)))
      const { files, attachments } = ready
      const { content, allowed_mentions } = renderWithFile(reply)
      await editResponse(interaction, { content, attachments, allowed_mentions }, files).catch(cause => {
        if (!isRefusedFile(cause)) throw cause
        return editResponse(interaction, renderAsText(reply, cause, failureOf(cause, interaction)))
      })
    } catch (cause) {
      // The words are there already.
      log.warn({ err: failureOf(cause, interaction) }, 'discord: a picture could not be added to its answer')
    }
  }

  /** Shows in place of the first response what became of longer work. Discord accepts that for a quarter of an hour. */
  async function showLater(interaction: InteractionPayload, reply: Reply): Promise<void> {
    try {
      await editResponse(interaction, { embeds: [], components: [], ...render(reply) })
    } catch (cause) {
      log.warn({ err: failureOf(cause, interaction) }, 'discord: a later answer was not shown')
    }
  }

  /** Renders a reply as text, with the reason. An SDK's error holds the interaction's token, so `failure` is logged. */
  function renderAsText(reply: Reply, cause: unknown, failure = cause): DiscordMessage {
    log.warn({ err: failure }, 'discord: a reply was sent without its picture')
    return render(withoutPicture(reply, noPictureReason(cause)))
  }

  /** Whether an error means that nobody waits for the answer any more; logs it. */
  function isOver(cause: unknown, { id }: InteractionPayload, attempt: number): boolean {
    const message = TOO_LATE[discordErrorCode(cause)]
    if (message !== undefined) log.warn({ interaction: id, attempt }, message)
    return message !== undefined
  }

  return { sendResponse, sendReply, showLater }
}

const ephemeralResponse = (message: object) => ({
  type: RESPONSE_TYPE.message,
  data: { ...message, flags: EPHEMERAL_FLAG },
})

/** An update keeps what it does not name: the sources, buttons and picture of the page before. */
const updateResponse = (message: object) => ({
  type: RESPONSE_TYPE.update,
  data: { embeds: [], components: [], attachments: [], ...message },
})

/** Whether only the person who pressed something sees the message that it is in. */
export const isPressedInPrivate = ({ message }: InteractionPayload): boolean =>
  ((message?.flags ?? 0) & EPHEMERAL_FLAG) !== 0

const failureOf = (cause: unknown, { id }: InteractionPayload) =>
  deliveryError(cause, 'interaction response', id)

function noPictureReason(cause: unknown): string {
  if (cause instanceof TimeoutError) return phrases.everyPlatform.pictureTooLate
  return discordErrorCode(cause) === MISSING_PERMISSIONS
    ? phrases.discord.mayNotAttach
    : phrases.everyPlatform.pictureFailed
}

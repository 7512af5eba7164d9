import { DeliveryError, type Log, type Paint, type Place } from '../../chat/platform.ts'
import { type PictureBlock, pictureOf, type Reply } from '../../chat/reply.ts'
import { withTimeout } from '../../chat/with-timeout.ts'
import { pictureFileName } from '../../pictures/picture-file.ts'
import { discordErrorCode } from './errors.ts'
import { type DiscordMessage, render, renderWithFile } from './render.ts'

/** A file that is sent with the JSON of a request. */
export type DiscordFile = { name: string; data: Buffer; contentType: string }

/** A picture for Discord: the file, and the description that the message has of it. */
export type AttachedPicture = {
  files: DiscordFile[]
  attachments: { id: number; filename: string; description: string }[]
}

/** Attaches pictures to messages. Where a picture is missing, the text of its message says the same in words. */
export type Pictures = {
  /** Paints a picture as a file. Rejects where it cannot be painted. */
  paintAttachment(block: PictureBlock): Promise<AttachedPicture>
  /**
   * Sends a reply with its picture; without it where there is none in time or Discord refuses the file. With
   * `mayRepeat` (an edit), a request with an unknown outcome is repeated without the picture: right words now matter
   * more than a picture later.
   */
  sendWithPicture<Result>(
    reply: Reply,
    options: { place: Place; withinMs: number; mayRepeat?: true; signal?: AbortSignal },
    send: (attachment: AttachedPicture) => Promise<Result>,
  ): Promise<Result>
}

const NO_ATTACHMENT: AttachedPicture = { files: [], attachments: [] }
/**
 * Discord's codes for missing permissions, a request that is too large, and an invalid request: without its file, the
 * request may succeed.
 */
const FILE_REFUSAL_CODES = [50013, 40005, 50035]

/** Creates the functions that attach pictures. There is no cache here: the painter has one. */
export function createPictures({ paint, log }: { paint: Paint | undefined; log: Log }): Pictures {
  async function paintAttachment(block: PictureBlock): Promise<AttachedPicture> {
    if (!paint) throw new Error('discord: there is no painter')
    const bytes = await paint(block.picture)
    return {
      files: [{ name: pictureFileName(block.picture), data: Buffer.from(bytes), contentType: 'image/png' }],
      attachments: attachmentsOf(block),
    }
  }

  return {
    paintAttachment,
    async sendWithPicture(reply, { place, withinMs, mayRepeat, signal }, send) {
      const block = pictureOf(reply)
      if (!block || !paint) return send(NO_ATTACHMENT)
      const sendWithout = (cause: unknown) => {
        log.warn({ err: cause, place }, 'discord: a reply was sent without its picture')
        return send(NO_ATTACHMENT)
      }
      let attachment: AttachedPicture
      try {
        attachment = await withTimeout(paintAttachment(block), withinMs, signal)
      } catch (cause) {
        return sendWithout(cause)
      }
      try {
        return await send(attachment)
      } catch (cause) {
        const isUnclear = cause instanceof DeliveryError && cause.outcome === 'unknown'
        if (!isRefusedFile((cause as Error).cause) && !(mayRepeat && isUnclear)) throw cause
        return sendWithout(cause)
      }
    },
  }
}

const attachmentsOf = ({ picture, alt }: PictureBlock): AttachedPicture['attachments'] => [
  { id: 0, filename: pictureFileName(picture), description: alt },
]

/** Renders a reply as it is sent with the file of its picture. */
export function renderWithPicture(
  reply: Reply,
): DiscordMessage & Partial<Pick<AttachedPicture, 'attachments'>> {
  const block = pictureOf(reply)
  return block ? { ...renderWithFile(reply), attachments: attachmentsOf(block) } : render(reply)
}

/** Whether Discord refused a request, perhaps because of its file. Nothing of the request was done. */
export const isRefusedFile = (cause: unknown): boolean =>
  FILE_REFUSAL_CODES.includes(discordErrorCode(cause)) ||
  (cause as { status?: number } | undefined)?.status === 413

import { DeliveryError, type Log, type Paint, type Place } from '../../chat/platform.ts'
import { type PictureBlock, pictureOf, type Reply } from '../../chat/reply.ts'
import { pictureFileName, withTimeout } from '../../pictures/picture-file.ts'
import { discordErrorCode } from './errors.ts'
import { type DiscordMessage, render } from './render.ts'

/** A file as it goes beside the JSON of a request. */
export type DiscordFile = { name: string; data: Buffer; contentType: string }

/** A picture as Discord takes it: the file, and what the message says of it. */
export type AttachedPicture = {
  files: DiscordFile[]
  attachments: { id: number; filename: string; description: string }[]
}

/** How pictures come beside messages, whose text holds the same in words. */
export type Pictures = {
  /** The picture as a file; rejects where it cannot be painted. */
  paintAttachment(block: PictureBlock): Promise<AttachedPicture>
  /**
   * Sends with the picture of a reply, or where there is none without. What `mayRepeat` is sent without it, too, where
   * nobody knows what became of it: right words at once are worth more than a picture some time.
   */
  sendWithPicture<Result>(
    reply: Reply,
    how: { place: Place; withinMs: number; mayRepeat?: true; signal?: AbortSignal },
    send: (attached: AttachedPicture) => Promise<Result>,
  ): Promise<Result>
}

const NO_ATTACHMENT: AttachedPicture = { files: [], attachments: [] }
/** Missing permissions, a request that is too large, one that is not understood: without the file it may go through. */
const FILE_REFUSAL_CODES = [50013, 40005, 50035]

/** How this bot attaches pictures; the painter keeps those that it painted last. */
export function createPictures({ paint, log }: { paint: Paint | undefined; log: Log }): Pictures {
  async function fileOf(block: PictureBlock): Promise<AttachedPicture> {
    if (!paint) throw new Error('discord: nobody paints pictures')
    const bytes = await paint(block.picture)
    return {
      files: [{ name: pictureFileName(block.picture), data: Buffer.from(bytes), contentType: 'image/png' }],
      attachments: attachmentsOf(block),
    }
  }

  return {
    paintAttachment: fileOf,
    async sendWithPicture(reply, { place, withinMs, mayRepeat, signal }, send) {
      const block = pictureOf(reply)
      if (!block || !paint) return send(NO_ATTACHMENT)
      const without = (cause: unknown) => {
        log.warn({ err: cause, place }, 'discord: words are shown, since there is no picture')
        return send(NO_ATTACHMENT)
      }
      let attached: AttachedPicture
      try {
        attached = await withTimeout(fileOf(block), withinMs, signal)
      } catch (cause) {
        return without(cause)
      }
      try {
        return await send(attached)
      } catch (cause) {
        const unclear = cause instanceof DeliveryError && cause.outcome === 'unknown'
        if (!isRefusedFile((cause as Error).cause) && !(mayRepeat && unclear)) throw cause
        return without(cause)
      }
    },
  }
}

const attachmentsOf = ({ picture, alt }: PictureBlock): AttachedPicture['attachments'] => [
  { id: 0, filename: pictureFileName(picture), description: alt },
]

/** A reply as Discord takes it beside the file of its picture. */
export function renderWithPicture(
  reply: Reply,
): DiscordMessage & Partial<Pick<AttachedPicture, 'attachments'>> {
  const block = pictureOf(reply)
  return { ...render(reply), ...(block && { attachments: attachmentsOf(block) }) }
}

/** Whether Discord refused a request in a way that its file may be the reason for; it took nothing of it. */
export const isRefusedFile = (cause: unknown): boolean =>
  FILE_REFUSAL_CODES.includes(discordErrorCode(cause)) ||
  (cause as { status?: number } | undefined)?.status === 413

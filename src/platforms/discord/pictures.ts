import { DeliveryError, type Log, type Paint, type Place } from '../../chat/platform.ts'
import { type PictureBlock, pictureOf, type Reply } from '../../chat/reply.ts'
import { fileName, inTime } from '../../pictures/picture-file.ts'
import { codeOf } from './errors.ts'
import { type DiscordMessage, render } from './render.ts'

/** A file as it goes beside the JSON of a request. */
export type DiscordFile = { name: string; data: Buffer; contentType: string }

/** A picture as Discord takes it: the file, and what the message says of it. */
export type Attached = {
  files: DiscordFile[]
  attachments: { id: number; filename: string; description: string }[]
}

/** How pictures come beside messages, whose text holds the same in words. */
export type Pictures = {
  /** The picture as a file; rejects where it cannot be painted. */
  fileOf(block: PictureBlock): Promise<Attached>
  /**
   * Sends with the picture of a reply, or where there is none without. What `mayRepeat` is sent without it, too, where
   * nobody knows what became of it: right words at once are worth more than a picture some time.
   */
  attaching<Result>(
    reply: Reply,
    how: { place: Place; withinMs: number; mayRepeat?: true; signal?: AbortSignal },
    send: (attached: Attached) => Promise<Result>,
  ): Promise<Result>
}

const NOTHING: Attached = { files: [], attachments: [] }
/** Missing permissions, a request that is too large, one that is not understood: without the file it may go through. */
const REFUSES_FILES = [50013, 40005, 50035]

/** How this bot attaches pictures; the painter keeps those that it painted last. */
export function pictures({ paint, log }: { paint: Paint | undefined; log: Log }): Pictures {
  async function fileOf(block: PictureBlock): Promise<Attached> {
    if (!paint) throw new Error('discord: nobody paints pictures')
    const bytes = await paint(block.picture)
    return {
      files: [{ name: fileName(block.picture), data: Buffer.from(bytes), contentType: 'image/png' }],
      attachments: attachmentsOf(block),
    }
  }

  return {
    fileOf,
    async attaching(reply, { place, withinMs, mayRepeat, signal }, send) {
      const block = pictureOf(reply)
      if (!block || !paint) return send(NOTHING)
      const without = (cause: unknown) => {
        log.warn({ err: cause, place }, 'discord: words are shown, since there is no picture')
        return send(NOTHING)
      }
      let attached: Attached
      try {
        attached = await inTime(fileOf(block), withinMs, signal)
      } catch (cause) {
        return without(cause)
      }
      try {
        return await send(attached)
      } catch (cause) {
        const unclear = cause instanceof DeliveryError && cause.outcome === 'unknown'
        if (!refusesFiles((cause as Error).cause) && !(mayRepeat && unclear)) throw cause
        return without(cause)
      }
    },
  }
}

const attachmentsOf = ({ picture, alt }: PictureBlock): Attached['attachments'] => [
  { id: 0, filename: fileName(picture), description: alt },
]

/** A reply as Discord takes it beside the file of its picture. */
export function renderWithPicture(reply: Reply): DiscordMessage & Partial<Pick<Attached, 'attachments'>> {
  const block = pictureOf(reply)
  return { ...render(reply), ...(block && { attachments: attachmentsOf(block) }) }
}

/** Whether Discord refused a request in a way that its file may be the reason for; it took nothing of it. */
export const refusesFiles = (cause: unknown): boolean =>
  REFUSES_FILES.includes(codeOf(cause)) || (cause as { status?: number } | undefined)?.status === 413

import { setTimeout as sleep } from 'node:timers/promises'
import { DeliveryError, type Log, type Paint } from '../../chat/platform.ts'
import { type Picture, pictureOf, type Reply, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import {
  pictureFileName,
  pictureKey,
  TimeoutError,
  ttlCache,
  withoutPicture,
  withTimeout,
} from '../../pictures/picture-file.ts'

/** Puts a file into a workspace, where only we see it until a message shows it; resolves with its id. */
export type Upload = (
  team: string,
  file: { name: string; bytes: Uint8Array },
  signal: AbortSignal,
) => Promise<string>

/** Where a reply is shown, and for how long its picture may keep it waiting; `alone`: whoever asked is told why not. */
export type PictureOptions = { team: string; withinMs: number; signal?: AbortSignal; callerOnly?: true }

/** Sends a reply with the file of its picture, or where there is none in words. */
export type SendWithPicture = <Result>(
  reply: Reply,
  showing: PictureOptions,
  send: (reply: Reply, file?: string) => Promise<Result>,
) => Promise<Result>

const MAX_CACHED = 50
const CACHE_MS = 30 * 60_000
const UPLOAD_TIMEOUT_MS = 10_000
/**
 * Slack accepts a file before it knows that it is a picture, and until then refuses blocks that show it (python-slack-sdk
 * #1521). Each try takes one of the five uses that an address for responses has.
 */
const RETRY_PAUSES_MS = [0, 400, 1_200]

/**
 * Shows replies with their pictures. All that can fail comes before anything is sent, or is a refusal of Slack's, which
 * sends nothing either: then the words are sent instead. A picture is uploaded once and shown from there for a while.
 * Once `stopping` is given up no picture is waited for any more.
 */
export function createPictures(options: {
  paint: Paint | undefined
  upload: Upload
  stopping: AbortSignal
  log: Log
}): SendWithPicture {
  const { paint, upload, stopping, log } = options
  const files = ttlCache<{ id: string; shown?: true }>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS })

  const fileOf = (key: string, team: string, picture: Picture, paints: Paint) =>
    files.getOrCreate(key, async () => {
      const file = { name: pictureFileName(picture), bytes: await paints(picture) }
      return { id: await upload(team, file, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)) }
    })

  return async <Result>(
    reply: Reply,
    { team, withinMs, signal, callerOnly }: PictureOptions,
    send: (reply: Reply, file?: string) => Promise<Result>,
  ): Promise<Result> => {
    const block = pictureOf(reply)
    if (!block) return send(reply)
    if (!paint)
      return send(
        callerOnly ? withoutPicture(reply, phrases.everyPlatform.pictureFailed) : withPictureAsText(reply),
      )
    const until = performance.now() + withinMs
    const over = signal ? AbortSignal.any([signal, stopping]) : stopping
    const key = `${team} ${pictureKey(block.picture)}`

    const withPicture = async (): Promise<Result> => {
      const file = await withTimeout(
        fileOf(key, team, block.picture, paint),
        Math.ceil(until - performance.now()),
        over,
      )
      const known = file.shown
      let why: unknown
      for (const pause of known ? [0] : RETRY_PAUSES_MS) {
        if (pause > 0 && (over.aborted || performance.now() + pause > until)) break
        await sleep(pause)
        const sent = await send(reply, file.id).then(
          result => ({ result }),
          (cause: unknown) => {
            if (slackErrorCode(cause) === BLOCK_MISMATCH) throw cause
            if (!isRefusedFile(cause)) throw new SendFailure(cause)
            why = cause
          },
        )
        if (!sent) continue
        file.shown = true
        return sent.result
      }
      if (!known) throw new TimeoutError('slack: a file is not known as a picture yet', { cause: why })
      // It was shown before, so Slack no longer has it.
      files.delete(key)
      return withPicture()
    }

    try {
      return await withPicture()
    } catch (cause) {
      if (cause instanceof SendFailure) throw cause.cause
      log.warn({ err: cause, team }, 'slack: words are shown, since there is no picture')
      return send(callerOnly ? withoutPicture(reply, noPictureReason(cause)) : withPictureAsText(reply))
    }
  }
}

/** What kept a message from being sent with its picture, and would keep it from being sent without. */
class SendFailure extends Error {
  constructor(cause: unknown) {
    super('slack: not sent', { cause })
  }
}

/** Slack lets no text become a picture alone: a message that was sent in words stays one. */
const BLOCK_MISMATCH = 'block_mismatch'

/** Whether Slack refused blocks. Of an address for responses the SDK only tells the status, where 404 is a refusal too. */
function isRefusedFile(cause: unknown): boolean {
  if (cause instanceof DeliveryError) return slackErrorCode(cause) === 'invalid_blocks'
  const { statusCode } = (cause ?? {}) as { statusCode?: unknown }
  return statusCode === 400 || statusCode === 404
}

function noPictureReason(why: unknown): string {
  if (why instanceof TimeoutError) return phrases.everyPlatform.pictureTooLate
  return slackErrorCode(why) === 'missing_scope'
    ? phrases.slack.mayNotUpload
    : phrases.everyPlatform.pictureFailed
}

const slackErrorCode = (cause: unknown) =>
  ((cause as Error | undefined)?.cause as { data?: { error?: string } } | undefined)?.data?.error

import { setTimeout as sleep } from 'node:timers/promises'
import { DeliveryError, type Log, type Paint } from '../../chat/platform.ts'
import { type Picture, pictureOf, type Reply, withPictureAsText } from '../../chat/reply.ts'
import { ttlCache } from '../../chat/ttl-cache.ts'
import { TimeoutError, withTimeout } from '../../chat/with-timeout.ts'
import { phrases } from '../../phrases/phrases.ts'
import { pictureFileName, pictureKey, withoutPicture } from '../../pictures/picture-file.ts'

/** Uploads a file to a workspace, where only we see it until a message shows it. Resolves with its id. */
export type Upload = (
  team: string,
  file: { name: string; bytes: Uint8Array },
  signal: AbortSignal,
) => Promise<string>

/**
 * The workspace, and how long a reply may wait for its picture. `callerOnly` is set for an answer to its caller alone:
 * it says why there is no picture.
 */
export type PictureOptions = { team: string; withinMs: number; signal?: AbortSignal; callerOnly?: true }

/** Sends a reply with the file of its picture; where there is no picture, sends it as text. */
export type SendWithPicture = <Result>(
  reply: Reply,
  options: PictureOptions,
  send: (reply: Reply, file?: string) => Promise<Result>,
) => Promise<Result>

const MAX_CACHED = 50
const CACHE_MS = 30 * 60_000
const UPLOAD_TIMEOUT_MS = 10_000
/**
 * Slack accepts a file before it knows that it is a picture, and until then refuses blocks that show it
 * (python-slack-sdk #1521). Only three attempts: a response address can be used five times, and each attempt is one.
 */
const RETRY_PAUSES_MS = [0, 400, 1_200]

/**
 * Creates the function that sends replies with their pictures. A picture can fail only before anything is sent, or by a
 * refusal of Slack's, which sends nothing either; then the reply is sent as text. A picture is uploaded once and its
 * file is used for half an hour. After `stopping` has aborted, no picture is waited for.
 */
export function createPictures(options: {
  paint: Paint | undefined
  upload: Upload
  stopping: AbortSignal
  log: Log
}): SendWithPicture {
  const { paint, upload, stopping, log } = options
  const files = ttlCache<{ id: string; shown?: true }>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS })

  const uploadOnce = (key: string, team: string, picture: Picture, paintPicture: Paint) =>
    files.getOrCreate(key, async () => {
      const file = { name: pictureFileName(picture), bytes: await paintPicture(picture) }
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
    const giveUp = signal ? AbortSignal.any([signal, stopping]) : stopping
    const key = `${team} ${pictureKey(block.picture)}`

    const withPicture = async (): Promise<Result> => {
      const file = await withTimeout(
        uploadOnce(key, team, block.picture, paint),
        Math.ceil(until - performance.now()),
        giveUp,
      )
      const wasShown = file.shown
      let refusal: unknown
      for (const pause of wasShown ? [0] : RETRY_PAUSES_MS) {
        if (pause > 0 && (giveUp.aborted || performance.now() + pause > until)) break
        await sleep(pause)
        const sent = await send(reply, file.id).then(
          result => ({ result }),
          (cause: unknown) => {
            if (slackErrorCode(cause) === BLOCK_MISMATCH) throw cause
            if (!isRefusedFile(cause)) throw new SendFailure(cause)
            refusal = cause
          },
        )
        if (!sent) continue
        file.shown = true
        return sent.result
      }
      if (!wasShown)
        throw new TimeoutError('slack: the file is not known as a picture yet', { cause: refusal })
      // It was shown before, so somebody has deleted it on Slack: upload it again.
      files.delete(key)
      return withPicture()
    }

    try {
      return await withPicture()
    } catch (cause) {
      if (cause instanceof SendFailure) throw cause.cause
      log.warn({ err: cause, team }, 'slack: a reply was sent without its picture')
      return send(callerOnly ? withoutPicture(reply, noPictureReason(cause)) : withPictureAsText(reply))
    }
  }
}

/** Wraps an error that is not about the picture: without it the message could not be sent either. */
class SendFailure extends Error {
  constructor(cause: unknown) {
    super('slack: not sent', { cause })
  }
}

/** The refusal to edit text into nothing but a picture: a message that was sent as text stays text. */
const BLOCK_MISMATCH = 'block_mismatch'

/**
 * Whether Slack refused the blocks of a message. Of a response address the SDK gives only the status, where 404 is a
 * refusal, too.
 */
function isRefusedFile(cause: unknown): boolean {
  if (cause instanceof DeliveryError) return slackErrorCode(cause) === 'invalid_blocks'
  const { statusCode } = (cause ?? {}) as { statusCode?: unknown }
  return statusCode === 400 || statusCode === 404
}

function noPictureReason(cause: unknown): string {
  if (cause instanceof TimeoutError) return phrases.everyPlatform.pictureTooLate
  return slackErrorCode(cause) === 'missing_scope'
    ? phrases.slack.mayNotUpload
    : phrases.everyPlatform.pictureFailed
}

const slackErrorCode = (cause: unknown) =>
  ((cause as Error | undefined)?.cause as { data?: { error?: string } } | undefined)?.data?.error

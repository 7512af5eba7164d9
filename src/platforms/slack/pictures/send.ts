import { setTimeout as sleep } from 'node:timers/promises'
import { DeliveryError, type Log, type Paint } from '../../../chat/platform.ts'
import {
  type Picture,
  type PictureBlock,
  pictureOf,
  type Reply,
  withPictureAsText,
} from '../../../chat/reply.ts'
import { ttlCache } from '../../../chat/ttl-cache.ts'
import { TimeoutError, withTimeout } from '../../../chat/with-timeout.ts'
import { pictureFileName, pictureKey } from '../../../pictures/picture-file.ts'
import { isRefusedFile, wasText } from './refused-file.ts'

/** Uploads a file to a workspace, where only we see it until a message shows it. Resolves with its id. */
export type Upload = (
  team: string,
  file: { name: string; bytes: Uint8Array },
  signal: AbortSignal,
) => Promise<string>

/**
 * The workspace, and how long a message may wait for its picture. `triedAgain` says that it is sent again if it is not
 * sent now: then it rather waits for its picture than does without.
 */
export type PictureOptions = { team: string; withinMs: number; signal?: AbortSignal; triedAgain?: true }

/** Sends a reply with the file of its picture; where there is no picture, sends it as text. */
export type SendWithPicture = <Result>(
  reply: Reply,
  options: PictureOptions,
  send: (reply: Reply, file?: string) => Promise<Result>,
) => Promise<Result>

/** What is done with pictures: `prepare` paints and uploads that of a reply, and rejects where it cannot be. */
export type Pictures = { send: SendWithPicture; prepare(reply: Reply, team: string): Promise<void> }

const MAX_CACHED = 50
const CACHE_MS = 30 * 60_000
const UPLOAD_TIMEOUT_MS = 10_000
const PREPARE_MS = 20_000
/**
 * Slack accepts a file before it knows that it is a picture, which takes up to 30 seconds, and until then refuses blocks
 * that show it (slack-github-action #413, python-slack-sdk #1521). We ask again after these pauses, the last one repeated.
 */
const RETRY_PAUSES_MS = [0, 250, 750, 1_500, 3_000, 5_000]
const PROCESSING_MS = 30_000
/** How soon a message that is sent again anyway asks for its picture again. */
const TRY_AGAIN_MS = 2_000

/**
 * Creates what sends replies with their pictures. A picture can fail only before anything is sent, or by a refusal of
 * Slack's, which sends nothing either; then the reply is sent as text. A picture is uploaded once and its file is used
 * for half an hour. After `stopping` has aborted, no picture is waited for.
 */
export function createPictures(options: {
  paint: Paint | undefined
  upload: Upload
  stopping: AbortSignal
  log: Log
  clock?: () => number
}): Pictures {
  const { paint, upload, stopping, log, clock = () => performance.now() } = options
  const files = ttlCache<{ id: string; shown?: true }>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS })
  /** Since when messages wait for a picture that is not ready yet. */
  const waiting = ttlCache<number>({ maxEntries: MAX_CACHED, ttlMs: 2 * PROCESSING_MS })

  const keyOf = (team: string, picture: Picture) => `${team} ${pictureKey(picture)}`

  const uploadOnce = (team: string, picture: Picture, paintPicture: Paint) =>
    files.getOrCreate(keyOf(team, picture), async () => {
      const file = { name: pictureFileName(picture), bytes: await paintPicture(picture) }
      return { id: await upload(team, file, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)) }
    })

  /** Sends with the picture, or rejects: with a `SendFailure` where the message could not be sent without it either. */
  async function sendWith<Result>(
    block: PictureBlock,
    painter: Paint,
    { team, withinMs, signal }: PictureOptions,
    send: (file: string) => Promise<Result>,
  ): Promise<Result> {
    const until = clock() + withinMs
    const giveUp = signal ? AbortSignal.any([signal, stopping]) : stopping
    const leftMs = () => Math.ceil(until - clock())
    const file = await withTimeout(uploadOnce(team, block.picture, painter), leftMs(), giveUp)
    const wasShown = file.shown
    for (let attempt = 0; ; attempt++) {
      const pause = RETRY_PAUSES_MS[Math.min(attempt, RETRY_PAUSES_MS.length - 1)]!
      if (pause > 0 && (giveUp.aborted || pause > leftMs()))
        throw new TimeoutError('slack: the file is not known as a picture yet')
      await sleep(pause)
      try {
        const result = await send(file.id)
        file.shown = true
        return result
      } catch (cause) {
        if (wasText(cause)) throw cause
        if (!isRefusedFile(cause)) throw new SendFailure(cause)
        if (!wasShown) continue
        // It was shown before, so somebody has deleted it on Slack: upload it again.
        files.delete(keyOf(team, block.picture))
        return sendWith(block, painter, { team, withinMs: leftMs(), signal }, send)
      }
    }
  }

  const isWaitingLong = async (key: string) => {
    const now = clock()
    return now - (await waiting.getOrCreate(key, async () => now)) >= PROCESSING_MS
  }

  return {
    async prepare(reply, team) {
      const block = pictureOf(reply)
      if (!block) return
      if (!paint) throw new Error('slack: no pictures are painted here')
      await withTimeout(uploadOnce(team, block.picture, paint), PREPARE_MS, stopping)
    },

    async send(reply, pictureOptions, send) {
      const block = pictureOf(reply)
      if (!block || !paint) return send(withPictureAsText(reply))
      const { team, triedAgain } = pictureOptions
      const key = keyOf(team, block.picture)
      try {
        const sent = await sendWith(block, paint, pictureOptions, file => send(reply, file))
        waiting.delete(key)
        return sent
      } catch (cause) {
        if (cause instanceof SendFailure) throw cause.cause
        if (triedAgain && cause instanceof TimeoutError && !(await isWaitingLong(key)))
          throw new DeliveryError(`slack: its picture is not ready yet (${team})`, {
            outcome: 'unsent',
            retryInMs: TRY_AGAIN_MS,
            cause,
          })
        log.warn({ err: cause, team }, 'slack: a reply was sent without its picture')
        return send(withPictureAsText(reply))
      }
    },
  }
}

/** Wraps an error that is not about the picture: without it the message could not be sent either. */
class SendFailure extends Error {
  constructor(cause: unknown) {
    super('slack: not sent', { cause })
  }
}

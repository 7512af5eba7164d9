import type { Handlers, Log } from '../../../chat/platform.ts'
import { note, type Reply, refusal, withPictureAsText } from '../../../chat/reply.ts'
import { TimeoutError, withTimeout } from '../../../chat/with-timeout.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { withoutPicture } from '../../../pictures/picture-file.ts'
import type { IncomingCall } from '../../responder.ts'
import { type CallWebApi, splitPlace } from '../messages.ts'
import { noPictureReason } from './refused-file.ts'
import type { Pictures } from './send.ts'

/** How long the words wait for us to know whether there is a picture at all. */
const KNOWN_WITHIN_MS = 1_000
/** Slack takes up to 30 seconds until it shows a new picture, and nobody waits for the words meanwhile. */
const PICTURE_WITHIN_MS = 30_000
const OPEN_TIMEOUT_MS = 5_000

/**
 * Creates a function that answers a call with a picture for its caller alone: the words at once, the picture in the
 * caller’s conversation with the app. Slack shows a file of ours to others only in a message that stays, and an answer
 * for its caller alone does not (node-slack-sdk #1790, python-slack-sdk #1961). The picture is posted like every post, so
 * corrections reach it. `show` shows a reply to the caller; its first call is the answer.
 */
export const createPrivatePicture =
  (options: { pictures: Pictures; web: CallWebApi; handlers: Pick<Handlers, 'publish'>; log: Log }) =>
  async (
    incoming: IncomingCall,
    reply: Reply,
    { show, withinMs = KNOWN_WITHIN_MS }: { show(reply: Reply): Promise<unknown>; withinMs?: number },
  ): Promise<void> => {
    const { pictures, web, handlers, log } = options
    const { call, key } = incoming
    const { team } = splitPlace(call.place)
    const prepared = pictures.prepare(reply, team)
    const known = await failureOf(withTimeout(prepared, Math.min(withinMs, KNOWN_WITHIN_MS)))
    if (known !== undefined && !(known instanceof TimeoutError)) {
      log.warn({ err: known, team }, 'slack: a reply was sent without its picture')
      return void (await show(withoutPicture(reply, noPictureReason(known))))
    }
    const words = withPictureAsText(reply)
    await show({ ...words, blocks: [...words.blocks, note(phrases.slack.pictureInMessages)] })
    const failed = await failureOf(prepared)
    try {
      if (failed !== undefined) throw failed
      const user = call.caller.id.replace(/^.*\//s, '')
      const opened = await web<{ channel?: { id?: string } }>(
        team,
        'conversations.open',
        { users: user },
        AbortSignal.timeout(OPEN_TIMEOUT_MS),
      )
      const channel = opened.channel?.id
      if (channel === undefined) throw new Error('slack: conversations.open: the answer has no channel')
      const posted = await handlers.publish(
        { ...call, place: `slack:${team}/${channel}`, audience: 'place' },
        reply,
        { key: `${key} picture`, pictureWithinMs: PICTURE_WITHIN_MS },
      )
      if ('problem' in posted) await show(posted.problem)
    } catch (cause) {
      log.warn({ err: cause, team }, 'slack: a picture was not sent to its caller')
      await show(refusal([failed === undefined ? phrases.slack.pictureNotSent : noPictureReason(failed)]))
    }
  }

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (cause: unknown) => cause,
  )

import { toPlainText } from '../../chat/plain-text.ts'
import type { Call, Handlers, PlatformRenderer } from '../../chat/platform.ts'
import { pictureOf, type Reply, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture } from '../../pictures/picture-file.ts'
import { drawReply } from './draw-reply.ts'
import type { Pictures } from './pictures.ts'
import type { Frame } from './view.ts'

/** An answer for the page: its plain text, for screen readers, and its drawing for each platform. */
type PageAnswer = {
  text: string
  refusal: boolean
  draws: Awaited<ReturnType<typeof drawReply>>[]
  /** The answer has a picture that could not be painted, so its text is shown instead. */
  unpainted?: true
  /** The id of the message in the channel, if the answer was posted. */
  posted?: string
}

/** Answers calls from the page. */
export type Answers = {
  /** Converts a reply to what the page shows. */
  drawForPage(reply: Reply, frame: Omit<Frame, 'picture'>): Promise<PageAnswer>
  /** Answers a call, and posts answers that are for everyone. Discord shows `typedLine` above the answer. */
  respond(handlers: Handlers, call: Call, typedLine?: string): Promise<PageAnswer & { reply: Reply }>
}

/** Creates the answers of the page, drawn by every renderer. */
export function createAnswers(renderers: PlatformRenderer[], pictures: Pictures): Answers {
  let count = 0

  const drawForPage: Answers['drawForPage'] = async (reply, frame) => {
    const picture = pictureOf(reply)?.picture
    const painted = picture && (await pictures.paint(picture))
    const sent = !picture || painted ? reply : withoutPaintedPicture(reply, frame.callerOnly)
    return {
      text: toPlainText(sent),
      refusal: reply.refusal === true,
      draws: await Promise.all(
        renderers.map(renderer => drawReply(renderer, sent, { ...frame, picture: painted })),
      ),
      ...(picture && !painted && { unpainted: true }),
    }
  }

  return {
    drawForPage,
    respond: async ({ answer, publish }, call, typedLine) => {
      const { at } = call
      const frame = { at, callerOnly: true, typedLine }
      const reply = await answer(call)
      if (reply.audience !== 'place' || reply.refusal) return { reply, ...(await drawForPage(reply, frame)) }
      const result = await publish(call, reply, { key: `preview:${at}:${++count}` })
      if ('problem' in result) return { reply: result.problem, ...(await drawForPage(result.problem, frame)) }
      return {
        reply,
        posted: result.message.id,
        ...(await drawForPage(reply, { ...frame, callerOnly: false })),
      }
    },
  }
}

/**
 * A reply with the text of its picture instead, as the platforms send it. Only the caller is told why there is none.
 */
const withoutPaintedPicture = (reply: Reply, callerOnly: boolean): Reply =>
  callerOnly ? withoutPicture(reply, phrases.everyPlatform.pictureFailed) : withPictureAsText(reply)

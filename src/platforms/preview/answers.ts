import { toPlainText } from '../../chat/plain-text.ts'
import type { Call, Handlers, PlatformRenderer } from '../../chat/platform.ts'
import { pictureOf, type Reply, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture } from '../../pictures/picture-file.ts'
import { drawReply } from './draw-reply.ts'
import type { Pictures } from './pictures.ts'
import type { Frame } from './view.ts'

/** An answer as the page shows it: as a screen reader gives it, and as each platform draws it. */
type PageAnswer = {
  text: string
  refusal: boolean
  draws: Awaited<ReturnType<typeof drawReply>>[]
  /** A picture belongs to it that could not be painted, so its words stand there. */
  unpainted?: true
  /** The message in the channel that it became. */
  posted?: string
}

/** How the preview answers. */
export type Answers = {
  /** A reply as the page shows it. */
  drawForPage(reply: Reply, frame: Omit<Frame, 'picture'>): Promise<PageAnswer>
  /** Answers a call, and posts what is for everyone; `asked` is the line that Discord names above the answer. */
  respond(handlers: Handlers, call: Call, asked?: string): Promise<PageAnswer & { reply: Reply }>
}

/** Makes the answering of the page. */
export function createAnswers(draws: PlatformRenderer[], pictures: Pictures): Answers {
  let count = 0

  const drawForPage: Answers['drawForPage'] = async (reply, frame) => {
    const picture = pictureOf(reply)?.picture
    const painted = picture && (await pictures.paint(picture))
    const sent = !picture || painted ? reply : withoutPaintedPicture(reply, frame.callerOnly)
    return {
      text: toPlainText(sent),
      refusal: reply.refusal === true,
      draws: await Promise.all(
        draws.map(draw => drawReply(draw, sent, { ...frame, ...(painted && { picture: painted }) })),
      ),
      ...(picture && !painted && { unpainted: true }),
    }
  }

  return {
    drawForPage,
    respond: async ({ answer, publish }, call, typedLine) => {
      const { at } = call
      const frame = { at, callerOnly: true, ...(typedLine !== undefined && { typedLine }) }
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

/** What both platforms are sent where nothing can be painted: the words, and whoever asked alone is told why. */
const withoutPaintedPicture = (reply: Reply, only: boolean): Reply =>
  only ? withoutPicture(reply, phrases.everyPlatform.pictureFailed) : withPictureAsText(reply)

import { plain } from '../../chat/plain-text.ts'
import type { Call, Draw, Handlers } from '../../chat/platform.ts'
import { inWords, pictureOf, type Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture } from '../../pictures/picture-file.ts'
import { drawn } from './drawn.ts'
import type { Pictures } from './pictures.ts'
import type { Frame } from './view.ts'

/** An answer as the page shows it: as a screen reader gives it, and as each platform draws it. */
type Answered = {
  text: string
  refusal: boolean
  draws: Awaited<ReturnType<typeof drawn>>[]
  /** A picture belongs to it that could not be painted, so its words stand there. */
  unpainted?: true
  /** The message in the channel that it became. */
  posted?: string
}

/** How the preview answers. */
export type Answers = {
  /** A reply as the page shows it. */
  shown(reply: Reply, frame: Omit<Frame, 'painted'>): Promise<Answered>
  /** Answers a call, and posts what is for everyone; `asked` is the line that Discord names above the answer. */
  answered(handlers: Handlers, call: Call, asked?: string): Promise<Answered & { reply: Reply }>
}

/** Makes the answering of the page. */
export function answers(draws: Draw[], pictures: Pictures): Answers {
  let count = 0

  const shown: Answers['shown'] = async (reply, frame) => {
    const picture = pictureOf(reply)?.picture
    const painted = picture && (await pictures.painted(picture))
    const sent = !picture || painted ? reply : unpainted(reply, frame.only)
    return {
      text: plain(sent),
      refusal: reply.refusal === true,
      draws: await Promise.all(
        draws.map(draw => drawn(draw, sent, { ...frame, ...(painted && { painted }) })),
      ),
      ...(picture && !painted && { unpainted: true }),
    }
  }

  return {
    shown,
    answered: async ({ answer, publish }, call, asked) => {
      const { at } = call
      const frame = { at, only: true, ...(asked !== undefined && { asked }) }
      const reply = await answer(call)
      if (reply.audience !== 'place' || reply.refusal) return { reply, ...(await shown(reply, frame)) }
      const result = await publish(call, reply, { key: `preview:${at}:${++count}` })
      if ('problem' in result) return { reply: result.problem, ...(await shown(result.problem, frame)) }
      return { reply, posted: result.message.id, ...(await shown(reply, { ...frame, only: false })) }
    },
  }
}

/** What both platforms are sent where nothing can be painted: the words, and whoever asked alone is told why. */
const unpainted = (reply: Reply, only: boolean): Reply =>
  only ? withoutPicture(reply, phrases.asked.noPicture) : inWords(reply)

import type { Draw } from '../platform.ts'
import type { Reply } from '../reply.ts'
import type { Frame, View } from './view.ts'

type Drawer = (json: unknown, frame: Frame) => View

// Loaded with the first answer, so that a bot without a reader of its preview never holds a Markdown parser.
const DRAWERS: Record<string, () => Promise<Drawer>> = {
  slack: async () => (await import('./slackview.ts')).slackView,
  discord: async () => (await import('./discordview.ts')).discordView,
}

/** A reply as one platform would get it: the real JSON, and what people there would see of it. */
export async function drawn(
  draw: Draw,
  reply: Reply,
  frame: Frame,
): Promise<{ name: string; json: unknown; view?: View; problem?: string }> {
  try {
    // Through text and back: what is shown is what would be sent, without what JSON drops.
    const json: unknown = JSON.parse(JSON.stringify(draw.draw(reply)))
    const view = (await DRAWERS[draw.name.toLowerCase()]?.())?.(json, frame)
    return { name: draw.name, json, ...(view !== undefined && { view }) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return { name: draw.name, json: null, problem: `${draw.name} could not draw this answer: ${why}` }
  }
}

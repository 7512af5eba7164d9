import type { PlatformRenderer } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Frame, View } from './view.ts'

type Drawer = (json: unknown, frame: Frame) => View

// Loaded with the first answer, so that a bot without a reader of its preview never holds a Markdown parser.
const DRAWERS: Record<string, () => Promise<Drawer>> = {
  slack: async () => (await import('./slack-view.ts')).slackView,
  discord: async () => (await import('./discord-view.ts')).discordView,
}

/** A reply as one platform would get it: the real JSON, and what people there would see of it. */
export async function drawReply(
  draw: PlatformRenderer,
  reply: Reply,
  frame: Frame,
): Promise<{ name: string; json: unknown; view?: View; problem?: string }> {
  try {
    // Through text and back: what is shown is what would be sent, without what JSON drops.
    const sent = JSON.stringify(draw.render(reply))
    const json: unknown = JSON.parse(sent)
    const view = (await DRAWERS[draw.name.toLowerCase()]?.())?.(restoreKeptLines(sent, reply), frame)
    return { name: draw.name, json, ...(view !== undefined && { view }) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return { name: draw.name, json: null, problem: `${draw.name} could not draw this answer: ${why}` }
  }
}

/** What would be sent, with the lines in the buttons for which a platform keeps them elsewhere: here they are known. */
function restoreKeptLines(sent: string, { buttons = [] }: Reply): unknown {
  return JSON.parse(sent, function (this: { label?: unknown }, key: string, value: unknown) {
    if (key !== 'custom_id' || !String(value).startsWith('kept:')) return value
    const action = buttons.find(({ label }) => label === this.label)
    return action ? `run:${action.line}` : value
  })
}

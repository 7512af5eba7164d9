import type { PlatformRenderer } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Frame, View } from './view.ts'

type Drawer = (json: unknown, frame: Frame) => View

// Loaded with the first answer, so that a bot whose preview nobody opens never loads a Markdown parser.
const DRAWERS: Record<string, () => Promise<Drawer>> = {
  slack: async () => (await import('./slack-view.ts')).slackView,
  discord: async () => (await import('./discord-view.ts')).discordView,
}

/** Draws a reply for one platform: the exact JSON it would receive, and a view of what people would see there. */
export async function drawReply(
  renderer: PlatformRenderer,
  reply: Reply,
  frame: Frame,
): Promise<{ name: string; json: unknown; view?: View; problem?: string }> {
  try {
    // Through text and back, so that what is shown is what would be sent, without the values that JSON drops.
    const sent = JSON.stringify(renderer.render(reply))
    const json: unknown = JSON.parse(sent)
    const drawer = await DRAWERS[renderer.name.toLowerCase()]?.()
    const view = drawer?.(restoreKeptLines(sent, reply), frame)
    return { name: renderer.name, json, ...(view !== undefined && { view }) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return {
      name: renderer.name,
      json: null,
      problem: `${renderer.name} could not draw this answer: ${reason}`,
    }
  }
}

/** The JSON with the line in every button, also where the platform keeps a long line in the store and sends its key. */
function restoreKeptLines(sent: string, { buttons = [] }: Reply): unknown {
  return JSON.parse(sent, function (this: { label?: unknown }, key: string, value: unknown) {
    if (key !== 'custom_id' || !String(value).startsWith('kept:')) return value
    const button = buttons.find(({ label }) => label === this.label)
    return button ? `run:${button.line}` : value
  })
}

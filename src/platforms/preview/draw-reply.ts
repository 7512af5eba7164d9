import type { PlatformRenderer } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { linesByKey, readPressed, withLine } from '../stored-lines.ts'
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
    const view = drawer?.(restoreStoredLines(sent, reply), frame)
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

/** The JSON with the line in every button and option, also where the platform stores a long line and sends its key. */
function restoreStoredLines(sent: string, reply: Reply): unknown {
  const lines = linesByKey(reply)
  return JSON.parse(sent, (name: string, value: unknown) => {
    const pressed = name === 'custom_id' || name === 'value' ? readPressed(String(value)) : undefined
    const line = pressed?.isKey ? lines.get(pressed.text) : undefined
    return line === undefined ? value : withLine(String(value), line)
  })
}

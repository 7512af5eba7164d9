import { randomUUID } from 'node:crypto'
import type { Json } from './loopback-workspace.ts'
import { TEAM } from './payloads.ts'

/** A message that only one person sees. `edits` is how often it was replaced. */
export type PrivateMessage = { id: string; thread?: string; text: string; blocks: Json[]; edits: number }

/**
 * Creates the private messages of one person: what they see of acknowledgements and of responses. Each press of theirs has
 * a response address, with which the message that they pressed in can be replaced.
 */
export function createPrivateMessages(newResponseUrl: () => string) {
  const shown: PrivateMessage[] = []
  /** The message that somebody pressed in, by the path of the response address. */
  const pressedIn = new Map<string, Json>()

  /** Shows a message to the person, as Slack does with an acknowledgement or a response that has one. */
  function show({ response_type = 'ephemeral', text = '', blocks = [], thread_ts }: Json): PrivateMessage {
    if (response_type !== 'ephemeral') throw new Error('loopback: that message is for all to see')
    const message = { id: randomUUID(), thread: thread_ts, text, blocks, edits: 0 }
    shown.push(message)
    return message
  }

  return {
    shown,
    show,
    /** Takes a response: it replaces what was pressed, or is a message of its own. */
    respond(address: string, response: Json): void {
      const original = pressedIn.get(address)
      if (!response.replace_original || !original) return void show(response)
      Object.assign(original, {
        text: response.text,
        blocks: response.blocks,
        edits: (original.edits ?? 0) + 1,
      })
    },
    /** The body of a press, of a button or an option by its label, in a private message or in one that all see. */
    press(where: PrivateMessage | Json, label: string): Json {
      const isPrivate = shown.some(message => message === where)
      const thread_ts = isPrivate ? where.thread : (where as Json).thread_ts
      const message_ts = isPrivate ? '1700000000.000200' : (where as Json).ts
      const response_url = newResponseUrl()
      pressedIn.set(new URL(response_url).pathname, where)
      return {
        type: 'block_actions',
        team: { id: TEAM, domain: 'loopback' },
        user: { id: 'U1', username: 'dana', team_id: TEAM },
        channel: { id: 'C1', name: 'general' },
        container: {
          type: 'message',
          channel_id: 'C1',
          message_ts,
          is_ephemeral: isPrivate,
          ...(thread_ts && { thread_ts }),
        },
        // Slack sends the message only where it is public.
        ...(!isPrivate && { message: where }),
        api_app_id: 'A1',
        trigger_id: randomUUID(),
        response_url,
        actions: [actionOf(where.blocks, label)],
      }
    },
  }
}

/** The action of a press of the button or option with this label. */
function actionOf(blocks: Json[], label: string): Json {
  const elements = blocks.flatMap(block => (block.type === 'actions' ? block.elements : []))
  for (const { type, action_id, value, text, options = [] } of elements) {
    const common = { type, action_id, block_id: 'b', action_ts: '1' }
    if (type === 'button' && text.text === label) return { ...common, value, text }
    const selected_option = options.find((option: Json) => option.text.text === label)
    if (selected_option) return { ...common, selected_option }
  }
  throw new Error(`loopback: nothing to press is called ${label}`)
}

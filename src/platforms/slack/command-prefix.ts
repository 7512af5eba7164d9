import type { Call } from '../../chat/platform.ts'
import type { Block, Inline, Reply } from '../../chat/reply.ts'

/** Reads the command of a call without the prefix that all our commands have in this workspace. Both are understood. */
export function withoutPrefix<Incoming extends { call: Call }>(incoming: Incoming, prefix = ''): Incoming {
  const { command } = incoming.call
  if (prefix === '' || !command.startsWith(prefix) || command === prefix) return incoming
  return { ...incoming, call: { ...incoming.call, command: command.slice(prefix.length) } }
}

/** Writes the lines in a reply that people can type as they must be typed here, with the prefix of our commands. */
export function withPrefix(reply: Reply, prefix = ''): Reply {
  if (prefix === '') return reply
  const inline = (run: Inline): Inline =>
    typeof run === 'object' && 'code' in run && isOurLine(run.code)
      ? { code: `/${prefix}${run.code.slice(1)}` }
      : run
  const inlines = (runs: Inline[]) => runs.map(inline)
  const block = (each: Block): Block => {
    switch (each.kind) {
      case 'text':
      case 'note':
        return { ...each, text: inlines(each.text) }
      case 'list':
        return { ...each, items: each.items.map(inlines) }
      case 'fields':
        return { ...each, fields: each.fields.map(field => ({ ...field, value: inlines(field.value) })) }
      case 'picture':
        return { ...each, fallback: each.fallback.map(block) }
      default:
        return each
    }
  }
  return { ...reply, blocks: reply.blocks.map(block) }
}

/** Slack’s own commands have no prefix. */
const isOurLine = (line: string) => /^\/[\p{L}\p{N}]/u.test(line) && !line.startsWith('/invite')

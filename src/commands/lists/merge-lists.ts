import type { Block } from '../../chat/reply.ts'

/** Joins neighbouring lists into one. */
export function mergeLists(blocks: Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.kind === 'list' && last?.kind === 'list')
      result[result.length - 1] = { kind: 'list', items: [...last.items, ...block.items] }
    else result.push(block)
  }
  return result
}

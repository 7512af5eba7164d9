import type { Story } from '../content/story.ts'
import { plain } from '../plain.ts'
import { type Block, note, PHONE_BUDGET, type Reply, refusal, sourceNumbers } from '../reply.ts'
import { sourcesBlock } from './label.ts'

/** The smallest thing that a page holds: a block or a list item that is never parted, its sources and its part. */
export type Unit = { block: Block; sources: number[]; part: string }

/** What stands on every page. */
export type Frame = Pick<Reply, 'label' | 'title' | 'actions'>

/** Room for `Page 10 of 10` and the gaps between blocks. */
const PAGE_LINE = 20

/**
 * One page of an answer that may be longer than a phone shows at once. Nothing is cut: a unit that fits on no page is
 * an error, which `check` finds before anybody asks. `line` is the typed line that the answer belongs to.
 */
export function paged(
  story: Story,
  frame: Frame,
  units: Unit[],
  wanted: { page: string | true | undefined; line: string },
): Reply {
  const pages = packed(story, frame, units)
  const page = wanted.page === undefined ? 1 : Number(wanted.page)
  if (!Number.isInteger(page) || page < 1 || page > pages.length) {
    const known = pages.length === 1 ? 'there is only one page' : `there are ${pages.length} pages`
    return refusal(['No such page: ', known, '. ', { code: wanted.line }])
  }
  const shown = pages[page - 1]!
  const more = page < pages.length ? [{ label: 'Next page', line: `${wanted.line} --page ${page + 1}` }] : []
  return {
    ...frame,
    blocks: [
      ...merged(shown.map(unit => unit.block)),
      sourcesBlock(
        story,
        shown.flatMap(unit => unit.sources),
      ),
      ...(pages.length > 1 ? [note(`Page ${page} of ${pages.length}`)] : []),
    ].filter(block => block.kind !== 'sources' || sourceNumbers(block) !== ''),
    actions: [...more, ...(frame.actions ?? [])].slice(0, 3),
    parts: [...new Set(shown.map(unit => unit.part))],
    audience: 'caller',
  }
}

function packed(story: Story, frame: Frame, units: Unit[]): Unit[][] {
  const fixed = plain({ ...frame, blocks: [], parts: [], audience: 'caller' }).length + PAGE_LINE
  const pages: Unit[][] = [[]]
  let used = 0
  let numbers = new Set<number>()
  for (const unit of units) {
    const length = plain({ blocks: [unit.block], parts: [], audience: 'caller' }).length + 2
    const together = new Set([...numbers, ...unit.sources])
    const page = pages.at(-1)!
    if (page.length > 0 && fixed + used + length + sourcesLength(story, together) > PHONE_BUDGET) {
      pages.push([unit])
      used = length
      numbers = new Set(unit.sources)
    } else {
      page.push(unit)
      used += length
      numbers = together
    }
  }
  return pages
}

function sourcesLength(story: Story, numbers: Set<number>): number {
  const digits = [...numbers].reduce((length, number) => length + String(number).length + 2, 0)
  return digits + (story.checked ? 40 + (story.checked.by?.length ?? 0) : 12)
}

/** Neighbouring lists become one list again. */
function merged(blocks: Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.kind === 'list' && last?.kind === 'list')
      result[result.length - 1] = { kind: 'list', items: [...last.items, ...block.items] }
    else result.push(block)
  }
  return result
}

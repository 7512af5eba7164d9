import { endOfLiteral } from './change-markup.ts'
import type { RawFeed } from './raw-feed.ts'

/** What a document is looked through for: the first element, and its items. */
const MARK = /<!\[CDATA\[|<!--|<(\/?)((?:[\w.-]+:)?(?:rss|rdf|feed|item|entry))(?=[\s/>])/gi

const ITEM = /(?:^|:)(?:item|entry)$/

/**
 * What a parser reads from a text. Where it finds fewer items than the text has, because an element before them does not end
 * or they stand where none should, it reads them again by themselves: one mistake costs no more than the item that it is in.
 */
export function withAllItems(
  text: string,
  maxItems: number,
  parse: (text: string) => RawFeed | undefined,
): RawFeed | undefined {
  const whole = attempt(() => parse(text))
  const { root, items } = itemsIn(text, maxItems)
  const found = whole?.items.length ?? 0
  if (root === undefined || items.length <= found) return whole
  const around = [/^<rss/i.test(root) ? `${root}<channel>` : root, endOf(root)] as const
  const parseItems = (some: string[]) => attempt(() => parse([around[0], ...some, around[1]].join('')))
  const together = parseItems(items)
  const rescued = together?.items.length === items.length ? together.items : each(items, root, parseItems)
  const best = rescued.length > (together?.items.length ?? 0) ? rescued : (together?.items ?? [])
  return best.length > found ? { ...(whole ?? together ?? NOTHING), items: best } : whole
}

/** What is known of a feed of which nothing but its items can be read. */
const NOTHING: RawFeed = { site: [], builtAt: [], items: [] }
/** A longer tag would be read thousands of times. */
const MAX_ROOT = 5_000

/** The items that can be read by themselves: one of them in which tags do not match would take the next ones with it. */
const each = (items: string[], root: string, parseItems: (some: string[]) => RawFeed | undefined) =>
  root.length > MAX_ROOT ? [] : items.flatMap(item => parseItems([item])?.items.slice(0, 1) ?? [])

/** The parser throws where a text is no whole document, and says nothing that helps. */
function attempt<Result>(parse: () => Result): Result | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

/** The tag of the first element, and each item from its tag to its end: its own, or where the next one begins. */
function itemsIn(text: string, maxItems: number): { root?: string; items: string[] } {
  const items: string[] = []
  let root: string | undefined
  let rootName: string | undefined
  let name: string | undefined
  let start: number | undefined
  const close = (end: number) => {
    if (start !== undefined) items.push(`${text.slice(start, end)}</${name}>`)
    start = undefined
  }
  MARK.lastIndex = 0
  for (let mark = MARK.exec(text); mark && items.length < maxItems; mark = MARK.exec(text)) {
    if (mark[2] === undefined) {
      const end = endOfLiteral(text, mark.index)
      // What does not end is left out, with the item that it stands in.
      if (end === undefined) return { root, items }
      MARK.lastIndex = end
      continue
    }
    const tag = mark[2].toLowerCase()
    if (root === undefined) {
      const end = text.indexOf('>', mark.index)
      if (end < 0 || mark[1] || ITEM.test(tag)) return { items }
      root = text.slice(mark.index, end + 1).replace(/\/>$/, '>')
      rootName = tag
      continue
    }
    if (mark[1] && tag === rootName) break
    name ??= ITEM.test(tag) ? tag : undefined
    if (tag !== name) continue
    close(mark.index)
    if (!mark[1] && !isEmpty(text, mark.index)) start = mark.index
  }
  return { root, items }
}

const isEmpty = (text: string, at: number): boolean => text[text.indexOf('>', at) - 1] === '/'

const endOf = (root: string): string =>
  `${/^<rss/i.test(root) ? '</channel>' : ''}</${/^<([\w.:-]+)/.exec(root)?.[1]}>`

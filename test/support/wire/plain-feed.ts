import type { ItemUpdate } from '../../../src/store/wire/items.ts'
import type { Identify, KeysOf, ParsedItem, ReadFeedBytes } from '../../../src/wire/item.ts'

/** Writes a feed as tests of polling read it: a line an item, its id and its title. */
export const plainFeed = (...items: [guid: string, title: string][]): string =>
  items.map(item => item.join('\t')).join('\n')

/** Reads such a feed. `ttl=60` on a line of its own is a wish in minutes; a body that begins with `<` is a web page. */
export const readPlainFeed: ReadFeedBytes = async ({ bytes }) => {
  const text = new TextDecoder().decode(bytes)
  if (text.startsWith('<')) return { unreadable: 'html', why: 'it begins with <' }
  const items: ParsedItem[] = []
  let ttlMs: number | undefined
  for (const line of text.split('\n').filter(Boolean)) {
    const [guid = '', title] = line.split('\t')
    const ttl = /^ttl=(\d+)$/.exec(line)?.[1]
    if (ttl !== undefined) ttlMs = Number(ttl) * 60_000
    else items.push({ guid, title: title ?? '', text: '' })
  }
  return { items, ttlMs }
}

/** Knows items by their ids alone. */
export const keysByGuid: KeysOf = ({ guid }) => [`guid:${guid}`]

/** Decides by their ids alone. */
export const identifyByGuid: Identify = ({ parsed, known, via, outlet, keyKind, newId }) => ({
  keyKind,
  updates: parsed.map((item): ItemUpdate => {
    const own = known.find(carrier => carrier.via === via && carrier.keys.includes(`guid:${item.guid}`))
    return {
      item: own?.item ?? newId(),
      kind: own === undefined ? 'new' : own.title === item.title ? 'same' : 'changed',
      keys: keysByGuid(item),
      hash: item.title,
      state: 'stands',
      ...{ via, outlet, guid: item.guid, title: item.title, text: '' },
    }
  }),
})

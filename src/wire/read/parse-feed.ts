import { parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith'
import type { FeedBytes, ReadFeed } from '../item.ts'
import { rawAtom } from './atom-feed.ts'
import { decode } from './decode.ts'
import { rawJson } from './json-feed.ts'
import { parsedFeed } from './parsed-feed.ts'
import type { RawFeed } from './raw-feed.ts'
import { withAllItems } from './rescued-items.ts'
import { rawRdf, rawRss } from './rss-feed.ts'
import { isCutOff, type Sniffed, sniff, unreadable } from './sniff.ts'
import { tidyXml } from './tidy-xml.ts'
import { unzip } from './unzip.ts'

/** More items than this are not looked at: the new ones of a feed are among them. */
const MAX_ITEMS = 5_000

/**
 * Reads the bytes of a feed, whatever they are; what cannot be read is told with its reason. `now` bounds its dates. Holds
 * its thread: the loop uses `readFeed`, which does this in another one.
 */
export function parseFeed({ bytes, contentType, url, zone }: FeedBytes, now: number): ReadFeed {
  const unzipped = unzip(bytes)
  if (!unzipped)
    return { unreadable: 'tooMany', why: 'it cannot be unpacked, or has more than 5 MB unpacked' }
  const decoded = decode(unzipped, contentType)
  if ('why' in decoded) return { unreadable: 'encoding', why: decoded.why }
  const { text } = decoded
  const sniffed = sniff(text)
  if (isCutOff(text, sniffed)) return unreadable(text, sniffed)
  try {
    const raw = parseAs(sniffed, text, url)
    if (raw === 'tooMany') return { unreadable: 'tooMany', why: 'it has a tag that does not end' }
    return raw ? parsedFeed(raw, { url, zone, now }) : unreadable(text, sniffed)
  } catch {
    // The parser throws where a text is no whole document, and says nothing that helps.
    return unreadable(text, sniffed)
  }
}

const OPTIONS = { maxItems: MAX_ITEMS }

function parseAs({ kind, root }: Sniffed, text: string, url: string): RawFeed | 'tooMany' | undefined {
  if (kind === 'json') return rawJson(parseJsonFeed(text, OPTIONS))
  if (kind !== 'rss' && kind !== 'atom' && kind !== 'rdf') return undefined
  const tidy = tidyXml(text, url, root)
  if (tidy === undefined) return 'tooMany'
  return withAllItems(tidy, MAX_ITEMS, xml => {
    if (kind === 'rss') return rawRss(parseRssFeed(xml, OPTIONS), xml)
    return kind === 'atom' ? rawAtom(parseAtomFeed(xml, OPTIONS)) : rawRdf(parseRdfFeed(xml, OPTIONS))
  })
}

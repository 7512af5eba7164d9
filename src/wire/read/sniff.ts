import type { UnreadableFeed } from '../item.ts'

/** What a text is by its first element: a feed of a kind, or what else it may be. */
export type Sniffed =
  | { kind: 'rss' | 'atom' | 'rdf'; root: string }
  | { kind: 'json' | 'html' | 'challenge' | 'other'; root?: undefined }

/** As far as the first element of a feed is looked for: warnings of a server may stand before it. */
const HEAD_LENGTH = 20_000

const ROOT = /<(?:([\w.-]+):)?(rss|feed|rdf)(?=[\s/>])/i
const PAGE = /<(?:html(?=[\s>])|head(?=[\s>])|body(?=[\s>]))/i
/** What some systems write before everything: directly before a feed, it says nothing. */
const DOCTYPE = /<!doctype\s+html/i
const NOTHING_ELSE = /<!doctype\s+html[^<>]*>\s*(?:<\?[^<>]*>\s*)*$/i
/** What pages say that let nobody in before a script has run. */
const CHALLENGE =
  /cf-chl|cf_chl|challenge-platform|challenges\.cloudflare\.com|<title>just a moment|_incapsula_|ddos-guard|px-captcha|g-recaptcha|awswafcookie/i

/** Looks what a text is, without reading it. */
export function sniff(text: string): Sniffed {
  const head = text
    .trimStart()
    .slice(0, HEAD_LENGTH)
    .replace(/<!--[\s\S]*?-->/g, '')
  if (/^\s*\{/.test(head)) return { kind: 'json' }
  const root = ROOT.exec(head)
  const page = PAGE.exec(head)
  const before = head.slice(0, root?.index)
  const isPage = page && (!root || page.index < root.index)
  if (isPage || (DOCTYPE.test(before) && !(root && NOTHING_ELSE.test(before))))
    return { kind: CHALLENGE.test(text.slice(0, HEAD_LENGTH * 5)) ? 'challenge' : 'html' }
  if (!root) return { kind: 'other' }
  const name = root[2]!.toLowerCase()
  return { kind: name === 'feed' ? 'atom' : name === 'rdf' ? 'rdf' : 'rss', root: root[0].slice(1) }
}

/**
 * Whether a feed in XML ends before its first element does: its last item may be half of one. Where the channel of RSS has
 * ended, its items have too.
 */
export function isCutOff(text: string, { kind, root }: Sniffed): boolean {
  if (root === undefined) return false
  const lower = text.toLowerCase()
  if (lower.includes(`</${root.toLowerCase()}`)) return false
  const end = kind === 'rss' ? lower.lastIndexOf(`</${root.toLowerCase().replace(/rss$/, 'channel')}>`) : -1
  // Of what follows it, the beginning may be there.
  return end < 0 || !/^<\/[\w.:-]*>\s*(?:<\/?[\w.:-]*)?\s*$/.test(lower.slice(end))
}

/** Why a text is no feed that can be read. */
export function unreadable(text: string, sniffed: Sniffed): UnreadableFeed {
  const { kind, root } = sniffed
  if (text.trim() === '') return { unreadable: 'cutOff', why: 'the body is empty' }
  if (kind === 'html') return { unreadable: 'html', why: 'it is a web page, not a feed' }
  if (kind === 'challenge')
    return { unreadable: 'challenge', why: 'it is a page that asks visitors to prove that they are people' }
  if (kind === 'json')
    return /[}\]]\s*$/.test(text)
      ? { unreadable: 'notAFeed', why: 'it is JSON, but no JSON Feed' }
      : { unreadable: 'cutOff', why: 'the JSON ends in the middle' }
  if (root === undefined) return { unreadable: 'notAFeed', why: 'it is neither RSS, Atom nor JSON Feed' }
  return isCutOff(text, sniffed)
    ? { unreadable: 'cutOff', why: `it ends before </${root}>` }
    : { unreadable: 'notAFeed', why: `nothing of a feed is in its element <${root}>` }
}

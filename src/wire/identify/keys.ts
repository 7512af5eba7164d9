import { hash } from 'node:crypto'
import { tokens } from '../../content/fold.ts'
import type { ParsedItem } from '../item.ts'
import { comparableLink } from './comparable-link.ts'

/** What an item is compared by. All of it is folded: case, accents and tracking make no difference. */
export type Comparable = {
  guid?: string
  /** An id that is an address, without scheme and tracking; and without its host too. */
  guidLink?: string
  alt?: string
  link?: string
  /** The address without its host. */
  path?: string
  title: string
  /** The text, if there is any; and if there is enough of it to know an item again by. */
  anyText?: string
  text?: string
}

/** Texts of fewer characters are the same by chance: “Read more”. */
export const MIN_TEXT = 100
/** Titles of fewer words are: “Weather”, “Police blotter for Monday”. */
export const MIN_SHARED_WORDS = 6
const HASH_LENGTH = 24

/** The words of a text in the form in which they are compared, as one line. */
export const foldedWords = (text: string): string => tokens(text).join(' ')

const known = new WeakMap<object, Comparable>()

/** What an item, or what a feed said of one before, is compared by. */
export function comparable(item: Pick<ParsedItem, 'guid' | 'url' | 'title' | 'text'>): Comparable {
  const found = known.get(item)
  if (found) return found
  const guid = item.guid ? comparableLink(item.guid) : undefined
  const link = item.url === undefined ? undefined : comparableLink(item.url)
  const text = item.text.toLowerCase()
  const made = {
    guid: item.guid,
    guidLink: guid?.link,
    alt: guid?.path ?? guid?.link,
    link: link?.link,
    path: link?.path,
    title: foldedWords(item.title) || item.title.trim(),
    anyText: text || undefined,
    text: text.length < MIN_TEXT ? undefined : text,
  }
  known.set(item, made)
  return made
}

/** The kinds of keys. Those that begin with `shared:` count for every feed, the others for their own feed alone. */
const KINDS = [
  'guid',
  'alt',
  'link',
  'path',
  'title',
  'text',
  'moment',
  'shared:guid',
  'shared:link',
  'shared:title',
] as const
type Kind = (typeof KINDS)[number]

const keyed = new WeakMap<ParsedItem, Map<Kind, string>>()

/** The key of each kind that an item has. */
export function keysByKind(item: ParsedItem): ReadonlyMap<Kind, string> {
  const found = keyed.get(item)
  if (found) return found
  const { guid, alt, link, path, title, text } = comparable(item)
  const values: Record<Kind, string | undefined> = {
    guid,
    alt: alt === guid ? undefined : alt,
    link,
    path,
    title,
    text,
    moment: item.published === undefined ? undefined : String(item.published),
    'shared:guid': guid !== undefined && isWorldWide(guid) ? guid : undefined,
    'shared:link': path === undefined ? undefined : link,
    'shared:title': title.split(' ').length < MIN_SHARED_WORDS ? undefined : title,
  }
  const keys = new Map(
    KINDS.flatMap((kind): [Kind, string][] => (values[kind] ? [[kind, key(kind, values[kind])]] : [])),
  )
  keyed.set(item, keys)
  return keys
}

/** All keys under which an item may be known: each a kind and a hash, at most 80 characters. */
export const keysOf = (item: ParsedItem): string[] => [...keysByKind(item).values()]

const key = (kind: Kind, value: string): string =>
  `${kind}:${hash('sha256', value, 'base64url').slice(0, HASH_LENGTH)}`

/** Whether an id is made so that nobody else has the same: an address, a tag or a UUID. */
const isWorldWide = (guid: string): boolean =>
  /^(?:https?:\/\/[^/]+\/.|tag:[^,]+,\d{4}|urn:[a-z]+:.)/i.test(guid) ||
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.test(guid)

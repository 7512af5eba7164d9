import type { ParsedItem } from '../../../../src/wire/item.ts'

/** A feed with something in it that feeds have and readers stumble over, and what is read from it. */
export type Quirk = {
  name: string
  bytes: string | Uint8Array
  contentType?: string
  zone?: string
  /** What the items have, in order; `null` says that something is absent. */
  items: { [Field in keyof ParsedItem]?: ParsedItem[Field] | null }[]
}

/** Where the quirk feeds come from. */
export const FEED_URL = 'https://feeds.example/news/feed.xml'

/** The moment that most quirk feeds name. */
export const AUG_7 = Date.parse('2017-08-07T10:02:11Z')
/** That moment, in the usual way. */
export const PUB = '<pubDate>Mon, 7 Aug 2017 10:02:11 GMT</pubDate>'

/** An RSS feed with these items. */
export const rss = (items: string, channel = '', attributes = '') =>
  `<?xml version="1.0"?>\n<rss version="2.0"${attributes}><channel><title>WQAD</title><link>https://wqad.example/</link>${channel}${items}</channel></rss>`
/** An RSS feed with one item. */
export const one = (item: string, attributes = '') => rss(`<item>${item}</item>`, '', attributes)
/** An RSS feed with one item of this title. */
export const titled = (title: string) => one(`<title>${title}</title><link>https://wqad.example/1</link>`)
/** An Atom feed with these entries. */
export const atom = (entries: string, attributes = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><title>WQAD</title><id>urn:x</id><link href="https://wqad.example/"/>${entries}</feed>`
/** An Atom feed with one entry. */
export const entry = (inner: string, attributes = '') =>
  atom(`<entry><id>urn:1</id><title>Fares go up</title>${inner}</entry>`, attributes)
/** A JSON Feed with these items. */
export const json = (items: unknown[], other = {}) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'WQAD', items, ...other })

/** A text with a byte a sign. */
export const latin1 = (text: string) => Buffer.from(text, 'latin1')
/** An RSS feed that says which encoding it has. */
export const declared = (encoding: string, title: string) =>
  titled(title).replace('version="1.0"', `version="1.0" encoding="${encoding}"`)
/** A text with some bytes in place of `@@`. */
export const withBytes = (text: string, bytes: number[]) => {
  const [before, after] = text.split('@@')
  return Buffer.concat([Buffer.from(before!), Buffer.from(bytes), Buffer.from(after!)])
}
/** A text with four bytes a sign. */
export const utf32 = (text: string) => {
  const codes = [...text].map(sign => sign.codePointAt(0)!)
  const bytes = Buffer.alloc(codes.length * 4)
  for (const [at, code] of codes.entries()) bytes.writeUInt32BE(code, at * 4)
  return bytes
}
/** Namespaces, as attributes. */
export const DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
export const ATOM_NS = ' xmlns:atom="http://www.w3.org/2005/Atom"'
export const ITUNES = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'

/** What is expected of an item: its title, its moment or its link. */
export const is = (title: string) => [{ title }]
export const at = (published: number | null) => [{ published }]
export const leads = (url: string | null) => [{ url }]

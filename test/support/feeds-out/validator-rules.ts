import { childrenOf, readXml, textOf, type XmlElement } from './read-xml.ts'

/** An entry as a reader takes it from a feed, in whatever format. */
export type ReadEntry = {
  id: string
  title: string
  link: string
  published: number
  updated: number
  html: string
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const RFC_822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0000$/
const URN_UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TAGS = new Set(['p', 'strong', 'em', 'code', 'a'])

const must = (isSo: boolean, rule: string) => {
  if (!isSo) throw new Error(`feed: ${rule}`)
}

/** Reads an Atom feed by the rules of RFC 4287 that the W3C’s validator holds feeds to. */
export function readAtom(document: string, address: string): { title: string; entries: ReadEntry[] } {
  const feed = readXml(document)
  must(feed.name === 'feed' && feed.attributes.xmlns === 'http://www.w3.org/2005/Atom', 'not Atom')
  must(URN_UUID.test(textOf(feed, 'id')), 'the id of the feed')
  must(RFC_3339.test(textOf(feed, 'updated')), 'the date of the feed')
  must(textOf(childrenOf(feed, 'author')[0]!, 'name') !== '', 'the author')
  must(linkOf(feed, 'self') === address, 'its own address')
  const entries = childrenOf(feed, 'entry').map((entry): ReadEntry => {
    const [published, updated] = ['published', 'updated'].map(name => textOf(entry, name))
    must(RFC_3339.test(published!) && RFC_3339.test(updated!), 'the dates of an entry')
    must(childrenOf(entry, 'content')[0]?.attributes.type === 'html', 'the type of the content')
    return {
      ...{ id: textOf(entry, 'id'), title: textOf(entry, 'title'), link: linkOf(entry, 'alternate') },
      ...{ published: Date.parse(published!), updated: Date.parse(updated!), html: textOf(entry, 'content') },
    }
  })
  must(
    URL.canParse(linkOf(feed, 'alternate')) && feed.attributes['xml:lang'] === 'en',
    'its page and language',
  )
  for (const { attributes } of childrenOf(feed, 'at:deleted-entry')) {
    const emptied = entries.find(({ id }) => id === attributes.ref)
    must(emptied !== undefined && Date.parse(attributes.when!) >= emptied.updated, 'a deleted entry')
  }
  checkEntries(entries)
  const changes = entries.map(({ updated }) => updated)
  must(new Set(changes).size === changes.length, 'two entries changed at the same moment')
  must(Date.parse(textOf(feed, 'updated')) >= Math.max(0, ...changes), 'the feed is older than an entry')
  return { title: textOf(feed, 'title'), entries }
}

/** Reads an RSS feed by the rules of the RSS Advisory Board and of Slack’s feed app. */
export function readRss(document: string, address: string): { title: string; entries: ReadEntry[] } {
  const rss = readXml(document)
  must(rss.name === 'rss' && rss.attributes.version === '2.0', 'not RSS 2.0')
  const channel = rss.children[0]!
  for (const name of ['title', 'link', 'description'])
    must(textOf(channel, name) !== '', `${name} of the channel`)
  must(RFC_822.test(textOf(channel, 'lastBuildDate')), 'the date of the channel')
  const self = childrenOf(channel, 'atom:link').find(({ attributes }) => attributes.rel === 'self')
  must(self?.attributes.href === address, 'its own address')
  const entries = childrenOf(channel, 'item').map((item): ReadEntry => {
    const date = textOf(item, 'pubDate')
    must(
      RFC_822.test(date) && new Date(date).toUTCString().replace('GMT', '+0000') === date,
      `the date ${date}`,
    )
    must(childrenOf(item, 'guid')[0]?.attributes.isPermaLink === 'false', 'an id that is no address')
    const order = item.children.map(({ name }) => name)
    shownAsHtml(textOf(item, 'description'))
    must(order.indexOf('description') < order.indexOf('content:encoded'), 'the description comes first')
    const [changed] = childrenOf(item, 'atom:updated')
    const published = Date.parse(date)
    return {
      ...{ id: textOf(item, 'guid'), title: shownAsHtml(textOf(item, 'title')), link: textOf(item, 'link') },
      ...{ published, updated: changed ? Date.parse(changed.text) : published },
      html: textOf(item, 'content:encoded'),
    }
  })
  checkEntries(entries)
  return { title: shownAsHtml(textOf(channel, 'title')), entries }
}

/** What a reader shows that takes a text for HTML. It must find no tag in it. */
function shownAsHtml(text: string): string {
  must(!/<[a-z/!?]/i.test(text), `markup in plain text: ${text}`)
  return text.replaceAll('&lt;', '<').replaceAll('&amp;', '&')
}

/** Reads a JSON Feed by the rules of its version 1.1. */
export function readJsonFeed(document: string, address: string): { title: string; entries: ReadEntry[] } {
  const feed = JSON.parse(document)
  must(feed.version === 'https://jsonfeed.org/version/1.1' && feed.feed_url === address, 'not JSON Feed 1.1')
  const entries = feed.items.map((item: Record<string, string>): ReadEntry => {
    must(RFC_3339.test(item.date_published!) && RFC_3339.test(item.date_modified!), 'the dates of an item')
    must(typeof item.id === 'string' && item.content_text !== undefined, 'an item without id or text')
    return {
      ...{ id: item.id!, title: item.title!, link: item.url!, html: item.content_html! },
      ...{ published: Date.parse(item.date_published!), updated: Date.parse(item.date_modified!) },
    }
  })
  checkEntries(entries)
  return { title: feed.title, entries }
}

/** What holds in each format: ids and links of their own, dates that descend with no two equal, and harmless markup. */
function checkEntries(entries: ReadEntry[]): void {
  const ids = entries.map(({ id }) => id)
  must(ids.every(id => URN_UUID.test(id)) && new Set(ids).size === ids.length, 'ids')
  must(
    entries.every(({ title }) => title.trim() === title && title !== ''),
    'titles',
  )
  must(new Set(entries.map(({ link }) => link)).size === ids.length, 'links')
  must(
    entries.every(({ link }) => /^https?:\/\//.test(link) && URL.canParse(link)),
    'absolute links',
  )
  for (const [index, { published, updated, html }] of entries.entries()) {
    must(index === 0 || published < entries[index - 1]!.published, 'dates descend, and no two are equal')
    must(updated >= published, 'changed before it was published')
    checkHtml(html)
  }
}

function checkHtml(html: string): void {
  const root: XmlElement = readXml(`<?xml version="1.0" encoding="utf-8"?>\n<div>${html}</div>`)
  const check = ({ name, attributes, children }: XmlElement): void => {
    must(TAGS.has(name), `the tag ${name}`)
    must(
      Object.entries(attributes).every(([key, value]) => key === 'href' && /^https?:\/\//.test(value)),
      `an attribute of ${name}`,
    )
    children.forEach(check)
  }
  root.children.forEach(check)
}

const linkOf = (parent: XmlElement, rel: string): string =>
  childrenOf(parent, 'link').find(({ attributes }) => attributes.rel === rel)?.attributes.href ?? ''

import type { RdfFeed, RssFeed } from 'feedsmith'
import { isPageAddress } from './item-link.ts'
import { linksTo, pageLinks, type RawFeed, type RawItem } from './raw-feed.ts'

type RssItem = RssFeed.Item<string>
type RdfItem = RdfFeed.Item<string>

/** All hours of the day take less. */
const MAX_SKIPS = 2_000

/** What RSS 0.9x and 2.0 say. `text` is the document: the parser overlooks the hours to skip where there is one alone. */
export const rawRss = (feed: RssFeed.Feed<string>, text: string): RawFeed => ({
  ...rawChannel(feed),
  builtAt: [feed.lastBuildDate, feed.pubDate, ...datesOf(feed)],
  ttlMinutes: feed.ttl,
  skipHours: valuesIn(text, 'skipHours', 'hour').map(Number),
  skipDays: valuesIn(text, 'skipDays', 'day'),
  items: (feed.items ?? []).map(rawRssItem),
})

/** What RSS 1.0 (RDF) says. There, the address by which an item is described is its id. */
export const rawRdf = (feed: RdfFeed.Feed<string>): RawFeed => ({
  ...rawChannel(feed),
  builtAt: datesOf(feed),
  items: (feed.items ?? []).map(item => {
    const about = item.rdf?.about
    return { ...rawItem(item), guid: about, links: [...linksOf(item), pageAddressOnly(about)] }
  }),
})

const rawChannel = (feed: RssFeed.Feed<string> | RdfFeed.Feed<string>) => ({
  title: feed.title,
  site: [feed.link, ...pageLinks(feed.atom?.links)],
  self: linksTo(feed.atom?.links, 'self')[0],
  hub: linksTo(feed.atom?.links, 'hub')[0],
  updatePeriod: feed.sy?.updatePeriod,
  updateFrequency: feed.sy?.updateFrequency,
})

function rawRssItem(item: RssItem): RawItem {
  const { value: guid, isPermaLink } = item.guid ?? {}
  // Without the attribute it is a link by the standard; many are none.
  const isPath = isPermaLink === true && guid?.trim().startsWith('/')
  const permalink = isPermaLink === false ? undefined : isPath ? guid : pageAddressOnly(guid)
  const enclosures = (item.enclosures ?? []).map(({ url }) => url)
  const { published, ...rest } = rawItem(item)
  return {
    ...rest,
    guid,
    links: [...linksOf(item), permalink, ...enclosures],
    titles: [...rest.titles, item.itunes?.title],
    published: [item.pubDate, ...published],
    outlet: item.source?.title,
  }
}

const linksOf = (item: RssItem | RdfItem) => [item.link, ...pageLinks(item.atom?.links)]

const rawItem = (item: RssItem | RdfItem): RawItem => ({
  titles: [item.title, item.dc?.titles?.[0], item.media?.title?.value],
  links: linksOf(item),
  texts: [item.description, item.content?.encoded, item.dc?.descriptions?.[0]],
  published: [item.atom?.published, ...(item.dcterms?.issued ?? []), ...datesOf(item), ...changesOf(item)],
  updated: changesOf(item),
})

const changesOf = ({ atom, dcterms }: RssItem | RdfItem) => [atom?.updated, ...(dcterms?.modified ?? [])]

const datesOf = ({ dc, dcterms }: Pick<RssItem, 'dc' | 'dcterms'>) => [
  ...(dc?.dates ?? []),
  ...(dcterms?.dates ?? []),
  ...(dcterms?.created ?? []),
]

const pageAddressOnly = (text: string | undefined) => (isPageAddress(text) ? text : undefined)

/** The texts of elements of one name within the first element of another name, which have no attributes. */
function valuesIn(text: string, outer: string, inner: string): string[] {
  const start = text.search(new RegExp(`<${outer}>`, 'i'))
  if (start < 0) return []
  const [within = ''] = text.slice(start, start + MAX_SKIPS).split(new RegExp(`</${outer}`, 'i'), 1)
  return [...within.matchAll(new RegExp(`<${inner}>([^<]{1,20})<`, 'gi'))].map(([, value]) => value!)
}

import type { AtomFeed } from 'feedsmith'
import { isPageAddress } from './item-link.ts'
import { hasElement } from './plain-text.ts'
import { linksTo, pageLinks, type RawFeed } from './raw-feed.ts'

/** A text without a type is text by the standard. Many that are HTML are without one. */
const isText = ({ type, value }: { type?: string; value?: string } = {}): boolean =>
  /^text(?:\/plain)?$/i.test(type?.trim() ?? '') || !(/html/i.test(type ?? '') || hasElement(value ?? ''))

/** What Atom 1.0 and 0.3 say. */
export const rawAtom = (feed: AtomFeed.Feed<string>): RawFeed => ({
  title: feed.title?.value,
  site: pageLinks(feed.links),
  self: linksTo(feed.links, 'self')[0],
  hub: linksTo(feed.links, 'hub')[0],
  builtAt: [feed.updated],
  updatePeriod: feed.sy?.updatePeriod,
  updateFrequency: feed.sy?.updateFrequency,
  items: (feed.entries ?? []).map(entry => ({
    guid: entry.id,
    titles: [entry.title?.value, entry.dc?.titles?.[0], entry.media?.title?.value],
    titleIsText: isText(entry.title),
    // Where there is no page, a file (of a podcast) is the report; what is for programs alone is not.
    links: [
      ...pageLinks(entry.links),
      /html/i.test(entry.content?.type ?? '') ? entry.content?.src : undefined,
      ...linksTo(entry.links, 'enclosure'),
      isPageAddress(entry.id) ? entry.id : undefined,
    ],
    texts: [entry.summary?.value, entry.content?.value],
    published: [entry.published, ...(entry.dc?.dates ?? []), entry.updated],
    updated: [entry.updated],
    outlet: entry.source?.title?.value,
  })),
})

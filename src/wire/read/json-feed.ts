import type { JsonFeed } from 'feedsmith'
import { isPageAddress } from './item-link.ts'
import { hasElement } from './plain-text.ts'
import type { RawFeed } from './raw-feed.ts'

/** What JSON Feed says. Its ids are text by the standard; numbers have become text already. */
export const rawJson = (feed: JsonFeed.Feed<string>): RawFeed => ({
  title: feed.title,
  site: [feed.home_page_url],
  self: feed.feed_url,
  hub: feed.hubs?.find(({ type }) => /websub/i.test(type ?? ''))?.url,
  builtAt: [],
  items: (feed.items ?? []).map(item => ({
    guid: item.id,
    titles: [item.title],
    // Systems whose titles are HTML often give them as they are.
    titleIsText: !hasElement(item.title ?? ''),
    links: [
      item.url,
      item.external_url,
      isPageAddress(item.id) ? item.id : undefined,
      ...(item.attachments ?? []).map(({ url }) => url),
    ],
    texts: [item.summary, item.content_html, item.content_text],
    published: [item.date_published, item.date_modified],
    updated: [item.date_modified],
  })),
})

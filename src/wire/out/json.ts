import { phrases } from '../../phrases/phrases.ts'
import { atomDate } from './atom.ts'
import { linkOf, type OutFeed } from './feed.ts'
import { paragraphsAsHtml, paragraphsAsText } from './markup.ts'

/** Writes a feed as JSON Feed 1.1. */
export function writeJsonFeed(feed: OutFeed): string {
  const { title, about, entries, page } = feed
  return `${JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      description: about,
      home_page_url: page,
      feed_url: feed.address('json'),
      language: phrases.feedsOut.language,
      authors: [{ name: phrases.feedsOut.author }],
      items: entries.map(entry => ({
        id: entry.id,
        url: linkOf(feed, entry),
        title: entry.title,
        content_html: paragraphsAsHtml(entry.paragraphs),
        content_text: paragraphsAsText(entry.paragraphs),
        date_published: atomDate(entry.published),
        date_modified: atomDate(entry.updated),
      })),
    },
    undefined,
    1,
  )}\n`
}

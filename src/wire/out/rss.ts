import { phrases } from '../../phrases/phrases.ts'
import { atomDate } from './atom.ts'
import type { DrawnFeedEntry } from './draw-entry.ts'
import { linkOf, type OutFeed } from './feed.ts'
import { element, escapeMarkup, harmlessAsHtml, paragraphsAsHtml, paragraphsAsText } from './markup.ts'

/** For how many minutes readers should keep a feed before they ask again. */
const TTL_MINUTES = 15

/**
 * Writes a feed as RSS 2.0, by the profile of the RSS Advisory Board: plain text in titles and descriptions, the markup in
 * an element of its own, and ids that are no addresses. Slack’s feed app takes it: every item is dated, the newest is
 * first, and no two have the same date.
 */
export function writeRss(feed: OutFeed): string {
  const { title, about, updated, entries, page } = feed
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">',
    '<channel>',
    element('title', harmlessAsHtml(title)),
    element('link', page),
    element('description', harmlessAsHtml(about)),
    element('language', phrases.feedsOut.language),
    `<atom:link rel="self" type="application/rss+xml" href="${escapeMarkup(feed.address('rss'))}"/>`,
    element('lastBuildDate', rssDate(updated)),
    element('generator', 'nutgraf'),
    element('ttl', String(TTL_MINUTES)),
    ...entries.flatMap(entry => itemLines(feed, entry)),
    '</channel>',
    '</rss>',
    '',
  ].join('\n')
}

function itemLines(feed: OutFeed, entry: DrawnFeedEntry): string[] {
  const { id, title, published, updated, paragraphs } = entry
  return [
    '<item>',
    element('title', harmlessAsHtml(title)),
    element('link', linkOf(feed, entry)),
    `<guid isPermaLink="false">${escapeMarkup(id)}</guid>`,
    element('pubDate', rssDate(published)),
    // RSS itself cannot say that an item has changed.
    ...(updated > published ? [element('atom:updated', atomDate(updated))] : []),
    element('description', harmlessAsHtml(paragraphsAsText(paragraphs))),
    element('content:encoded', paragraphsAsHtml(paragraphs)),
    '</item>',
  ]
}

/** A moment as RFC 822 writes it, with all four digits of the year: `Fri, 20 Apr 2018 12:00:00 +0000`. */
const rssDate = (moment: number): string => new Date(moment).toUTCString().replace('GMT', '+0000')

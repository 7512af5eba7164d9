import { phrases } from '../../phrases/phrases.ts'
import type { DrawnFeedEntry } from './draw-entry.ts'
import { FEED_TYPES, linkOf, type OutFeed } from './feed.ts'
import { element, escapeMarkup, paragraphsAsHtml } from './markup.ts'

/**
 * Writes a feed as Atom (RFC 4287). An entry whose words were taken away stays, emptied, for readers that only know
 * changes; for those that know deletions (RFC 6721) it is deleted too.
 */
export function writeAtom(feed: OutFeed): string {
  const { id, title, about, updated, entries, page } = feed
  // Validators do not know this namespace, so only a feed that needs it names it.
  const deletions = entries.some(({ isGone }) => isGone)
    ? ' xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    : ''
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xml:lang="${phrases.feedsOut.language}" xmlns="http://www.w3.org/2005/Atom"${deletions}>`,
    element('id', id),
    element('title', title),
    element('subtitle', about),
    element('updated', atomDate(updated)),
    `<link rel="self" type="${mediaType(FEED_TYPES.atom)}" href="${escapeMarkup(feed.address('atom'))}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeMarkup(page)}"/>`,
    `<author>${element('name', phrases.feedsOut.author)}</author>`,
    element('generator', 'nutgraf'),
    ...entries.flatMap(entry => entryLines(feed, entry)),
    '</feed>',
    '',
  ].join('\n')
}

function entryLines(feed: OutFeed, entry: DrawnFeedEntry): string[] {
  const { id, title, published, updated, paragraphs, isGone } = entry
  return [
    ...(isGone ? [`<at:deleted-entry ref="${escapeMarkup(id)}" when="${atomDate(updated)}"/>`] : []),
    '<entry>',
    element('id', id),
    element('title', title),
    `<link rel="alternate" type="text/html" href="${escapeMarkup(linkOf(feed, entry))}"/>`,
    element('published', atomDate(published)),
    element('updated', atomDate(updated)),
    `<content type="html">${escapeMarkup(paragraphsAsHtml(paragraphs))}</content>`,
    '</entry>',
  ]
}

/** A moment as Atom and JSON Feed write it, in whole seconds. */
export const atomDate = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`

const mediaType = (type: string) => type.replace(/;.*/, '')

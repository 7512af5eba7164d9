import { phrases } from '../../phrases/phrases.ts'
import { atomDate } from './atom.ts'
import type { DrawnFeedEntry } from './draw-entry.ts'
import { anchorOf, FEED_FORMATS, FEED_TYPES, type OutFeed } from './feed.ts'
import { escapeMarkup, paragraphsAsHtml } from './markup.ts'

/** Writes a feed as a page: what the links of its entries lead to. It has no script and no style. */
export function writePage(feed: OutFeed): string {
  const { title, about, entries } = feed
  const addresses = FEED_FORMATS.map(format => ({
    format,
    href: escapeMarkup(feed.address(format)),
    type: FEED_TYPES[format].replace(/;.*/, ''),
  }))
  return [
    '<!doctype html>',
    `<html lang="${phrases.feedsOut.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeMarkup(title)}</title>`,
    ...addresses.map(({ href, type }) => `<link rel="alternate" type="${type}" href="${href}">`),
    '</head>',
    '<body>',
    `<h1>${escapeMarkup(title)}</h1>`,
    `<p>${escapeMarkup(about)}</p>`,
    `<p>${escapeMarkup(phrases.feedsOut.follow)} ${addresses
      .map(({ format, href }) => `<a href="${href}">${format}</a>`)
      .join(' ')}</p>`,
    ...entries.map(articleOf),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function articleOf({ id, title, published, updated, paragraphs }: DrawnFeedEntry): string {
  const { feedsOut } = phrases
  const changed = updated > published ? ` · ${feedsOut.updated(readableMoment(updated))}` : ''
  return [
    `<article id="${anchorOf(id)}">`,
    `<h2>${escapeMarkup(title)}</h2>`,
    paragraphsAsHtml(paragraphs),
    `<p><small>${escapeMarkup(feedsOut.published(readableMoment(published)) + changed)}</small></p>`,
    '</article>',
  ].join('\n')
}

const readableMoment = (moment: number) => `${atomDate(moment).slice(0, 16).replace('T', ' ')} UTC`

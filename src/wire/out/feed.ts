import type { DrawnFeedEntry } from './draw-entry.ts'

/** A feed of ours, ready to be written in any format. `address` gives its own address in one of them. */
export type OutFeed = {
  id: string
  title: string
  about: string
  updated: number
  /** The newest first; no two have the same date. */
  entries: DrawnFeedEntry[]
  /** The page that shows the same entries to people. */
  page: string
  address(format: FeedFormat): string
}

/** The formats of a feed, by the ends of their addresses. */
export const FEED_FORMATS = ['atom', 'rss', 'json'] as const
export type FeedFormat = (typeof FEED_FORMATS)[number]

/** The type of each format, and of the page. */
export const FEED_TYPES: Record<FeedFormat | 'page', string> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  page: 'text/html; charset=utf-8',
}

/** The address of an entry: its place on the page. */
export const linkOf = ({ page }: OutFeed, { id }: DrawnFeedEntry): string => `${page}#${anchorOf(id)}`

/** The name of an entry on the page: that of an element begins with a letter. */
export const anchorOf = (id: string): string => `e-${id.slice(-12)}`

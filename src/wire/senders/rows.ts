import type { SenderRow } from '../../content/senders/sender-row.ts'
import { CONTENTFUL, SANITY, STRAPI } from './rows/content-stores.ts'
import { GHOST, SUPERDESK, WEBSKED } from './rows/publishing.ts'
import { COURTLISTENER, GITHUB } from './rows/records.ts'
import { STANDARD_WEBHOOKS, WORDPRESS } from './rows/standard-webhooks.ts'

/** Every system whose calls we read, each as data alone. */
export const SENDER_ROWS: SenderRow[] = [
  STANDARD_WEBHOOKS,
  WORDPRESS,
  GHOST,
  SUPERDESK,
  WEBSKED,
  CONTENTFUL,
  SANITY,
  GITHUB,
  STRAPI,
  COURTLISTENER,
]

/**
 * The row of a sender by its name: that of the system with which the name begins (`ghost-city` is a Ghost), else that of
 * Standard Webhooks, which any system can be taught.
 */
export function rowOf(name: string, rows: SenderRow[] = SENDER_ROWS): SenderRow {
  const own = rows
    .filter(row => name === row.name || name.startsWith(`${row.name}-`))
    .sort((a, b) => b.name.length - a.name.length)[0]
  return own ?? rows.find(row => row.name === STANDARD_WEBHOOKS.name)!
}

import { memoize } from './memoize.ts'
import type { Story } from './story.ts'

/** The days of the week as digests name them, Monday first. */
export const DIGEST_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/**
 * A selection of stories that is posted to a channel at a local time: by name, by tag, or all of them. `time`, `days`,
 * `zone` and `quiet` are the defaults of a channel that chooses no others. `quiet` decides about a day without news:
 * `skip` posts nothing, `note` posts one line that says so.
 *
 * `wire` names the feeds whose items it brings too, beside those of its stories; with `none` it brings no items at all.
 * `most` is how many items a brief shows. With AT_ONCE as its time, a digest posts each item as it comes, at most
 * `anHour` of them, and not within `quietHours` (`22:00-07:00`): the others come together afterwards. `previews` lets
 * platforms show what is behind a link.
 *
 * With `approve`, the desk must approve each edition, which is composed `approveBefore` its time (`45m`) and needs the
 * approval of so many people (`approvals`).
 */
export type Digest = {
  name: string
  title: string
  about?: string
  stories?: string[]
  tags?: string[]
  time: string
  days: (typeof DIGEST_DAYS)[number][]
  zone?: string
  quiet: 'skip' | 'note'
  wire?: 'all' | 'none' | string[]
  most?: number
  anHour?: number
  quietHours?: string
  previews?: boolean
  approve?: 'desk'
  approveBefore?: string
  approvals?: number
}

/** The time of a digest that posts each item on the wire as it comes. */
export const AT_ONCE = 'at once'

/** Whether a digest, or a subscription to one, posts each item as it comes. */
export const isAtOnce = ({ time }: Pick<Digest, 'time'>): boolean => time === AT_ONCE

/** How many items a brief shows where its digest says nothing else. */
export const MOST_ITEMS = 5

/** The stories of a digest, in its order. With `chosen`, the existing stories of these names instead. */
export function storiesOf(stories: Story[], { stories: named, tags }: Digest, chosen?: string[]): Story[] {
  const slugs = chosen && chosen.length > 0 ? chosen : named
  if (slugs) {
    const bySlug = storiesBySlug(stories)
    return [...new Set(slugs)].flatMap(slug => bySlug.get(slug) ?? [])
  }
  return tags ? stories.filter(story => story.tags.some(tag => tags.includes(tag))) : stories
}

const storiesBySlug = memoize((stories: Story[]) => new Map(stories.map(story => [story.slug, story])))

/** How a digest is approved: how long before its slot it is composed, and how many people must approve it. */
export type ApprovalRule = { beforeMs: number; approvals: number }

const MINUTE_MS = 60_000
const USUAL_BEFORE_MS = 30 * MINUTE_MS
/** The longest time before its slot that an edition may be composed: the one before it must be over by then. */
const MAX_BEFORE_MS = 12 * 60 * MINUTE_MS

/** How a digest is approved before it is posted; undefined if it needs no approval. */
export function approvalRule(digest: Digest | undefined): ApprovalRule | undefined {
  if (digest?.approve === undefined || isAtOnce(digest)) return undefined
  const before = digest.approveBefore === undefined ? undefined : readBefore(digest.approveBefore)
  return { beforeMs: before ?? USUAL_BEFORE_MS, approvals: digest.approvals ?? 1 }
}

/** Reads how long before (`45m`, `30 min`, `2h`), in milliseconds; undefined if it is no such time, or too long. */
export function readBefore(written: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,3})\s*(m|min|minutes?|h|hours?)$/i.exec(written.trim()) ?? []
  if (number === undefined) return undefined
  const ms = Number(number) * (unit.toLowerCase().startsWith('h') ? 60 : 1) * MINUTE_MS
  return ms > 0 && ms <= MAX_BEFORE_MS ? ms : undefined
}

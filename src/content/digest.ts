import type { Story } from './story.ts'

/** The days of the week as digests name them, Monday first. */
export const DIGEST_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/**
 * A selection of stories that comes to a place at a local time: by their names, by their tags, or all there are. Time,
 * days, zone and `quiet` (a day without news brings nothing, or a line that says so) are what a place gets that asks
 * for nothing else.
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
}

/** The stories of a digest, in their order there; with `chosen`, those of these names that exist. */
export function storiesOf(stories: Story[], { stories: named, tags }: Digest, chosen?: string[]): Story[] {
  const slugs = chosen && chosen.length > 0 ? chosen : named
  if (slugs) {
    const wanted = new Map(stories.map(story => [story.slug, story]))
    return [...new Set(slugs)].flatMap(slug => wanted.get(slug) ?? [])
  }
  return tags ? stories.filter(story => story.tags.some(tag => tags.includes(tag))) : stories
}

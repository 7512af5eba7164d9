import { memoize } from './memoize.ts'
import type { Story } from './story.ts'

/** The days of the week as digests name them, Monday first. */
export const DIGEST_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/**
 * A selection of stories that is posted to a channel at a local time: by name, by tag, or all of them. `time`, `days`,
 * `zone` and `quiet` are the defaults of a channel that chooses no others. `quiet` decides about a day without news:
 * `skip` posts nothing, `note` posts one line that says so.
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

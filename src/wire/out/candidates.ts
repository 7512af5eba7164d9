import { createPauses } from '../../chat/pauses.ts'
import { type PartContent, partContentsOf } from '../../content/parts.ts'
import type { Story } from '../../content/story.ts'
import { entryDaysOf } from '../../digests/replay/entry-days.ts'

/**
 * A part that a feed of ours should tell, the moment from which it is told, and when its words were last seen to change.
 * What is of the `past` came together with its story, and is told as of its own day.
 */
export type Candidate = { part: string; story: string; at: number; seenAt: number; past?: true }

/** Feed readers wait, people do not: a feed is made in small slices. */
export const SLICE_MS = 3

/** When a part was first recorded, and when its words were. */
type Seen = { firstSeenAt: number; seenAt: number }

/** What a brief tells by itself. Sources and people appear with what cites them. */
const TOLD = new Set<PartContent['kind']>(['event', 'quote', 'fact', 'section', 'correction'])

/** Of what came together with its story: what has a day of its own, as which it is told. */
const PAST_KINDS = new Set<PartContent['kind']>(['event', 'quote', 'correction'])

/**
 * Lists what the feed of one story tells: the story itself, what was added to it since, and its past, each part of it on
 * its own day. A new story is no flood of news: its past is older than what whoever follows the feed has read.
 */
export function candidatesOfStory(story: Story, seen: ReadonlyMap<string, Seen>): Candidate[] {
  const { slug } = story
  const label = seen.get(`${slug}/label`)
  // What is not recorded yet is told a moment later.
  if (!label) return []
  const candidates = [...partContentsOf(story)].flatMap(([part, content]): Candidate[] => {
    const recorded = seen.get(part)
    if (!recorded || !TOLD.has(content.kind)) return []
    const { firstSeenAt, seenAt } = recorded
    if (firstSeenAt > label.firstSeenAt) return [{ part, story: slug, at: firstSeenAt, seenAt }]
    const day = PAST_KINDS.has(content.kind) ? entryDaysOf(story).get(part) : undefined
    if (day === undefined) return []
    const at = Math.min(noonOf(day), firstSeenAt)
    return [{ part, story: slug, at, seenAt: pastChange(recorded), past: true }]
  })
  return [...candidates, candidateOfWhole(slug, label)]
}

/** Lists what the feed of a digest tells, as its briefs do: each story as one entry, and what was added to it since. */
export async function candidatesOfDigest(
  stories: Story[],
  labels: ReadonlyMap<string, Seen>,
  added: { part: string; story: string; firstSeenAt: number }[],
): Promise<Candidate[]> {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  const whole = stories.flatMap(({ slug }) => {
    const label = labels.get(`${slug}/label`)
    return label ? [candidateOfWhole(slug, label)] : []
  })
  const parts: Candidate[] = []
  const pause = createPauses(SLICE_MS)
  for (const { part, story, firstSeenAt } of added) {
    const found = bySlug.get(story)
    const content = found && partContentsOf(found).get(part)
    if (content && TOLD.has(content.kind)) parts.push({ part, story, at: firstSeenAt, seenAt: firstSeenAt })
    await pause()
  }
  return [...whole, ...parts]
}

const candidateOfWhole = (slug: string, { firstSeenAt, seenAt }: Seen): Candidate => ({
  part: `${slug}/label`,
  story: slug,
  at: firstSeenAt,
  seenAt,
})

/** Noon in UTC: the same day in nearly every zone. */
const noonOf = (day: string) => Date.parse(`${day}T12:00:00Z`)

/** When past words were last changed by us; they were not changed by being entered. */
const pastChange = ({ firstSeenAt, seenAt }: Seen) => (seenAt > firstSeenAt ? seenAt : 0)

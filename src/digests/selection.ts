import type { NewsKind } from './news.ts'

/** One thing that an edition tells: a part, and how it is new; STANDS says where a story stands. */
export type EntryRef = { part: string; kind: NewsKind | 'STANDS'; date?: string }

/** What is only counted, with the verbs of the story that show it. */
type MoreEntries = { count: number; asks: { verb: string; since?: string }[] }

/** What a message tells of one story, by its slug. */
export type StoryEntries = { story: string; told: EntryRef[]; more?: MoreEntries }

/** What one message tells; `rest` counts stories that found no room, not even to be named. */
export type MessageBody = { stories: StoryEntries[]; rest?: { stories: number; entries: number } }

/**
 * What was chosen for an edition, as it is stored with its delivery. An edition is drawn from this and never chosen
 * again. Without `newsFrom` it is a place's first; `late` is when it was sent, where that was late; `continued` marks
 * the one of the thread reply.
 */
export type Selection = {
  version: 1
  digest: string
  title: string
  slot: number
  date: string
  zone: string
  late?: number
  newsFrom?: number
  newsTo: number
  body: MessageBody
  unchanged?: { stories: string[]; more: number }
  quiet?: { stories: number; next?: number }
  thread?: MessageBody
  continued?: true
}

/** The selection of the thread reply, where there is one. */
export function threadSelection({ thread, unchanged: _, ...selection }: Selection): Selection | undefined {
  return thread && { ...selection, body: thread, continued: true }
}

/** How many entries a message tells or counts. */
export const countEntries = ({ stories, rest }: MessageBody): number =>
  stories.reduce((sum, { told, more }) => sum + told.length + (more?.count ?? 0), rest?.entries ?? 0)

/** Of more sections than these, help names all. */
const MAX_SECTIONS = 2

/** Counts what is not told, with the verbs that show all of it: one a kind of part, from the earliest day on. */
export function countMore(
  items: Pick<EntryRef, 'part' | 'kind' | 'date'>[],
  known?: MoreEntries,
): MoreEntries {
  const asks = new Map(known?.asks.map(({ verb, since }) => [verb, since]))
  const sections = new Set<string>()
  for (const item of items) {
    const { verb, since, section } = verbFor(item)
    const earlier = asks.get(verb)
    // One that has no day needs all of them.
    asks.set(verb, asks.has(verb) ? since && earlier && [earlier, since].sort()[0] : since)
    if (section) sections.add(verb)
  }
  if (sections.size > MAX_SECTIONS) {
    for (const verb of sections) asks.delete(verb)
    asks.set('help', undefined)
  }
  return {
    count: items.length + (known?.count ?? 0),
    asks: [...asks].map(([verb, since]) => ({ verb, ...(since !== undefined && { since }) })),
  }
}

function verbFor({ part, kind, date }: EntryRef): {
  verb: string
  since?: string | undefined
  section?: true
} {
  const [what = '', name = ''] = part.slice(part.indexOf('/') + 1).split(':')
  if (kind === 'STANDS') return { verb: 'summary' }
  // The day of a revision is not that of the event.
  if (what === 'event') return { verb: 'timeline', since: kind === 'REVISED' ? undefined : date }
  if (what === 'correction') return { verb: 'changes', since: date }
  if (what === 'quote' || what === 'fact') return { verb: `${what}s` }
  if (what === 'section') return { verb: name, section: true }
  return { verb: kind === 'REVISED' ? 'status' : 'summary' }
}

import type { NewsKind } from './news.ts'

/** One thing that an edition tells: a part, and how it is new; STANDS says where a story stands. */
export type Told = { part: string; kind: NewsKind | 'STANDS'; date?: string }

/** What is only counted, with the verbs of the story that show it. */
type More = { count: number; asks: { verb: string; since?: string }[] }

/** What a message tells of one story, by its slug. */
export type StoryTold = { story: string; told: Told[]; more?: More }

/** What one message tells; `rest` counts stories that found no room, not even to be named. */
export type Body = { stories: StoryTold[]; rest?: { stories: number; entries: number } }

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
  body: Body
  unchanged?: { stories: string[]; more: number }
  quiet?: { stories: number; next?: number }
  thread?: Body
  continued?: true
}

/** The selection of the thread reply, where there is one. */
export function threadOf({ thread, unchanged: _, ...selection }: Selection): Selection | undefined {
  return thread && { ...selection, body: thread, continued: true }
}

/** How many entries a message tells or counts. */
export const entriesIn = ({ stories, rest }: Body): number =>
  stories.reduce((sum, { told, more }) => sum + told.length + (more?.count ?? 0), rest?.entries ?? 0)

/** Of more sections than these, help names all. */
const MOST_SECTIONS = 2

/** Counts what is not told, with the verbs that show all of it: one a kind of part, from the earliest day on. */
export function countedOnly(items: Pick<Told, 'part' | 'kind' | 'date'>[], known?: More): More {
  const asks = new Map(known?.asks.map(({ verb, since }) => [verb, since]))
  const sections = new Set<string>()
  for (const item of items) {
    const { verb, since, section } = askFor(item)
    const earlier = asks.get(verb)
    // One that has no day needs all of them.
    asks.set(verb, asks.has(verb) ? since && earlier && [earlier, since].sort()[0] : since)
    if (section) sections.add(verb)
  }
  if (sections.size > MOST_SECTIONS) {
    for (const verb of sections) asks.delete(verb)
    asks.set('help', undefined)
  }
  return {
    count: items.length + (known?.count ?? 0),
    asks: [...asks].map(([verb, since]) => ({ verb, ...(since !== undefined && { since }) })),
  }
}

function askFor({ part, kind, date }: Told): { verb: string; since?: string | undefined; section?: true } {
  const [what = '', name = ''] = part.slice(part.indexOf('/') + 1).split(':')
  if (kind === 'STANDS') return { verb: 'summary' }
  // The day of a revision is not that of the event.
  if (what === 'event') return { verb: 'timeline', since: kind === 'REVISED' ? undefined : date }
  if (what === 'correction') return { verb: 'changes', since: date }
  if (what === 'quote' || what === 'fact') return { verb: `${what}s` }
  if (what === 'section') return { verb: name, section: true }
  return { verb: kind === 'REVISED' ? 'status' : 'summary' }
}

import type { OwedPart } from './news.ts'
import type { NewsKind } from './news-order.ts'

/**
 * One entry of an edition: a part, and how it is new. STANDS marks the status of a story, in a first edition. A `brief`
 * one is shown in one line where all of it has no room. `sentence` is the place of the sentence of a section to show, its
 * first if absent.
 */
export type EntryRef = {
  part: string
  kind: NewsKind | 'STANDS'
  date?: string
  brief?: true
  sentence?: number
}

/** Entries that are only counted, with the verbs of the story that show them. */
type MoreEntries = { count: number; asks: { verb: string; since?: string }[] }

/**
 * The entries of one story, by its slug: those the message tells, and those it only counts. `why` marks one that also
 * says why it matters.
 */
export type StoryEntries = { story: string; told: EntryRef[]; more?: MoreEntries; why?: true }

/** The body of one message. `rest` counts the stories that it has no room even to name, and their entries. */
export type MessageBody = { stories: StoryEntries[]; rest?: { stories: number; entries: number } }

/**
 * What an edition says of its feeds: of how many, which outlets were not reached since it last looked, and since when;
 * `over` says that all are reached again, after one that said otherwise.
 */
export type FeedsTold = { count: number; unreached: string[]; since?: number; over?: true }

/**
 * What was selected for an edition, stored as JSON with its delivery. The edition is drawn from this and never selected
 * again. Without `newsFrom` it is the first one of a place. `late` is when it was sent, if that was late. `owed` are news
 * until `newsTo` that it could not tell. `coming` is the part of the next expected event. `continued` marks the selection
 * of a thread reply. `items` are what others report, by their ids, and how many more of them there are: of
 * those that arrived up to `itemsTo`. `feeds` says which of the feeds were not reached.
 */
export type Selection = {
  version: 2
  digest: string
  title: string
  slot: number
  date: string
  zone: string
  late?: number
  newsFrom?: number
  newsTo: number
  owed?: OwedPart[]
  body: MessageBody
  coming?: string
  items?: { ids: string[]; more?: number }
  itemsTo?: number
  feeds?: FeedsTold
  quiet?: { stories: number; next?: number; leftOut?: number }
  thread?: MessageBody
  continued?: true
}

/**
 * Reads a stored selection; undefined for one of a newer nutgraf. Version 1 also named the stories without news, which
 * are not named any more.
 */
export function readSelection(json: string): Selection | undefined {
  const { unchanged: _, ...stored } = JSON.parse(json) as Omit<Selection, 'version'> & {
    version: number
    unchanged?: object
  }
  return stored.version === 1 || stored.version === 2 ? { ...stored, version: 2 } : undefined
}

/** The entry that is the first line of a message, and its story; none in a thread reply. */
export function leadOf({ body, continued }: Selection): { story: string; entry: EntryRef } | undefined {
  const leading = continued ? undefined : body.stories.find(({ told }) => told.length > 0)
  const [entry] = leading?.told ?? []
  return leading && entry && { story: leading.story, entry }
}

/** The selection of the thread reply, if there is one. */
export function threadSelection({
  thread,
  coming: _,
  owed: __,
  items: ___,
  itemsTo: ____,
  feeds: _____,
  ...selection
}: Selection): Selection | undefined {
  return thread && { ...selection, body: thread, continued: true }
}

/** The number of entries that a message tells or counts. */
export const countEntries = ({ stories, rest }: MessageBody): number =>
  stories.reduce((sum, { told, more }) => sum + told.length + (more?.count ?? 0), rest?.entries ?? 0)

/** How many sections are named by their own verbs. For more, `help` lists them all. */
const MAX_SECTIONS = 2

/**
 * Counts entries that are not told, with the verbs that show all of them: one per kind of part, since the earliest day.
 */
export function countMore(entries: EntryRef[], known?: MoreEntries): MoreEntries {
  const asks = new Map(known?.asks.map(({ verb, since }) => [verb, since]))
  const sections = new Set<string>()
  for (const entry of entries) {
    const { verb, since, section } = verbFor(entry)
    const earlier = asks.get(verb)
    // An entry without a day is only shown by the verb without `--since`.
    asks.set(verb, asks.has(verb) ? since && earlier && [earlier, since].sort()[0] : since)
    if (section) sections.add(verb)
  }
  if (sections.size > MAX_SECTIONS) {
    for (const verb of sections) asks.delete(verb)
    asks.set('help', undefined)
  }
  return {
    count: entries.length + (known?.count ?? 0),
    asks: [...asks].map(([verb, since]) => ({ verb, ...(since !== undefined && { since }) })),
  }
}

/**
 * Counts what is left of some entries after the first ones, for every number of those: the same as `countMore` of each
 * rest, and each entry is looked at once.
 */
export function countRests(entries: EntryRef[]): MoreEntries[] {
  const rests: MoreEntries[] = []
  let asks: Ask[] = []
  let shown: MoreEntries['asks'] = []
  for (const [index, entry] of entries.toReversed().entries()) {
    const ask: Ask = verbFor(entry)
    const known = asks.find(({ verb }) => verb === ask.verb)
    if (known) {
      ask.since = ask.since && known.since && [ask.since, known.since].sort()[0]
      // A verb of our own may have the name of a section.
      ask.section ||= known.section
    }
    if (!known || known !== asks[0] || known.since !== ask.since || known.section !== ask.section) {
      asks = [ask, ...asks.filter(other => other !== known)]
      shown = asksToShow(asks)
    }
    rests.push({ count: index + 1, asks: shown })
  }
  return rests.reverse()
}

/** The verbs in the order of their first entries; if too many of them are sections, `help` in their place. */
function asksToShow(asks: Ask[]): MoreEntries['asks'] {
  const hasFewSections = asks.filter(({ section }) => section).length <= MAX_SECTIONS
  const shown: Ask[] = hasFewSections ? asks : [...asks.filter(({ section }) => !section), { verb: 'help' }]
  return shown.map(({ verb, since }) => ({ verb, ...(since !== undefined && { since }) }))
}

type Ask = { verb: string; since?: string; section?: true }

function verbFor({ part, kind, date }: EntryRef): Ask {
  const [partKind = '', name = ''] = part.slice(part.indexOf('/') + 1).split(':')
  if (kind === 'STANDS') return { verb: 'summary' }
  // A revised entry has the day of its revision, not of its event.
  if (partKind === 'event') return { verb: 'timeline', since: kind === 'REVISED' ? undefined : date }
  if (partKind === 'expected') return { verb: 'next' }
  if (partKind === 'correction') return { verb: 'changes', since: date }
  if (partKind === 'quote' || partKind === 'fact') return { verb: `${partKind}s` }
  if (partKind === 'section') return { verb: name, section: true }
  return { verb: kind === 'REVISED' ? 'status' : 'summary' }
}

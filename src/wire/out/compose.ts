import { hash } from 'node:crypto'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { createPauses } from '../../chat/pauses.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Library } from '../../content/library.ts'
import type { Withdrawal } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import type { CommandLines } from '../../digests/command-lines.ts'
import { labelLine } from '../../digests/edition-label.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { FeedEntry } from '../../store/feeds-out/entries.ts'
import { inBatches } from '../../store/sql.ts'
import type { Store } from '../../store/store.ts'
import { type Candidate, candidatesOfDigest, candidatesOfStory, SLICE_MS } from './candidates.ts'
import { type DrawnFeedEntry, drawFeedEntry, type FeedContext, versionOfEntry } from './draw-entry.ts'
import type { OutFeed } from './feed.ts'
import { keepEntries } from './keep-entries.ts'
import type { Subject } from './subject.ts'

/** What composing a feed needs. `publicUrl` is where readers reach this server. */
export type ComposeOptions = {
  store: Pick<Store, 'clock' | 'revisions' | 'feedEntries'>
  commandLines: CommandLines
  publicUrl: string
}

/** For how long what was added is looked for: a process may learn of it late, and a part may be missing for a while. */
const WINDOW_MS = 30 * 86_400_000

/** So many labels are looked up at a time: a millisecond or two. */
const LABEL_BATCH = 100

/** So many milliseconds at most the date of a new entry lies ahead, because those before it are taken. */
const MAX_AHEAD_MS = 60_000

/**
 * Composes a feed from the content as it is now; undefined while that is not the recorded one: just after a change, or
 * during a deploy, when another process has newer content and this one would take its entries for removed. What readers
 * may have seen stays in a feed: corrected, or emptied where there is nothing of it any more.
 */
export async function composeFeed(
  subject: Subject,
  library: Library,
  { store, commandLines, publicUrl }: ComposeOptions,
): Promise<OutFeed | undefined> {
  if ((await store.feedEntries.recordedContent()) !== library.revision) return undefined
  const context: FeedContext = { library, commandLines }
  const candidates = await candidatesOf(subject, library, store)
  const entries = await takeEntries(subject.key, candidates, context, {
    store,
    host: new URL(publicUrl).host,
  })
  const now = await store.clock()
  const drawn: DrawnFeedEntry[] = []
  const pause = createPauses(SLICE_MS)
  for (const entry of entries.filter(({ published }) => published <= now || published > now + MAX_AHEAD_MS)) {
    drawn.push(drawFeedEntry(entry, context))
    await pause()
  }
  // What comes next is to write it.
  await letOthersRun()
  const withdrawal = 'withdrawal' in subject ? subject.withdrawal : undefined
  if (drawn.length === 0 && !withdrawal) return undefined
  const changes = drawn.map(({ updated }) => updated)
  const page = addressOf(publicUrl, subject.path)
  return {
    ...titleOf(subject, library),
    id: uuidOf(`${page} feed`),
    updated: changes.length > 0 ? Math.max(...changes) : Date.parse(withdrawal!.on),
    entries: drawn,
    page,
    address: format => `${page}.${format}`,
  }
}

/** The address of a page or feed below the public one, which may itself be a folder. */
export const addressOf = (publicUrl: string, path: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${path}`

async function candidatesOf(
  subject: Subject,
  library: Library,
  { clock, revisions, feedEntries }: ComposeOptions['store'],
): Promise<Candidate[]> {
  if ('withdrawal' in subject) return []
  if ('story' in subject) {
    const { slug } = subject.story
    const all = await revisions.changesAfter({ after: -1, stories: [slug], wholly: new Set([slug]) })
    return candidatesOfStory(subject.story, new Map(all.map(revision => [revision.part, revision])))
  }
  const stories = library.storiesOf(subject.digest)
  const labels = new Map<string, { firstSeenAt: number; seenAt: number }>()
  for (const batch of inBatches(stories, LABEL_BATCH)) {
    const latest = await revisions.latestByPart(batch.map(({ slug }) => `${slug}/label`))
    for (const [part, revision] of latest) labels.set(part, revision)
    await letOthersRun()
  }
  const after = (await clock()) - WINDOW_MS
  const ours = new Set(stories.map(({ slug }) => slug))
  const changed = (await revisions.storiesChangedAfter(after)).map(({ story }) => story)
  const added = []
  const pause = createPauses(SLICE_MS)
  for await (const parts of feedEntries.partsAddedAfter(
    after,
    changed.filter(slug => ours.has(slug)),
  )) {
    added.push(...parts)
    await pause()
  }
  return candidatesOfDigest(stories, labels, added)
}

/** Brings the stored entries of a feed up to date. Nothing is written while nothing changes. */
async function takeEntries(
  key: string,
  candidates: Candidate[],
  context: FeedContext,
  { store, host }: { store: ComposeOptions['store']; host: string },
): Promise<FeedEntry[]> {
  const versions = new Map<string, string>()
  const versionOf = (entry: { part: string; story: string }): string => {
    const version = versions.get(entry.part) ?? versionOfEntry(entry, context)
    versions.set(entry.part, version)
    return version
  }
  const known = await store.feedEntries.entriesOf(key)
  // Which entries there will be does not depend on what they show.
  const shown: { part: string; story: string }[] = []
  const noteShown = (entry: { part: string; story: string }) => `${shown.push(entry)}`
  keepEntries(known, candidates, { now: 0, versionOf: noteShown, idOf: () => '' })
  const pause = createPauses(SLICE_MS)
  for (const entry of shown) {
    versionOf(entry)
    await pause()
  }
  const upkeep = { versionOf, idOf: (part: string) => uuidOf(`${host} ${part}`) }
  const keep = (entries: FeedEntry[], now: number) => keepEntries(entries, candidates, { ...upkeep, now })
  const isSame = JSON.stringify(keep(known, 0)) === JSON.stringify(known)
  return isSame ? known : store.feedEntries.update(key, keep)
}

function titleOf(subject: Subject, library: Library): Pick<OutFeed, 'title' | 'about'> {
  if ('withdrawal' in subject) return { title: subject.withdrawal.slug, about: noticeOf(subject.withdrawal) }
  if ('story' in subject) return { title: subject.story.title, about: labelLine(subject.story) }
  const { title } = subject.digest
  return { title, about: phrases.feedsOut.digestAbout(title, library.storiesOf(subject.digest).length) }
}

/** What a feed says of a withdrawn story: nothing of it, not even its title. */
const noticeOf = ({ on, reason }: Withdrawal): string =>
  plainInlines(phrases.edition.withdrawn(readableDate(on), reason))

/** An id that follows from a text: the same in every process and after every start. */
function uuidOf(text: string): string {
  const digits = hash('sha256', `nutgraf ${text}`, 'hex')
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
  ]
  return `urn:uuid:${[...groups, digits.slice(20, 32)].join('-')}`
}

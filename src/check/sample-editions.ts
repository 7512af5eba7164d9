import type { Reply } from '../chat/reply.ts'
import { cachePerObject } from '../commands/cache-per-object.ts'
import type { Digest } from '../content/digest.ts'
import type { Library } from '../content/library.ts'
import { partContentsOf } from '../content/parts.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import { drawEdition, selectEdition } from '../digests/edition.ts'
import { newsOf, type Revisions } from '../digests/news.ts'
import type { NewsItem } from '../digests/news-order.ts'
import { THREAD_BUDGET } from '../digests/thread-body.ts'

/** A message that a digest may become. `maxCharacters` is set for a thread reply, which has room for more. */
type SampleEdition = { digest: string; variant: string; reply: Reply; maxCharacters?: number }

const HOUR = 3_600_000

/** A digest of all stories with the longest title that one may have: what fits in it fits in any. */
export const LONGEST_DIGEST: Digest = {
  name: 'm'.repeat(32),
  title: 'm'.repeat(60),
  time: '08:00',
  days: ['mon'],
  quiet: 'note',
}

/** Draws every kind of edition of some digests, to check that all of them can be posted. */
export const sampleEditions = (
  library: Library,
  commandLines: CommandLines,
  digests = library.digests,
): SampleEdition[] =>
  samplesOf(library).flatMap(sample =>
    digests.flatMap(digest => sampleMessages(library, digest, { ...sample, commandLines })),
  )

/** What an edition is made of: the revisions of parts, and what of them is news for a digest. */
type Sample = {
  variant: string
  newsFrom?: number
  revisions: Revisions
  newsFor(digest: Digest): NewsItem[] | undefined
}

/** The samples of some content. They are the same on every platform. */
const samplesOf = cachePerObject((library: Library): Sample[] => {
  const isLabel = (part: string) => part.endsWith('/label')
  const none: Revisions = new Map()
  const withNews = (variant: string, momentsOf: (part: string) => Moments): Sample => {
    const revisions = revisionsSeen(library, momentsOf)
    const known = new Map<Digest, NewsItem[]>()
    const newsFor = (digest: Digest) => {
      const news =
        known.get(digest) ??
        newsOf({
          stories: library.storiesOf(digest),
          revisions,
          newsFrom: HOUR,
          newsTo: NOW,
          zone: zoneOf(digest),
        })
      known.set(digest, news)
      return news
    }
    return { variant, newsFrom: HOUR, revisions, newsFor }
  }
  return [
    { variant: 'first edition', revisions: none, newsFor: () => undefined },
    { variant: 'quiet edition', newsFrom: HOUR, revisions: none, newsFor: () => undefined },
    withNews('all entries new', part => (isLabel(part) ? OLD : NEW)),
    withNews('all entries revised', () => ({ ...OLD, seenAt: NEW.seenAt })),
    withNews('all stories new', () => NEW),
  ]
})

/** Revisions as if every part had been seen at some moment. Nothing of an edition depends on their hashes. */
const revisionsSeen = ({ stories }: Library, momentsOf: (part: string) => Moments): Revisions =>
  new Map(
    stories.flatMap(story =>
      [...partContentsOf(story).keys()].map(part => [
        part,
        { part, story: story.slug, hash: '', revision: 1, ...momentsOf(part) },
      ]),
    ),
  )

type Moments = { firstSeenAt: number; seenAt: number }

const OLD: Moments = { firstSeenAt: 0, seenAt: 0 }
const NEW: Moments = { firstSeenAt: 2 * HOUR, seenAt: 2 * HOUR }
const NOW = 4 * HOUR

const zoneOf = ({ zone = 'UTC' }: Digest) => zone

function sampleMessages(
  library: Library,
  digest: Digest,
  sample: Sample & { commandLines: CommandLines },
): SampleEdition[] {
  const { variant, newsFrom, revisions, newsFor, commandLines } = sample
  const selection = selectEdition({
    digest,
    stories: library.storiesOf(digest),
    revisions,
    commandLines,
    news: newsFor(digest),
    zone: zoneOf(digest),
    slot: 3 * HOUR,
    date: '1970-01-01',
    now: NOW,
    newsFrom,
    newsTo: NOW,
    quiet: 'note',
    next: 30 * HOUR,
  })
  if (!selection) return []
  const { reply, thread } = drawEdition(selection, { story: library.story, revisions, commandLines })
  const edition: SampleEdition = { digest: digest.name, variant, reply }
  if (!thread) return [edition]
  return [
    edition,
    { ...edition, variant: `${variant}, thread`, reply: thread.reply, maxCharacters: THREAD_BUDGET },
  ]
}

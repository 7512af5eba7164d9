import type { Reply } from '../chat/reply.ts'
import type { Digest } from '../content/digest.ts'
import type { Library } from '../content/library.ts'
import { partsOfAll } from '../content/parts.ts'
import type { CommandLines } from '../digests/draw-entry.ts'
import { drawEdition, selectEdition, THREAD_BUDGET } from '../digests/edition.ts'
import type { Revisions } from '../digests/news.ts'

/** A message that a digest may become. `maxCharacters` is set for a thread reply, which has room for more. */
type SampleEdition = { digest: string; variant: string; reply: Reply; maxCharacters?: number }

const HOUR = 3_600_000

/** Draws every kind of edition of the digests of some content, to check that all of them can be posted. */
export function sampleEditions(library: Library, commandLines: CommandLines): SampleEdition[] {
  const revisionsSeen = (momentsOf: (part: string) => Moments): Revisions =>
    new Map(partsOfAll(library).map(hash => [hash.part, { ...hash, revision: 1, ...momentsOf(hash.part) }]))
  const isLabel = (part: string) => part.endsWith('/label')
  const cases: [variant: string, newsFrom: number | undefined, revisions: () => Revisions][] = [
    ['first edition', undefined, () => new Map()],
    ['quiet edition', HOUR, () => new Map()],
    ['all entries new', HOUR, () => revisionsSeen(part => (isLabel(part) ? OLD : NEW))],
    ['all entries revised', HOUR, () => revisionsSeen(() => ({ ...OLD, seenAt: NEW.seenAt }))],
    ['all stories new', HOUR, () => revisionsSeen(() => NEW)],
  ]
  return cases.flatMap(([variant, newsFrom, revisionsOf]) => {
    const revisions = revisionsOf()
    return library.digests.flatMap(digest =>
      sampleMessages(library, digest, { variant, newsFrom, revisions, commandLines }),
    )
  })
}

type Moments = { firstSeenAt: number; seenAt: number }

const OLD: Moments = { firstSeenAt: 0, seenAt: 0 }
const NEW: Moments = { firstSeenAt: 2 * HOUR, seenAt: 2 * HOUR }

function sampleMessages(
  library: Library,
  digest: Digest,
  sample: { variant: string; newsFrom: number | undefined; revisions: Revisions; commandLines: CommandLines },
): SampleEdition[] {
  const { variant, newsFrom, revisions, commandLines } = sample
  const selection = selectEdition({
    digest,
    stories: library.storiesOf(digest),
    revisions,
    commandLines,
    zone: digest.zone ?? 'UTC',
    slot: 3 * HOUR,
    date: '1970-01-01',
    now: 4 * HOUR,
    newsFrom,
    newsTo: 4 * HOUR,
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

import type { Reply } from '../chat/reply.ts'
import type { Digest } from '../content/digest.ts'
import type { Library } from '../content/library.ts'
import { partsOfAll } from '../content/parts.ts'
import { drawEdition, selectEdition, THREAD_BUDGET } from '../digests/edition.ts'
import type { CommandLines } from '../digests/entry.ts'
import type { Revisions } from '../digests/news.ts'

/** A message that a digest may become: which one, and how many characters it may have where a thread has room for more. */
type SampleEdition = { digest: string; variant: string; reply: Reply; maxCharacters?: number }

const HOUR = 3_600_000

/** The editions that can be made of the digests of some content, for whoever checks that all of them can be posted. */
export function sampleEditions(library: Library, lines: CommandLines): SampleEdition[] {
  const seen = (at: (part: string) => { firstSeenAt: number; seenAt: number }): Revisions =>
    new Map(partsOfAll(library).map(one => [one.part, { ...one, revision: 1, ...at(one.part) }]))
  const label = /\/label$/
  const old = { firstSeenAt: 0, seenAt: 0 }
  const cases: [what: string, newsFrom: number | undefined, revisions: () => Revisions][] = [
    ['first edition', undefined, () => new Map()],
    ['quiet edition', HOUR, () => new Map()],
    ['all entries new', HOUR, () => seen(part => (label.test(part) ? old : later))],
    ['all entries revised', HOUR, () => seen(() => ({ ...old, seenAt: later.seenAt }))],
    ['all stories new', HOUR, () => seen(() => later)],
  ]
  return cases.flatMap(([what, newsFrom, revisionsOf]) => {
    const revisions = revisionsOf()
    return library.digests.flatMap(digest =>
      sampleMessages(library, digest, { what, newsFrom, revisions, lines }),
    )
  })
}

const later = { firstSeenAt: 2 * HOUR, seenAt: 2 * HOUR }

function sampleMessages(
  library: Library,
  digest: Digest,
  at: { what: string; newsFrom: number | undefined; revisions: Revisions; lines: CommandLines },
): SampleEdition[] {
  const { what, newsFrom, revisions, lines } = at
  const stories = library.storiesOf(digest)
  const selection = selectEdition({
    ...{ digest, stories, revisions, commandLines: lines, zone: digest.zone ?? 'UTC' },
    ...{ slot: 3 * HOUR, date: '1970-01-01', now: 4 * HOUR, newsTo: 4 * HOUR, next: 30 * HOUR },
    ...(newsFrom !== undefined && { newsFrom }),
    quiet: 'note',
  })
  if (!selection) return []
  const { reply, thread } = drawEdition(selection, { story: library.story, revisions, commandLines: lines })
  const name = digest.name
  return [
    { digest: name, variant: what, reply },
    ...(thread
      ? [{ digest: name, variant: `${what}, thread`, reply: thread.reply, maxCharacters: THREAD_BUDGET }]
      : []),
  ]
}

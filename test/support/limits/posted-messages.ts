import type { Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { sampleEditions } from '../../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import type { Library } from '../../../src/content/library.ts'
import type { Composed } from '../../../src/delivery/attempt.ts'
import { createComposeEdition } from '../../../src/delivery/compose-edition.ts'
import { LONGEST_ZONE } from '../../../src/delivery/correction-line.ts'
import { correctionCausesOf } from '../../../src/delivery/corrections.ts'
import { publishedCall } from '../../../src/delivery/publish.ts'
import { correctionNotice, redraw } from '../../../src/delivery/redraw.ts'
import { LONGEST_FOOTER } from '../../../src/delivery/shared-by.ts'
import type { Repair } from '../../../src/store/causes.ts'
import type { Delivery } from '../../../src/store/delivery.ts'
import type { Store } from '../../../src/store/store.ts'
import { fixedSnapshots } from '../delivery/fixed-snapshots.ts'
import { NOON } from '../noon.ts'
import { recordingLog } from '../recording-log.ts'

/** A message that would be posted, with a description. */
export type PostedMessage = { what: string; reply: Reply }

/**
 * Draws every message that is posted without being asked for, or changed after it was posted: editions of every kind at
 * every place, the same with corrections, shared answers with corrections, withdrawn messages, and notices.
 */
export async function postedMessages(
  library: Library,
  store: Store,
  places: Place[],
): Promise<PostedMessage[]> {
  const messages: PostedMessage[] = []
  for (const place of places) {
    const commandLines = commandLinesFor(place)
    const samples = sampleEditions(library, commandLines).map(({ digest, variant, reply }) => ({
      what: `${digest}, ${variant}`,
      reply,
    }))
    const composed = (
      await Promise.all(library.digests.map(({ name }) => compose(library, store, place, name)))
    ).flat()
    const context = { library, zone: LONGEST_ZONE, commandLines }
    const repairs = repairsOf(library)
    for (const { what, reply } of [...samples, ...composed]) {
      messages.push({ what, reply })
      const slugs = new Set(reply.parts.map(part => part.split('/')[0]))
      const ownRepairs = repairs.filter(({ story }) => slugs.has(story))
      if (ownRepairs.length > 0)
        messages.push({
          what: `${what}, corrected`,
          reply: redraw(asComposed(reply), rowAt(place), ownRepairs, context).reply,
        })
    }
    for (const { line, reply } of sharedAnswers(library, place)) {
      const slug = reply.parts[0]?.split('/')[0]
      const ownRepairs = repairs.filter(({ story }) => story === slug)
      const { reply: corrected } = redraw(asComposed(reply), rowAt(place, line), ownRepairs, context)
      messages.push({ what: `${line}, corrected`, reply: corrected })
    }
    for (const { slug, on } of library.withdrawn) {
      const repair = withdrawalOf(`${slug}/withdrawn:${on}`, slug)
      const { reply } = redraw(asComposed(NOTHING), rowAt(place, '/x'), [repair], context)
      messages.push({ what: `${slug}, withdrawn`, reply })
    }
    for (const story of library.stories)
      for (const { cause } of correctionCausesOf(story)) {
        const reply = correctionNotice(story, cause, NOON, LONGEST_ZONE)
        if (reply) messages.push({ what: `the notice of ${cause}`, reply })
      }
  }
  return messages
}

const NOTHING: Reply = { blocks: [], parts: [], audience: 'place' }

/** Composes an edition of a digest at a place as the program does, with its thread replies. */
async function compose(
  library: Library,
  store: Store,
  place: Place,
  digest: string,
): Promise<PostedMessage[]> {
  const composeEdition = createComposeEdition({
    store,
    snapshots: fixedSnapshots(store, library, NOON),
    commandLines: commandLinesFor,
    zone: LONGEST_ZONE,
  })
  const edition: Delivery = { ...rowAt(place), digest, slot: NOON, date: '2026-05-05', dueAt: NOON }
  const first = await composeEdition(edition, library)
  const messages = first ? [{ what: `${digest}, composed`, reply: first.reply }] : []
  for (const thread of first?.thread ?? []) {
    const selection = thread.selection ?? first?.selection ?? '{}'
    const composed = await composeEdition({ ...edition, ...thread, selection } as Delivery, library)
    if (composed) messages.push({ what: `${digest}, composed, thread`, reply: composed.reply })
  }
  return messages
}

/** Answers that were shared, as they are answered again when something in them is corrected. */
function sharedAnswers(library: Library, place: Place): { line: string; reply: Reply }[] {
  const handle = createHandler({ library: () => library, version: '1', zone: LONGEST_ZONE }, recordingLog())
  return library.stories.flatMap(story =>
    ['summary', 'timeline', 'quotes', 'facts', 'status'].map(verb => {
      const line = `/nutgraf story ${story.slug} ${verb}`
      return { line, reply: handle.answer(publishedCall(rowAt(place, line))) as Reply }
    }),
  )
}

const asComposed = (reply: Reply): Composed => ({
  reply,
  selection: '{}',
  shown: reply.parts.map(part => ({ part, revision: 9 })),
})

/** The row of a message at a place: a shared answer to a line, or an edition. */
function rowAt(place: Place, line?: string): Delivery {
  const [command, ...words] = (line ?? '').replace('/', '').split(' ')
  const answered = { command, text: words.join(' '), at: NOON, shared: LONGEST_FOOTER }
  return {
    key: 'k',
    place,
    lane: 'l',
    number: 1,
    state: 'sending',
    kind: line === undefined ? 'edition' : 'answer',
    attempts: 1,
    createdAt: NOON,
    dueAt: NOON,
    selection: line === undefined ? undefined : JSON.stringify(answered),
  }
}

/** All corrections of these stories as repairs that are still pending, one a minute. */
const repairsOf = (library: Library): Repair[] =>
  library.stories.flatMap(story =>
    correctionCausesOf(story).map(
      ({ cause, correction }, index): Repair => ({
        cause,
        kind: 'correction',
        story: story.slug,
        part: `${story.slug}/${correction.part}`,
        revision: 1,
        waits: false,
        seenAt: NOON + index * 60_000,
        state: 'pending',
      }),
    ),
  )

const withdrawalOf = (cause: string, story: string): Repair => ({
  cause,
  kind: 'withdrawal',
  story,
  part: `${story}/`,
  revision: 0,
  waits: false,
  seenAt: NOON,
  state: 'pending',
})

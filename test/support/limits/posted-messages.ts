import type { Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { sampleEditions } from '../../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import type { Library } from '../../../src/content/library.ts'
import { createComposeEdition } from '../../../src/delivery/compose-edition.ts'
import { LONGEST_ZONE } from '../../../src/delivery/correction-line.ts'
import { correctionCausesOf } from '../../../src/delivery/corrections.ts'
import type { Composed } from '../../../src/delivery/deliver.ts'
import { publishedCall } from '../../../src/delivery/publish.ts'
import { correctionNotice, redraw } from '../../../src/delivery/redraw.ts'
import { LONGEST_FOOTER } from '../../../src/delivery/shared-by.ts'
import type { Repair } from '../../../src/store/causes.ts'
import type { Delivery } from '../../../src/store/delivery.ts'
import type { Store } from '../../../src/store/store.ts'
import { errorLog } from '../preview/fake-preview.ts'
import { NOW } from './in-memory-bot.ts'

/** A message that would be posted, and what it is. */
export type PostedMessage = { what: string; reply: Reply }

/**
 * Everything that is posted of some stories without being asked for, or changed after it was: editions of every kind and
 * at every place, all of them with what was corrected in them, the answers that were shared, notices.
 */
export async function postedMessages(
  library: Library,
  store: Store,
  places: Place[],
): Promise<PostedMessage[]> {
  const made: PostedMessage[] = []
  for (const place of places) {
    const commandLines = commandLinesFor(place)
    const drawn = sampleEditions(library, commandLines).map(({ digest, variant, reply }) => ({
      what: `${digest}, ${variant}`,
      reply,
    }))
    const composed = (
      await Promise.all(library.digests.map(({ name }) => compose(library, store, place, name)))
    ).flat()
    const from = { library, zone: LONGEST_ZONE, commandLines }
    const repairs = repairsOf(library)
    for (const { what, reply } of [...drawn, ...composed]) {
      made.push({ what, reply })
      const slugs = new Set(reply.parts.map(part => part.split('/')[0]))
      const own = repairs.filter(({ story }) => slugs.has(story))
      if (own.length > 0)
        made.push({
          what: `${what}, corrected`,
          reply: redraw(asComposed(reply), row(place), own, from).reply,
        })
    }
    for (const { line, reply } of answers(library, place)) {
      const slug = reply.parts[0]?.split('/')[0]
      const own = repairs.filter(({ story }) => story === slug)
      const shared = row(place, line)
      made.push({ what: `${line}, corrected`, reply: redraw(asComposed(reply), shared, own, from).reply })
    }
    for (const one of library.withdrawn) {
      const repair = withdrawalOf(`${one.slug}/withdrawn:${one.on}`, one.slug)
      const reply = redraw(asComposed(NOTHING), row(place, '/x'), [repair], from).reply
      made.push({ what: `${one.slug}, withdrawn`, reply })
    }
    for (const story of library.stories)
      for (const { cause } of correctionCausesOf(story)) {
        const reply = correctionNotice(story, cause, NOW, LONGEST_ZONE)
        if (reply) made.push({ what: `the notice of ${cause}`, reply })
      }
  }
  return made
}

const NOTHING: Reply = { blocks: [], parts: [], audience: 'place' }

/** An edition as the program itself composes it at a place that takes a digest, with its thread reply. */
async function compose(books: Library, store: Store, place: Place, digest: string): Promise<PostedMessage[]> {
  const work = createComposeEdition({
    store,
    library: () => books,
    commandLines: commandLinesFor,
    contentConfirmedUntil: async () => NOW,
    zone: LONGEST_ZONE,
  })
  const edition: Delivery = { ...row(place), digest, slot: NOW, date: '2026-05-05', dueAt: NOW }
  const first = await work(edition)
  const made = first ? [{ what: `${digest}, composed`, reply: first.reply }] : []
  for (const thread of first?.thread ?? []) {
    const { selection = '{}' } = first!
    const reply = (
      await work({ ...edition, ...thread, selection: thread.selection ?? selection } as Delivery)
    )?.reply
    if (reply) made.push({ what: `${digest}, composed, thread`, reply })
  }
  return made
}

/** Answers that were shared, as they are answered again when something in them is corrected. */
function answers(books: Library, place: Place): { line: string; reply: Reply }[] {
  const handle = createHandler({ library: () => books, version: '1', zone: LONGEST_ZONE }, errorLog())
  return books.stories.flatMap(story =>
    ['summary', 'timeline', 'quotes', 'facts', 'status'].map(verb => {
      const line = `/nutgraf story ${story.slug} ${verb}`
      return { line, reply: handle.answer(publishedCall(row(place, line))) as Reply }
    }),
  )
}

const asComposed = (reply: Reply): Composed => ({
  reply,
  selection: '{}',
  shown: reply.parts.map(part => ({ part, revision: 9 })),
})

function row(place: Place, line?: string): Delivery {
  const [command, ...words] = (line ?? '').replace('/', '').split(' ')
  return {
    ...{
      key: 'k',
      place,
      lane: 'l',
      number: 1,
      state: 'sending',
      kind: line === undefined ? 'edition' : 'answer',
    },
    ...{ attempts: 1, createdAt: NOW, dueAt: NOW },
    ...(line !== undefined && {
      selection: JSON.stringify({ command, text: words.join(' '), at: NOW, shared: LONGEST_FOOTER }),
    }),
  }
}

/** Everything that was corrected, one a minute, as what must still be told. */
const repairsOf = (books: Library): Repair[] =>
  books.stories.flatMap(story =>
    correctionCausesOf(story).map(
      ({ cause, correction }, index): Repair => ({
        ...{ cause, kind: 'correction', story: story.slug, part: `${story.slug}/${correction.part}` },
        ...{ revision: 1, waits: false, seenAt: NOW + index * 60_000, state: 'pending' },
      }),
    ),
  )

const withdrawalOf = (cause: string, story: string): Repair => ({
  ...{ cause, kind: 'withdrawal', story, part: `${story}/`, revision: 0, waits: false },
  ...{ seenAt: NOW, state: 'pending' },
})

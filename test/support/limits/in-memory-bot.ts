import type { Access, Call, Place, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import type { Library } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { correctionCausesOf } from '../../../src/delivery/corrections.ts'
import type { Cause } from '../../../src/store/causes.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { errorLog } from '../preview/fake-preview.ts'

/** When everything is asked: some embargoes of what is generated are over by then, and some are not. */
export const NOW = Date.parse('2026-05-05T12:00:00Z')
/** As long as the ids of real places are. */
export const PLACES: Place[] = [
  'slack:T0123456789/C0123456789',
  'discord:1234567890123456789/1234567890123456789',
]

const ACCESS: Access = { post: true, correct: true, look: true, name: '#city-desk' }

/** Where a browser finds a message of a place. */
export const messageLink = (place: Place) =>
  `https://chat.example/${place.replace(':', '/')}/1234567890123456789`

const WHY = 'That message can’t be changed any more, since somebody has taken it away from this channel.'

/**
 * A bot that keeps everything in memory and posts nowhere, with an editor who asks. What goes wrong in it is in `wrong`.
 */
export async function createInMemoryBot(books: Library) {
  const store = await openStore(createSqliteEngine(':memory:', { clock: () => NOW }))
  await store.revisions.record(partsOfAll(books))
  const log = errorLog()
  const platform = {
    checkAccess: async () => ACCESS,
    lookUpCaller: async () => ({ name: 'Dana', zone: 'America/Argentina/Buenos_Aires' }),
    link: ({ place }) => messageLink(place),
  } as Partial<Platform> as Platform
  const room = { store, platform: () => platform, log }
  // Of each correction some messages could not be changed, for every reason that there is room for.
  const causes = books.stories.flatMap(story =>
    correctionCausesOf(story).map(
      ({ cause }): Cause => ({
        ...{ cause, kind: 'correction', story: story.slug, part: '', revision: 1, waits: false, seenAt: NOW },
        ...{ repaired: 1_000, pending: 1_000, impossible: 300 },
        reasons: [100, 90, 80].map(count => ({ error: `${WHY} ${count}`, count })),
      }),
    ),
  )
  const handle = createHandler(
    {
      ...{ library: () => books, version: '1.2.3', zone: 'America/Chicago' },
      digests: { ...room, publish: async (_, reply) => ({ problem: reply }) },
      desk: { ...room, contentDir: 'none', problemsWith: async () => [], applyChanges: () => {} },
      deskUsers: ['slack:T0123456789/U1'],
      causes: async () => causes,
      reports: { ...room, deskPlace: PLACES[0]! },
    },
    log,
  )
  const ask = (typed: string, more: Partial<Call> = {}): Reply | Promise<Reply> =>
    handle.answer({
      ...splitCommand(typed),
      ...{ place: PLACES[0]!, audience: 'caller', at: NOW },
      caller: { id: 'slack:T0123456789/U1', name: 'Dana', rights: ['manage', 'member'] },
      ...more,
    })

  /** Messages that stand and show all there is, so that a correction has many to change. */
  async function addPostedMessages(count: number) {
    const shown = partsOfAll(books).map(({ part }) => ({ part, revision: 1 }))
    for (let number = 1; number <= count; number++) {
      const key = `edition ${number}`
      const row: NewDelivery = {
        ...{
          key,
          kind: 'edition',
          place: PLACES[number % 2]!,
          lane: 'l',
          digest: 'morning',
          date: '2026-05-04',
        },
        ...{ number: 1, state: 'due', dueAt: 0, selection: '{"version":1}' },
      }
      await store.ledger.add([row])
      const held = { key, owner: 'a' }
      await store.ledger.claim({
        owner: 'a',
        leaseMs: 60_000,
        max: 1,
        pace: () => undefined,
        platforms: ['slack', 'discord'],
      })
      await store.ledger.beginAttempt(held, { leaseMs: 60_000, shown, first: true })
      await store.ledger.markSent(held, { place: row.place, id: '1234567890123456789' })
    }
  }
  return { ...handle, ask, store, errors: log.errors, addPostedMessages }
}

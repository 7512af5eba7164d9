import type { Access } from '../../../src/chat/access.ts'
import type { Call, Place, Platform } from '../../../src/chat/platform.ts'
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
import { deskWithoutContent } from '../conversations/no-content.ts'
import { NOON } from '../noon.ts'
import { recordingLog } from '../recording-log.ts'

/** Places whose ids are as long as real ones. */
export const PLACES: Place[] = [
  'slack:T0123456789/C0123456789',
  'discord:1234567890123456789/1234567890123456789',
]

const ACCESS: Access = { post: true, correct: true, look: true, name: '#city-desk' }

/** The address of a message in a place, in a browser. */
export const messageLink = (place: Place) =>
  `https://chat.example/${place.replace(':', '/')}/1234567890123456789`

const REASON = 'That message can’t be changed any more, since somebody has taken it away from this channel.'

/**
 * Creates a bot that keeps everything in memory and posts nowhere; an editor asks it. `errors` are the details of the
 * errors it logged.
 */
export async function createInMemoryBot(library: Library) {
  const store = await openStore(createSqliteEngine(':memory:', { clock: () => NOON }))
  await store.revisions.record(partsOfAll(library))
  const log = recordingLog()
  const platform = {
    checkAccess: async () => ACCESS,
    lookUpCaller: async () => ({ name: 'Dana', zone: 'America/Argentina/Buenos_Aires' }),
    link: ({ place }) => messageLink(place),
  } as Partial<Platform> as Platform
  const context = { store, platform: () => platform, log }
  // For each correction, messages that could not be changed, with as many reasons as are shown.
  const causes = library.stories.flatMap(story =>
    correctionCausesOf(story).map(
      ({ cause }): Cause => ({
        cause,
        kind: 'correction',
        story: story.slug,
        part: '',
        revision: 1,
        waits: false,
        seenAt: NOON,
        repaired: 1_000,
        told: 0,
        pending: 1_000,
        impossible: 300,
        reasons: [100, 90, 80].map(count => ({ error: `${REASON} ${count}`, count })),
      }),
    ),
  )
  const handle = createHandler(
    {
      library: () => library,
      version: '1.2.3',
      zone: 'America/Chicago',
      digests: { ...context, publish: async (_, reply) => ({ problem: reply }) },
      desk: { ...context, contentDir: 'none', ...deskWithoutContent(context.store) },
      deskUsers: ['slack:T0123456789/U1'],
      causes: async () => causes,
      reports: { ...context, deskPlace: PLACES[0]! },
    },
    log,
  )
  const ask = (typed: string, more: Partial<Call> = {}): Reply | Promise<Reply> =>
    handle.answer({
      ...splitCommand(typed),
      place: PLACES[0]!,
      audience: 'caller',
      at: NOON,
      caller: { id: 'slack:T0123456789/U1', name: 'Dana', rights: ['manage', 'member'] },
      ...more,
    })

  /** Adds posted messages that show every part of every story, so that a correction has many to change. */
  async function addPostedMessages(count: number) {
    const shown = partsOfAll(library).map(({ part }) => ({ part, revision: 1 }))
    for (let number = 1; number <= count; number++) {
      const key = `edition ${number}`
      const row: NewDelivery = {
        key,
        kind: 'edition',
        place: PLACES[number % 2]!,
        lane: 'l',
        digest: 'morning',
        date: '2026-05-04',
        number: 1,
        state: 'due',
        dueAt: 0,
        selection: '{"version":1}',
      }
      await store.ledger.add([row])
      const claimed = { key, owner: 'a' }
      await store.ledger.claim({
        owner: 'a',
        leaseMs: 60_000,
        max: 1,
        pace: () => undefined,
        platforms: ['slack', 'discord'],
      })
      await store.ledger.beginAttempt(claimed, { leaseMs: 60_000, shown, first: true })
      await store.ledger.markSent(claimed, { place: row.place, id: '1234567890123456789' })
    }
  }
  return { ...handle, ask, store, errors: log.errors, addPostedMessages }
}

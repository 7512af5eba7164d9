import { DeliveryError, type Place, type Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { dailySubscription } from '../delivery/due-rows.ts'
import { recordingLog } from '../recording-log.ts'
import { type ContentState, contentIn } from './edited-content.ts'
import { startRunProcess } from './run-process.ts'

export const MINUTE = 60_000
/** A Tuesday, at 07:00. */
export const MORNING = Date.parse('2026-05-05T07:00:00Z')
const DESK: Place = 'fake:desk'

/** A message on the platform of a run, in its latest version, with the moment at which it was posted. */
export type Posted = { place: Place; key: string; reply: Reply; at: number; edits: number }

/** What happens to the next post: it works, its answer is lost, or it is certainly not taken. */
export type PostOutcome = 'works' | 'cut after' | 'cut before' | 'limited'

/**
 * Opens a bot without timers whose every step is made by its test: on a database in memory, with a clock and a platform of
 * its own. `onAwait` is called at each await of its process, and kills that by throwing.
 */
export async function openApprovalRun({
  places = ['fake:1', 'fake:2'],
  approvals = 1,
  onAwait = () => {},
  onBegun = async () => {},
  onPost = () => {},
  ...options
}: {
  places?: Place[]
  approvals?: number
  onAwait?(inTransaction: boolean): void | Promise<void>
  /** Called when a post has begun, before anything else can happen. */
  onBegun?(key: string): Promise<void>
  onPost?(message: Posted): void
  /** Where editors are told; with undefined, nowhere. */
  desk?: Place | undefined
} = {}) {
  const desk = 'desk' in options ? options.desk : DESK
  let onNextPost: (() => void) | undefined
  let now = MORNING
  let state: ContentState = {
    events: 1,
    fact: 0,
    river: 1,
    isRiverGone: false,
    approvals,
    isCorrected: false,
  }
  const library = () => contentIn(state)
  const bare = createSqliteEngine(':memory:', { clock: () => now })
  const store = await openStore({ ...bare, close: async () => {} })
  const log = recordingLog()
  const posted: Posted[] = []
  const outcomes: PostOutcome[] = []
  let ids = 0

  const platform: Platform = {
    name: 'fake',
    start: async () => {},
    stop: async () => {},
    state: () => ({ state: 'connected' }),
    async post(place, reply, { key }) {
      await onAwait(false)
      const outcome = outcomes.shift() ?? 'works'
      if (outcome === 'limited') throw new DeliveryError('fake: 429', { outcome: 'unsent', retryInMs: 1 })
      if (outcome === 'cut before') throw new DeliveryError('fake: cut', { outcome: 'unknown', retryInMs: 1 })
      ids++
      const message = { place, key, reply, at: now, edits: 0 }
      posted.push(message)
      onPost(message)
      onNextPost?.()
      onNextPost = undefined
      if (outcome === 'cut after') throw new DeliveryError('fake: cut', { outcome: 'unknown', retryInMs: 1 })
      await onAwait(false)
      return { place, id: String(ids) }
    },
    async edit({ id }, reply) {
      await onAwait(false)
      const message = posted[Number(id) - 1]!
      message.reply = reply
      message.edits++
      await onAwait(false)
    },
    async findPost(place, key) {
      await onAwait(false)
      const at = posted.findIndex(message => message.key === key && message.place === place)
      return at < 0 ? undefined : { place, id: String(at + 1) }
    },
  }

  await store.subscriptions.save(
    places.map(place => dailySubscription(place, MORNING + 60 * MINUTE, { newsFrom: MORNING })),
  )
  const parts = { desk, engine: bare, onAwait, onBegun, library, platform, log }
  let process = await startRunProcess({ ...parts, owner: 'p0' })
  let processes = 1
  await process.renew()
  // What is there now is known; what comes from now on is news.
  now += MINUTE

  return {
    store,
    log,
    posted,
    outcomes,
    places,
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
    content: () => state,
    edit: (change: Partial<ContentState>) => {
      state = { ...state, ...change }
    },
    /** Starts another process after the one before it has ended, at whatever point. */
    restart: async () => {
      // Its lease on the content runs out.
      await store.revisions.releaseContentLease(`p${processes - 1}`)
      process = await startRunProcess({ ...parts, owner: `p${processes++}` })
    },
    /** Something that happens right after the next post, before its answer is there. */
    onNextPost: (work: () => void) => {
      onNextPost = work
    },
    renew: () => process.renew(),
    tick: () => process.tick(),
    look: () => process.look(),
    work: () => process.work(),
    /** All that a bot does in a while: its schedule, its approvals, and the posts that are due. */
    round: async () => {
      await process.renew()
      await process.tick()
      for (let turn = 0; turn < 3; turn++) {
        await process.look()
        await process.work()
      }
    },
    /** The text that an edition has in each place, as an editor sees it in the preview. */
    preview: async (approval: string) =>
      new Map(
        (await store.approvals.renderings(approval)).map(({ key, reply }) => [
          key,
          JSON.parse(reply) as Reply,
        ]),
      ),
    notices: () => posted.filter(({ place }) => place === DESK),
    editions: () => posted.filter(({ place }) => place !== DESK),
    close: () => bare.close(),
  }
}

import type { Place } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createLibrary, type Library } from '../../../src/content/library.ts'
import { partsByStory } from '../../../src/content/parts.ts'
import type { Story } from '../../../src/content/story.ts'
import type { DeliverOptions } from '../../../src/delivery/attempt.ts'
import { createComposeEdition } from '../../../src/delivery/compose-edition.ts'
import { createComposeRow } from '../../../src/delivery/compose-row.ts'
import { createContentLease } from '../../../src/delivery/content-lease.ts'
import { createContentSnapshots } from '../../../src/delivery/content-snapshot.ts'
import { deliver } from '../../../src/delivery/deliver.ts'
import type { Selection } from '../../../src/digests/selection.ts'
import type { Engine, Query } from '../../../src/store/engine.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { digestFile } from '../content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'
import { recordingLog } from '../recording-log.ts'
import { dailySubscription, dueEdition } from './due-rows.ts'
import { type FakeOutcome, fakePlatform } from './fake-platform.ts'

const PLACES: Place[] = ['fake:1', 'fake:2']
const DIGEST = { name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }
/** Every so many versions of the content bring a new story. */
const NEW_STORY_EVERY = 7
const MINUTE = 60_000
/** After this many looks at rows that may not be delivered yet, the delivering process gets the newest content too. */
const PATIENCE = 3

/** A version of the content: one event more than the one before it, another fact, and sometimes a story more. */
function libraryOf(version: number): Library {
  const event = (number: number) => ({
    ...{ id: `e${number}`, date: '2026-05-04', confidence: 'medium', sources: [1] },
    text: `Event ${number}.`,
  })
  const stories = Array.from({ length: Math.floor(version / NEW_STORY_EVERY) }, (_, index) => `new-${index}`)
  const bridge = libraryFromFiles(
    storyFiles('bridge', {
      timeline: Array.from({ length: version + 1 }, (_, number) => event(number)),
      facts: [{ id: 'cost', text: `Cost ${version}.`, confidence: 'medium', sources: [1] }],
    }),
    [digestFile([DIGEST])],
  )
  return createLibrary([...bridge.stories, ...stories.map(newStory)], String(version), bridge.digests)
}

const newStories = new Map<string, Story>()

/** A story that some version of the content brings. It is the same in all later ones. */
function newStory(slug: string): Story {
  const known =
    newStories.get(slug) ?? libraryFromFiles(storyFiles(slug, { meta: { title: `The ${slug}` } })).stories[0]!
  newStories.set(slug, known)
  return known
}

const libraries = new Map<number, Library>()

/** The content of a version. It is read once for all runs: reading it is most of what they would do. */
function libraryAt(version: number): Library {
  const library = libraries.get(version) ?? libraryOf(version)
  libraries.set(version, library)
  return library
}

/** Calls something after everything that an engine is asked for. */
function watchEngine(engine: Engine, onAwait: () => Promise<void>): Engine {
  const originals = new Map<Query, Query>()
  const watch = <Work extends (...given: never[]) => Promise<unknown>>(work: Work) =>
    (async (...given: Parameters<Work>) => {
      const result = await work(...given)
      await onAwait()
      return result
    }) as Work
  const watchQuery = (query: Query): Query => {
    const watched = watch(query)
    originals.set(watched, query)
    return watched
  }
  return {
    ...engine,
    query: watchQuery(engine.query),
    clock: watch(query => engine.clock(originals.get(query) ?? query)),
    transaction: watch(work => engine.transaction(query => work(watchQuery(query)))) as Engine['transaction'],
  }
}

/**
 * Who saves the content during a delivery: the process that delivers, once or there and back; another one, which holds
 * the lease; the one that delivers, before the holder has it; or another one that takes the lease and ends.
 */
export type SwapMode = 'own' | 'there and back' | 'other process' | 'before the holder' | 'takeover'

/**
 * Delivers editions of a digest at two places while content is saved at chosen awaits of the delivery: by the process
 * itself, by another one, or taken back and saved again.
 */
export async function openContentSwaps(open: () => Engine, mode: SwapMode) {
  let version = 0
  let otherVersion = 0
  let awaits = 0
  let swaps: Map<number, () => Promise<unknown>> | undefined
  const library = () => libraryAt(version)

  async function onAwait() {
    const swap = swaps?.get(++awaits)
    // What swaps may have to wait for the very transaction in which it happens.
    if (swap) await Promise.race([swap(), new Promise(resolve => setTimeout(resolve, 25))])
  }
  const store = await openStore(watchEngine(open(), onAwait))
  const bare = open()
  const otherStore = await openStore(bare)
  const leaseOf = (of: Store, owner: string, content: () => Library) =>
    createContentLease({
      store: of,
      owner,
      content: () => {
        const current = content()
        return { revision: current.revision, stories: () => partsByStory(current) }
      },
      log: recordingLog(),
    })
  const lease = leaseOf(store, 'own', library)
  const otherLease = leaseOf(otherStore, 'other', () => libraryAt(otherVersion))

  const fake = fakePlatform('fake')
  const post = fake.platform.post
  fake.platform.post = async (...given) => {
    await onAwait()
    const message = await post(...given)
    await onAwait()
    return message
  }
  const snapshots = createContentSnapshots({ store, library, contentLease: lease })
  const commandLines = commandLinesFor
  const composeEdition = createComposeEdition({ store, snapshots, commandLines, zone: 'UTC' })
  const work: DeliverOptions = {
    ...{ store, owner: 'own', platform: () => fake.platform, log: recordingLog() },
    compose: createComposeRow({
      ...{ store, library, composeEdition, commandLines, zone: 'UTC' },
      redrawAnswer: () => Promise.reject(new Error('nothing is redrawn here')),
    }),
    reportTrouble: async () => {},
    reportMended: async () => {},
    closeTrouble: async () => {},
    pauseDigest: async () => {
      throw new Error('nothing pauses a digest here')
    },
    times: { leaseMs: 5_000, requestTimeoutMs: 500, backOffMs: 1, maxBackOffMs: 2, giveUpAfterMs: 3_600_000 },
  }

  const first = Math.floor(Date.now() / MINUTE) * MINUTE - 10_000 * MINUTE
  await otherStore.subscriptions.save(PLACES.map(place => dailySubscription(place, first + 1e12)))
  const isHeldByOther = mode === 'other process' || mode === 'before the holder'
  let editions = 0

  async function swapTo(next: number) {
    if (mode === 'own' || mode === 'there and back' || mode === 'before the holder') {
      version = next
      return lease.renew()
    }
    if (mode === 'takeover') await bare.query('update leases set until = 0')
    otherVersion = next
    await otherLease.renew()
    if (mode !== 'takeover') return
    await otherStore.revisions.releaseContentLease('other')
    await lease.renew()
  }

  /** Gives all processes the newest content. */
  async function catchUp() {
    version = Math.max(version, otherVersion)
    otherVersion = version
    if (isHeldByOther) await otherLease.renew()
    await lease.renew()
  }

  async function isDelivered(): Promise<boolean> {
    const { due = 0, sending = 0 } = await otherStore.ledger.countByState()
    return due + sending === 0
  }

  /** Delivers one edition at each place; `saveAt` are the awaits at which content is saved, `outcomes` those of posts. */
  async function deliverEdition(saveAt: number[] = [], outcomes: FakeOutcome[] = []): Promise<number> {
    const slot = first + editions++ * MINUTE
    await otherStore.ledger.add(PLACES.map(place => dueEdition(place, slot)))
    fake.queueOutcomes(...outcomes)
    // The first edition tells no news. One without news would be quiet, and lose nothing.
    if (editions > 1) otherVersion = version + 1
    await catchUp()
    const [old, next] = [version, version + 1]
    awaits = 0
    swaps = new Map(saveAt.map((number, index) => [number, () => swapTo(index % 2 === 0 ? next : old)]))
    for (let look = 0; !(await isDelivered()); look++) {
      if (look > 50)
        throw new Error(`not delivered: ${JSON.stringify(await otherStore.ledger.countByState())}`)
      if (look > PATIENCE) await catchUp()
      // As if time went by faster: leases of unclear posts expire, and retries are due.
      if (look > 0)
        await bare.query(
          `update deliveries set due_at = 0, lease_until = case when state = 'sending' then 0 end
          where state in ('due', 'sending')`,
        )
      const claimed = await store.ledger.claim({
        ...{ owner: 'own', leaseMs: 5_000, max: 9, platforms: ['fake'] },
        pace: () => undefined,
      })
      for (const row of claimed) await deliver(row, work)
    }
    swaps = undefined
    if (saveAt.length > 0) otherVersion = Math.max(otherVersion, next)
    await catchUp()
    return awaits
  }

  await (isHeldByOther ? otherLease : lease).renew()
  return {
    deliverEdition,
    versions: () => version,
    newStories: () => Math.floor(version / NEW_STORY_EVERY),
    /** What was told at each place: the numbers of events and facts, and the stories, each as often as it was told. */
    async told() {
      const rows = await bare.query<{ place: string; selection: string | null }>(
        `select place, selection from deliveries where state = 'sent' order by slot, number`,
      )
      return PLACES.map(place => {
        const text = fake.messages
          .filter(({ ref }) => ref.place === place)
          .map(message => message.text)
          .join('\n')
        const numbersAfter = (word: string) =>
          [...text.matchAll(new RegExp(`${word} (\\d+)\\.`, 'g'))].map(([, number]) => Number(number))
        const entries = rows
          .filter(row => row.place === place)
          .flatMap(({ selection }) => (JSON.parse(selection ?? '{}') as Selection).body.stories)
        return {
          events: numbersAfter('Event'),
          facts: numbersAfter('Cost'),
          stories: entries
            .filter(({ story, told }) => story !== 'bridge' && told.length > 0)
            .map(({ story }) => story),
          counted: entries.filter(({ more }) => more !== undefined).length,
        }
      })
    },
    close: () => Promise.all([store.close(), otherStore.close()]),
  }
}

import type { Place, Platform } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { approvalRule } from '../../../src/content/digest.ts'
import type { Library } from '../../../src/content/library.ts'
import { partsByStory } from '../../../src/content/parts.ts'
import { createApprovalGate } from '../../../src/delivery/approval/gate.ts'
import { createApprovalKeeper } from '../../../src/delivery/approval/keeper.ts'
import type { DeliverOptions } from '../../../src/delivery/attempt.ts'
import { createComposeEdition } from '../../../src/delivery/compose-edition.ts'
import { createComposeRow } from '../../../src/delivery/compose-row.ts'
import { createContentLease } from '../../../src/delivery/content-lease.ts'
import { createContentSnapshots } from '../../../src/delivery/content-snapshot.ts'
import { deliver } from '../../../src/delivery/deliver.ts'
import { createEditionTexts } from '../../../src/delivery/editions/edition-texts.ts'
import { createSchedule } from '../../../src/digests/schedule.ts'
import type { Engine } from '../../../src/store/engine.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import type { recordingLog } from '../recording-log.ts'
import { mortalEngine } from './mortal-engine.ts'

const HOUR = 3_600_000
const LEASE_MS = 30_000

/** What a process of a run has: those before and after it have the same. */
type ProcessOptions = {
  desk: Place | undefined
  engine: Engine
  onAwait(inTransaction: boolean): void | Promise<void>
  onBegun(key: string): Promise<void>
  library(): Library
  platform: Platform
  log: ReturnType<typeof recordingLog>
  owner: string
}

/** Starts the parts of a bot that take part in an approval, on the engine that it shares with those before and after it. */
export async function startRunProcess({
  desk,
  engine,
  onAwait,
  onBegun,
  library,
  platform,
  log,
  owner,
}: ProcessOptions) {
  let isBeginning = false
  const opened = await openStore(mortalEngine(engine, inTransaction => onAwait(inTransaction || isBeginning)))
  const store: Store = {
    ...opened,
    ledger: {
      ...opened.ledger,
      beginAttempt: async (claim, attempt) => {
        isBeginning = true
        try {
          const begun = await opened.ledger.beginAttempt(claim, attempt)
          if (begun) await onBegun(claim.key)
          return begun
        } finally {
          isBeginning = false
        }
      },
    },
  }
  const lease = createContentLease({
    ...{ store, owner, log },
    content: () => {
      const content = library()
      return { revision: content.revision, stories: () => partsByStory(content) }
    },
  })
  const snapshots = createContentSnapshots({ store, library, contentLease: lease })
  const sources = { store, commandLines: commandLinesFor, zone: 'UTC' }
  const texts = createEditionTexts(sources)
  const keeper = createApprovalKeeper({
    ...{ store, library, snapshots, texts, place: desk, lane: place => place, log },
    mayEdit: () => true,
    mayKeep: lease.isHolder,
    onChanged: () => {},
  })
  const schedule = createSchedule({
    ...{ store, lane: place => place, log },
    needsApproval: digest => approvalRule(library().digest(digest)) !== undefined,
  })
  const work: DeliverOptions = {
    ...{ store, owner, platform: () => platform, log },
    compose: createComposeRow({
      ...{ ...sources, library },
      composeEdition: createComposeEdition({ ...sources, snapshots }),
      gate: createApprovalGate({ store, snapshots, texts }),
      redrawAnswer: () => Promise.reject(new Error('nothing is redrawn here')),
    }),
    reportTrouble: async () => {},
    reportMended: async () => {},
    closeTrouble: async () => {},
    pauseDigest: async () => {},
    times: {
      ...{ leaseMs: LEASE_MS, requestTimeoutMs: 10_000, backOffMs: 1, maxBackOffMs: 2 },
      giveUpAfterMs: 6 * HOUR,
    },
  }
  return {
    renew: lease.renew,
    tick: schedule.tick,
    look: keeper.look,
    work: async () => {
      for (let turn = 0; turn < 6; turn++) {
        const claimed = await store.ledger.claim({
          ...{ owner, leaseMs: LEASE_MS, max: 9, platforms: ['fake'], pace: () => undefined },
        })
        if (claimed.length === 0) return
        for (const row of claimed) await deliver(row, work)
      }
    },
  }
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Call, type CallOutcome, type PlatformState, platformOf } from '../chat/platform.ts'
import type { Feed } from '../content/feed.ts'
import type { DeliveryOutcome } from '../delivery/attempt.ts'
import { lateOutcome } from '../delivery/late-answer.ts'
import { publishedCall } from '../delivery/publish.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { createFeedMetrics } from './feed-metrics.ts'

/** What is read when Prometheus scrapes. Events are counted as they happen, by the methods of `Metrics`. */
type MetricsOptions = {
  store: Pick<Store, 'ledger' | 'clock' | 'wire'>
  /** The registered commands, read again for each new library. Any other word that people type counts as `other`. */
  commands(): { name: string }[]
  library(): { revision: string }
  platforms(): { name: string; state(): PlatformState }[]
  /** The feeds of the content: each is two series. */
  feeds?(): Pick<Feed, 'name'>[]
  /** Problems of the content folder, while older content stays in use. */
  problems(): string[]
  version: string
  role: string
  clock?(): number
}

/** The metrics of one process. Counting never throws, takes constant time and creates a bounded number of series. */
export type Metrics = {
  countCall(call: Call, outcome: CallOutcome): void
  /** Counts an attempt to deliver a row, and with it the call of an answer that had to wait. */
  countDelivery(row: Delivery, outcome: DeliveryOutcome): void
  render(): Promise<{ type: string; body: string }>
}

/** In seconds. Slack and Discord wait 3; answers from memory take about 0.001. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5]
const STATES = ['connecting', 'connected', 'lost', 'stopped'] as const

/** Creates the metrics of this process. */
export function createMetrics(measured: MetricsOptions): Metrics {
  const { store, library, platforms, version, role, clock = Date.now } = measured
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const calls = new Counter({
    name: 'nutgraf_commands_total',
    help: 'Commands that were answered, by platform, command and outcome',
    labelNames: ['platform', 'command', 'outcome'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'nutgraf_command_seconds',
    help: 'Time from the arrival of a command until its answer is handed to the platform; a mention is answered by a post',
    labelNames: ['platform', 'heard'] as const,
    buckets: LATENCY_BUCKETS,
    registers,
  })
  const deliveries = new Counter({
    name: 'nutgraf_deliveries_total',
    help: 'Attempts of this process to deliver a row of the ledger, by platform, kind and outcome',
    labelNames: ['platform', 'kind', 'outcome'] as const,
    registers,
  })

  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `nutgraf_${name}`, help, labelNames, registers })
  const waiting = gauge(
    'deliveries',
    'Rows of the ledger that are not settled, or not surely, by state',
    'state',
  )
  const lag = gauge('delivery_lag_seconds', 'Age of the oldest row that is due; 0 when none is late')
  const edits = gauge('edits_pending', 'Messages that still show what was corrected or withdrawn')
  const connected = gauge('platform_state', '1 for the state of a platform', 'platform', 'state')
  const age = gauge(
    'content_age_seconds',
    'How long this process has seen the content that is in use, to the scrape',
  )
  const problems = gauge(
    'content_problems',
    'Problems of the content folder, while older content stays in use',
  )
  const info = gauge('info', 'Always 1', 'version', 'role', 'content')
  const feedMetrics = createFeedMetrics({ store, gauge, feeds: measured.feeds ?? (() => []) })
  const healthy = gauge('store_up', '1 when the store answered this scrape')

  let known: { library: { revision: string }; names: Set<string> } | undefined
  const nameOf = (command: string) => {
    const current = library()
    if (known?.library !== current)
      known = { library: current, names: new Set(measured.commands().map(({ name }) => name)) }
    return known.names.has(command) ? command : 'other'
  }

  let used: { revision: string; since: number } = { revision: library().revision, since: clock() }
  function measureContent(): void {
    const { revision } = library()
    if (used.revision !== revision) used = { revision, since: clock() }
    info.reset()
    info.set({ version, role, content: revision }, 1)
    age.set((clock() - used.since) / 1000)
    problems.set(measured.problems().length)
  }

  function measurePlatforms(): void {
    for (const { name, state } of platforms()) {
      const now = state().state
      for (const known of STATES) connected.set({ platform: name, state: known }, now === known ? 1 : 0)
    }
  }

  async function measureStore(): Promise<void> {
    try {
      const [open, next, now] = await Promise.all([
        store.ledger.countUnsettled(),
        store.ledger.nextDueAt(),
        store.clock(),
      ])
      waiting.reset()
      for (const state of ['due', 'sending', 'doubt'] as const) waiting.set({ state }, open[state] ?? 0)
      edits.set(open.edits)
      lag.set(Math.max(0, now - (next ?? now)) / 1000)
      await feedMetrics.measure(now)
      healthy.set(1)
    } catch {
      // Old figures would look as if the store answered.
      for (const metric of [waiting, edits, lag, feedMetrics]) metric.reset()
      healthy.set(0)
    }
  }

  function countCall(call: Call, outcome: CallOutcome): void {
    const platform = platformOf(call.place)
    calls.inc({ platform, command: nameOf(call.command), outcome })
    const heard = call.audience === 'place' ? 'mention' : 'command'
    seconds.observe({ platform, heard }, Math.max(0, clock() - call.at) / 1000)
  }

  return {
    countCall,
    countDelivery(row, outcome) {
      deliveries.inc({ platform: platformOf(row.place), kind: row.kind, outcome })
      const ended = lateOutcome(row, outcome)
      if (ended) countCall(publishedCall(row), ended)
    },
    async render() {
      measureContent()
      measurePlatforms()
      await measureStore()
      return { type: registry.contentType, body: await registry.metrics() }
    },
  }
}

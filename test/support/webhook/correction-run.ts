import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createLibrary } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import type { Cause } from '../../../src/store/causes.ts'
import { storeFile } from '../../../src/store/connect.ts'
import type { Engine } from '../../../src/store/engine.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { type ContentStage, filesAtStage, WRONG_WORD, writeStage } from '../delivery/correction-stories.ts'
import { dailySubscription, minutesAgo } from '../delivery/due-rows.ts'
import { startWebhooks } from '../loopback/webhooks.ts'
import { recordingLog } from '../recording-log.ts'
import { startBot, temporaryFolder } from '../start-process.ts'
import { postingWebhooks } from './posting-webhooks.ts'

const KINDS = ['discord', 'slack', 'teams'] as const
type Kind = (typeof KINDS)[number]
const placeOf = (kind: Kind): Place => `webhook:${kind}-desk`
const CORRECTED = /CORRECTED.*Mittwoch.*Donnerstag/s
const QUIET_MS = 400

/**
 * Posts editions of one wrong story to a webhook of each service, corrects the story, and kills the bot with SIGKILL while
 * it makes the requests of these numbers to a service. Counts what arrived where.
 */
export async function runWebhookCorrection(options: {
  messages: number
  killAt: Partial<Record<Kind, number[]>>
}) {
  const loopback = await startWebhooks()
  const data = temporaryFolder()
  const content = writeStage(temporaryFolder(), 'new')
  const engine = createSqliteEngine(storeFile(data))
  const store = await openStore(engine)
  await postEditions({ store, engine }, options.messages, loopback)
  const wrong = (kind: string) =>
    loopback.messages.filter(({ service, text }) => service === kind && text.includes(WRONG_WORD)).length
  const before = Object.fromEntries(KINDS.map(kind => [kind, wrong(kind)]))

  const env = {
    ...Object.fromEntries(KINDS.map(kind => [variableOf(kind), loopback.addressOf(kind)])),
    DATA_DIR: data,
    CONTENT_DIR: content,
    POST_TIMEOUT_MS: '1000',
    LOG_LEVEL: 'debug',
  }
  const requests: Record<Kind, number> = { discord: 0, slack: 0, teams: 0 }
  let kills = 0
  let output = ''
  let bot = startBot(env)
  loopback.onRequest(kind => {
    if (!options.killAt[kind]?.includes(++requests[kind])) return
    kills++
    process.kill(-bot.child.pid!, 'SIGKILL')
  })
  await bot.waitForOutput(/Health/)
  writeStage(content, 'corrected')
  let cause: Cause | undefined
  const isDone = async () => {
    ;[cause] = await store.corrections.causes()
    return cause?.doneAt !== undefined
  }
  for (const end = Date.now() + 60_000 + options.messages * 5_000; !(await isDone()); await sleep(50)) {
    if (Date.now() > end)
      throw new Error(`not done in time: ${JSON.stringify(cause)}\n${bot.out()}${bot.err()}`)
    if (bot.isRunning()) continue
    await bot.ended
    output += bot.out() + bot.err()
    // As if it had been dead for a minute.
    await engine.query(`update deliveries set lease_until = 1 where state = 'sending'`)
    bot = startBot(env)
  }
  const countRequests = () => requests.discord + requests.slack + requests.teams
  const requestsBefore = countRequests()
  await sleep(QUIET_MS)
  bot.child.kill('SIGTERM')
  await bot.ended
  output += bot.out() + bot.err()
  const told = await toldByPlace(engine)
  await store.close()
  await loopback.close()
  const seconds = (kind: Kind) => ({
    messages: before[kind]!,
    seconds: loopback.messages.filter(
      ({ service, text }) => service === kind && CORRECTED.test(text) && !text.includes(WRONG_WORD),
    ).length,
    toldFor: told.has(placeOf(kind)) ? 1 : 0,
  })
  return {
    refused: loopback.refused,
    secrets: loopback.secrets,
    kills,
    output,
    cause: cause!,
    laterRequests: countRequests() - requestsBefore,
    discord: {
      messages: before.discord!,
      corrected: loopback.messages.filter(
        ({ service, text, edits }) =>
          service === 'discord' && CORRECTED.test(text) && !text.includes(WRONG_WORD) && edits > 0,
      ).length,
    },
    slack: seconds('slack'),
    teams: seconds('teams'),
  }
}

const variableOf = (kind: string) => `WEBHOOK_${kind.toUpperCase()}_DESK`

/** The places whose second message is known to be posted. */
async function toldByPlace(engine: Engine): Promise<Set<string>> {
  const rows = await engine.query<{ place: string }>(
    `select place from deliveries where key like 'second %' and state = 'sent'`,
  )
  return new Set(rows.map(({ place }) => place))
}

/** Posts so many editions of the wrong story to each webhook, at any pace. */
async function postEditions(
  { store, engine }: { store: Store; engine: Engine },
  count: number,
  loopback: Awaited<ReturnType<typeof startWebhooks>>,
): Promise<void> {
  await store.revisions.record(partsOfAll(libraryAt('old')))
  const newsFrom = await store.clock()
  await sleep(5)
  const library = libraryAt('new')
  const platform = postingWebhooks(
    Object.fromEntries(KINDS.map(kind => [variableOf(kind), loopback.addressOf(kind)])),
  )
  await platform.start()
  const pipeline = createPipeline({
    store,
    library: () => library,
    platforms: () => [{ ...platform, pace: undefined }],
    commandLines: commandLinesFor,
    zone: 'UTC',
    redraw: () => Promise.reject(new Error('nothing is redrawn here')),
    size: { sweepMs: 20 },
    log: recordingLog(),
  })
  await pipeline.start()
  for (let number = 0; number < count; number++) {
    const slot = minutesAgo(2 + count - number, await store.clock())
    await store.subscriptions.save(
      KINDS.map(kind => dailySubscription(placeOf(kind), slot, { digest: 'bridge', newsFrom })),
    )
    // Each edition tells the same news again.
    await engine.query('update subscriptions set news_from = $1', [newsFrom])
    await pipeline.schedule.tick()
    pipeline.wake()
    for (;;) {
      const { due = 0, sending = 0, sent = 0, ...others } = await store.ledger.countByState()
      if (due + sending === 0 && sent === KINDS.length * (number + 1)) break
      if (Object.keys(others).length > 0) throw new Error(`not posted: ${JSON.stringify(others)}`)
      await sleep(10)
    }
  }
  await pipeline.stop()
  await platform.stop()
}

function libraryAt(stage: ContentStage) {
  const loaded = loadContent(filesAtStage(stage))
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems))
  return createLibrary(loaded.stories, stage, loaded.digests)
}

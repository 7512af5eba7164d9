import { toPlainText } from '../chat/plain-text.ts'
import type { Platform, Publish } from '../chat/platform.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import { createLooks } from '../commands/story/last-look.ts'
import { warmSuggestions } from '../commands/suggest.ts'
import type { Config } from '../config.ts'
import { createPipeline, type Pipeline } from '../delivery/pipeline.ts'
import { createPublish, publishedCall } from '../delivery/publish.ts'
import { createPainter } from '../pictures/painter.ts'
import { TERMINAL_KEY_PREFIX } from '../platforms/preview/local-user.ts'
import type { Terminal } from '../platforms/preview/terminal.ts'
import { createWebServer, type WebServer } from '../web/server.ts'
import type { Metrics } from './metrics.ts'
import type { OpenBot } from './open.ts'
import { createPlatforms } from './platforms.ts'
import { createReplays } from './preview-replays.ts'
import type { Duties, Role } from './roles.ts'
import { type StoreWatch, watchStore } from './store-watch.ts'

/** What a process is: its settings, its version, its role and what that role runs. */
export type Identity = { config: Config; version: string; role: Role; duties: Duties }

/** The parts of a running bot. Nothing is connected and nothing listens until each is started. */
export type Bot = {
  handler: Handler
  publish: Publish
  platforms: Platform[]
  pipeline: Pipeline
  server: WebServer
  storeWatch: StoreWatch
  metrics?: Metrics
  /** Set once the prompt is open: sentences for whoever sits there go to it. */
  terminal?: Terminal
  /** Makes digests, corrections, Discord's list of commands and the search index follow what can be seen now. */
  onContentChange(): void
}

/** Makes all parts of the bot and joins them. */
export async function assembleBot(open: OpenBot, identity: Identity): Promise<Bot> {
  const { config, version, role, duties } = identity
  const { log, store, stories } = open
  const platforms: Platform[] = []
  const pipeline = createBotPipeline(open, identity, {
    platforms: () => platforms,
    onDelivered: (row, outcome) => bot.metrics?.countDelivery(row, outcome),
  })
  const { owner, shownRevisions } = pipeline
  const ledger = { store, owner, shownRevisions }
  const publish = createPublish({ platforms: () => platforms, ledger, log })
  const context = commandContext(open, config, { publish, platforms, onChange: () => bot.onContentChange() })
  const handler = createHandler({ ...context, version }, log)

  const { slack, discord, preview } = await createPlatforms({
    config,
    duties,
    handler,
    store,
    log,
    paint: createPainter(),
    replays: createReplays({ library: stories.library, zone: config.zone }),
    onPreviewPost: (key, reply) => {
      // What was typed at the prompt is answered there already.
      if (!key.includes(TERMINAL_KEY_PREFIX))
        bot.terminal?.notify(`\nPosted in the channel:\n\n${toPlainText(reply)}\n`)
    },
  })
  platforms.push(...[slack, discord, preview].filter(platform => platform !== undefined))
  const metrics = config.metrics
    ? await createBotMetrics(open, handler, { platforms, version, role })
    : undefined

  const storeWatch = watchStore(store, log)
  const server = createWebServer({
    host: config.host,
    port: config.port,
    log,
    health: async () => ({
      ok: true,
      version,
      role,
      content: { revision: stories.library().revision, problems: stories.problems() },
      store: await storeWatch.state(),
      digests: deliveryState(duties, pipeline),
      platforms: Object.fromEntries(platforms.map(platform => [platform.name, platform.state()])),
    }),
    ready: () => storeWatch.isUsable() && platforms.every(platform => platform.state().state === 'connected'),
    metrics: metrics?.render,
    slack: slack?.requestListener,
    preview: preview?.app.fetch,
  })
  const onContentChange = () => {
    if (duties.delivers) void pipeline.refresh()
    if (duties.discord === 'listens') void discord?.register()
    warmSearch(open)
  }
  const bot: Bot = { handler, publish, platforms, pipeline, server, storeWatch, metrics, onContentChange }
  return bot
}

/** The first search builds its index, and the first keystroke the suggestions: now, and not while somebody waits. */
export const warmSearch = ({ stories }: OpenBot) =>
  setImmediate(() => {
    stories.library().search('nutgraf')
    void warmSuggestions(stories.library())
  })

function createBotPipeline(
  { store, stories, log }: OpenBot,
  { config: { zone, deskPlace, postTimeoutMs, keepDays }, version }: Identity,
  options: Pick<Parameters<typeof createPipeline>[0], 'platforms' | 'onDelivered'>,
): Pipeline {
  return createPipeline({
    store,
    library: stories.library,
    commandLines: commandLinesFor,
    // An answer is made anew from the content of its moment, by a handler that has nothing else to look at.
    redraw: (row, library) =>
      createHandler({ library: () => library, version, zone }, log).answerOrThrow(publishedCall(row)),
    zone,
    deskPlace,
    keepDays,
    times: { requestTimeoutMs: postTimeoutMs, leaseMs: postTimeoutMs * 2.5 },
    log,
    ...options,
  })
}

type CommandParts = {
  publish: Publish
  platforms: Platform[]
  onChange(): void
}

/** What commands are handed: the stories, the store, and the platforms of this process. */
function commandContext(open: OpenBot, config: Config, { publish, platforms, onChange }: CommandParts) {
  const { store, stories, log } = open
  const { zone, deskPlace, deskUsers, contentDir } = config
  const platform = (name: string) => platforms.find(candidate => candidate.name === name)
  return {
    library: stories.library,
    zone,
    digests: { store, publish, platform, log },
    causes: store.corrections.causes,
    looks: createLooks(store, log),
    reports: { store, platform, log, deskPlace },
    deskUsers,
    desk: {
      store,
      platform,
      log,
      contentDir,
      problemsWith: stories.problemsWith,
      applyChanges: async () => {
        await open.refreshWithdrawals()
        onChange()
        await store.notify()
      },
    },
  }
}

async function createBotMetrics(
  { store, stories }: OpenBot,
  { commands }: Handler,
  { platforms, ...labels }: { platforms: Platform[]; version: string; role: Role },
): Promise<Metrics> {
  const { createMetrics } = await import('./metrics.ts')
  const { library, problems } = stories
  return createMetrics({ store, library, problems, commands, platforms: () => platforms, ...labels })
}

const deliveryState = ({ delivers }: Duties, { contentLease }: Pipeline) =>
  delivers ? (contentLease.reason() ?? 'delivered by this process') : 'left to workers'

import { toPlainText } from '../chat/plain-text.ts'
import { type Place, type Platform, type Publish, platformOf } from '../chat/platform.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import { createLooks } from '../commands/story/last-look.ts'
import type { Config } from '../config.ts'
import { createPipeline, type Pipeline } from '../delivery/pipeline.ts'
import { createPublish, publishedCall } from '../delivery/publish.ts'
import { createPainter } from '../pictures/painter.ts'
import { TERMINAL_KEY_PREFIX } from '../platforms/preview/local-user.ts'
import type { Terminal } from '../platforms/preview/terminal.ts'
import { createWebServer, type WebServer } from '../web/server.ts'
import type { FeedsOut } from '../wire/out/feeds-out.ts'
import { careForDocuments } from './document-notices.ts'
import { type FollowedWire, followWire } from './follow-wire.ts'
import type { Metrics } from './metrics.ts'
import type { OpenBot } from './open.ts'
import { createPlatforms } from './platforms.ts'
import { createReplays } from './preview-replays.ts'
import { createPageReader } from './read-page.ts'
import type { Duties, Role } from './roles.ts'
import { type StoreWatch, watchStore } from './store-watch.ts'
import { warmStories } from './warm-stories.ts'
import { createWireWork, type WireWork } from './wire.ts'

/** What a process is: its settings, its version, its role and what that role runs. */
export type Identity = { config: Config; version: string; role: Role; duties: Duties }

/** The parts of a running bot. Nothing is connected and nothing listens until each is started. */
export type Bot = {
  handler: Handler
  publish: Publish
  platforms: Platform[]
  pipeline: Pipeline
  /** What a process that delivers does on the wire. */
  wire?: WireWork
  /** What others report, for answers. */
  followedWire: FollowedWire
  server: WebServer
  storeWatch: StoreWatch
  metrics?: Metrics
  /** Set once the prompt is open: sentences for whoever sits there go to it. */
  terminal?: Terminal
  /** Makes digests, corrections, Discord's list of commands and the search index follow what can be seen now. */
  onContentChange(): void
  /** Lets go of what the files have, and tells of what no longer fits: in the process whose files count. */
  lookAfterDocuments(): Promise<void>
}

/** Makes all parts of the bot and joins them. */
export async function assembleBot(open: OpenBot, identity: Identity): Promise<Bot> {
  const { config, version, role, duties } = identity
  const { log, store, stories } = open
  const platforms: Platform[] = []
  const feeds = () => stories.library().feeds
  const followedWire = followWire(open, feeds)
  const pipeline = createBotPipeline(open, identity, {
    feeds,
    wire: followedWire.view,
    platforms: () => platforms,
    onDelivered: (row, outcome) => bot.metrics?.countDelivery(row, outcome),
  })
  const { owner, shownRevisions } = pipeline
  const wire = duties.delivers ? createWireWork(open, { config, version, feeds, pipeline }) : undefined
  const ledger = { store, owner, shownRevisions }
  const publish = createPublish({ platforms: () => platforms, ledger, log })
  const context = commandContext(open, identity, {
    publish,
    platforms,
    onChange: () => bot.onContentChange(),
  })
  const handler = createHandler({ ...context, wire: followedWire.view, version }, log)

  const { slack, discord, webhook, preview } = await createPlatforms({
    config,
    duties,
    handler,
    store,
    log,
    paint: createPainter(),
    replays: createReplays({ library: stories.library, zone: config.zone, log }),
    onPreviewPost: (key, reply) => {
      // What was typed at the prompt is answered there already.
      if (!key.includes(TERMINAL_KEY_PREFIX))
        bot.terminal?.notify(`\nPosted in the channel:\n\n${toPlainText(reply)}\n`)
    },
  })
  platforms.push(...[slack, discord, webhook, preview].filter(platform => platform !== undefined))
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
    feeds: config.feeds ? await createBotFeeds(open, config) : undefined,
    slack: slack?.requestListener,
    hooks: config.hooks.length > 0 ? await createBotHooks(open, config) : undefined,
    websub: config.publicUrl === undefined ? undefined : await createBotWakes(open),
    preview: preview?.app.fetch,
  })
  const onContentChange = () => {
    if (duties.delivers) void pipeline.refresh()
    wire?.refresh()
    followedWire.refresh()
    if (duties.discord === 'listens') void discord?.register()
    warmSearch(open)
  }
  const bot: Bot = {
    handler,
    publish,
    platforms,
    pipeline,
    wire,
    followedWire,
    server,
    storeWatch,
    metrics,
    onContentChange,
    lookAfterDocuments: careForDocuments(open, config, pipeline),
  }
  return bot
}

/** The first search builds its index, and the first keystroke the suggestions: now, and not while somebody waits. */
export const warmSearch = ({ stories }: OpenBot) =>
  setImmediate(() => {
    stories.library().search('')
    void warmStories(stories.library())
  })

function createBotPipeline(
  { store, stories, log }: OpenBot,
  { config: { zone, deskPlace, deskUsers, postTimeoutMs, keepDays }, version }: Identity,
  options: Pick<Parameters<typeof createPipeline>[0], 'platforms' | 'onDelivered' | 'feeds' | 'wire'>,
): Pipeline {
  return createPipeline({
    store,
    library: stories.library,
    commandLines: commandLinesFor,
    // An answer is made anew from the content of its moment, by a handler that has nothing else to look at.
    redraw: (row, library, wire) =>
      createHandler({ library: () => library, wire: () => wire, version, zone }, log).answerOrThrow(
        publishedCall(row),
      ),
    zone,
    deskPlace,
    cardPlace: mayDecideIn(deskPlace, deskUsers) ? deskPlace : undefined,
    keepDays,
    times: { requestTimeoutMs: postTimeoutMs, leaseMs: postTimeoutMs * 2.5 },
    log,
    ...options,
  })
}

/** Whether anybody can decide about reports in a place: a webhook has no buttons, and only editors may press them. */
const mayDecideIn = (place: Place | undefined, editors: string[]): boolean =>
  place !== undefined && platformOf(place) !== 'webhook' && editors.length > 0

type CommandParts = {
  publish: Publish
  platforms: Platform[]
  onChange(): void
}

/** What commands are handed: the stories, the store, and the platforms of this process. */
function commandContext(
  open: OpenBot,
  { config, version }: Identity,
  { publish, platforms, onChange }: CommandParts,
) {
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
      senders: config.hooks.map(({ name }) => name),
      contentDir,
      readPage: createPageReader(config, version),
      ...{ problemsWith: stories.problemsWith, problemsWithout: stories.problemsWithout },
      ...{ used: stories.used, warm: stories.warm },
      refreshDocuments: open.documents.refresh,
      land: open.documents.land,
      applyChanges: async () => {
        await open.refreshWithdrawals()
        await open.documents.refresh()
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
  const feeds = () => library().feeds ?? []
  return createMetrics({ store, library, feeds, problems, commands, platforms: () => platforms, ...labels })
}

/** What answers the systems that publish. A report that is killed must not wait for the next look of a worker. */
async function createBotHooks({ store, stories, log }: OpenBot, config: Config) {
  const { openHooks } = await import('./hooks.ts')
  const onNews = () => void store.notify().catch(() => {})
  return openHooks(config, { store, log, rows: stories.senders, onNews })
}

/** What lets hubs tell that a feed has changed. */
async function createBotWakes({ store, log }: OpenBot) {
  const { createWakeListener } = await import('../wire/websub/listener.ts')
  return createWakeListener({ store, log })
}

/** What is new in stories, for feed readers. Their entries show no line to type, so any place does. */
async function createBotFeeds({ store, stories }: OpenBot, { publicUrl = '' }: Config): Promise<FeedsOut> {
  const { createFeedsOut } = await import('../wire/out/feeds-out.ts')
  const { library } = stories
  return createFeedsOut({ store, library, publicUrl, commandLines: commandLinesFor('preview:local') })
}

const deliveryState = ({ delivers }: Duties, { contentLease }: Pipeline) =>
  delivers ? (contentLease.reason() ?? 'delivered by this process') : 'left to workers'

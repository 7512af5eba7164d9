import { join } from 'node:path'
import { toPlainText } from '../chat/plain-text.ts'
import type { Log, Paint, Platform, PlatformRenderer, Publish } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { checkedCache } from '../check/checked-cache.ts'
import { type LiveContent, openLiveContent } from '../check/live-content.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import type { Config } from '../config.ts'
import { formatProblem } from '../content/story.ts'
import { createPipeline } from '../delivery/pipeline.ts'
import { createPublish, publishedCall } from '../delivery/publish.ts'
import { createPainter } from '../pictures/painter.ts'
import { TERMINAL_KEY_PREFIX } from '../platforms/preview/local-user.ts'
import type { Terminal } from '../platforms/preview/terminal.ts'
import { acquireStoreLock, connect } from '../store/connect.ts'
import type { Store } from '../store/store.ts'
import { createWebServer } from '../web/server.ts'
import { createLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import { dutiesFor, type Role } from './roles.ts'
import { startupScreen } from './startup-screen.ts'
import { listenForStopSignal } from './stop-signal.ts'

/** Wires everything for `start`, and stops it in order. Resolves with the exit code once all of it has stopped. */
export async function runBot(config: Config, version: string, role: Role): Promise<number> {
  const duties = dutiesFor(role, config)
  const prompt = duties.preview && process.stdin.isTTY && process.stdout.isTTY
  const log = createLog(config.logLevel, prompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  process.on('unhandledRejection', cause => log.error({ err: cause }, 'bot: a promise was left alone'))

  const stories = await openLiveContent(config.contentDir, {
    cache: checkedCache(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const { library } = stories
  const letGo = await acquireStoreLock(config, () =>
    process.stdout.write(
      `Waiting for another nutgraf on ${config.dataDir} to stop, up to 30 s. Ctrl-C gives up; DATA_DIR names another folder.\n`,
    ),
  )
  const store = await connect(config, cause => log.warn({ err: cause }, 'store: a connection broke'))
  // Whoever holds the data directory is alone in it: that somebody has the content is the word of a killed process.
  if (config.databaseUrl === undefined) await store.revisions.releaseContentLease()
  // One after the other: an older answer of the store must not put a story back.
  let asking: Promise<unknown> = Promise.resolve()
  const withdrawn = () => {
    const mine = asking.then(async () => stories.setWithdrawals(await store.corrections.withdrawals()))
    asking = mine.catch(() => {})
    return mine
  }
  await withdrawn()
  // Until here there is nothing to stop in order: a signal may end the process while it waits.
  const stopped = listenForStopSignal()
  const platforms: Platform[] = []
  let terminal: Terminal | undefined
  let measured: Metrics | undefined
  const press = createPipeline({
    store,
    library,
    platforms: () => platforms,
    commandLines: commandLinesFor,
    // Answered anew from the content as it was, by a handler that looks at nothing else.
    redraw: (row, books) =>
      createHandler({ library: () => books, version, zone: config.zone }, log).answerOrThrow(
        publishedCall(row),
      ),
    zone: config.zone,
    ...(config.deskPlace !== undefined && { deskPlace: config.deskPlace }),
    times: { requestTimeoutMs: config.postTimeoutMs, leaseMs: config.postTimeoutMs * 2.5 },
    onDelivered: (row, outcome) => measured?.countDelivery(row, outcome),
    log,
  })
  const publish = createPublish({
    platforms: () => platforms,
    ledger: { store, owner: press.owner, shownRevisions: press.shownRevisions },
    log,
  })
  const platform = (name: string) => platforms.find(one => one.name === name)
  const handle = createHandler(
    {
      library,
      version,
      zone: config.zone,
      digests: { store, publish, platform, log },
      causes: store.corrections.causes,
      reports: {
        store,
        platform,
        log,
        ...(config.deskPlace !== undefined && { deskPlace: config.deskPlace }),
      },
      deskUsers: config.deskUsers,
      desk: {
        ...{ store, platform, log, contentDir: config.contentDir },
        problemsWith: file => checkEdit(config, stories, file),
        applyChanges: async () => {
          await withdrawn()
          renewed()
          await store.notify()
        },
      },
    },
    log,
  )
  const tools = { paint: createPainter(), log }
  const slack = duties.slack && (await createSlackPlatform(config.slack!, tools))
  const discord = duties.discord && (await createDiscordPlatform(config.discord!, handle, store, tools))
  const preview = duties.preview
    ? await createPreviewPlatform(handle, tools, (key, reply) => {
        // What was typed at the prompt is answered there already.
        if (!key.includes(TERMINAL_KEY_PREFIX))
          terminal?.notify(`\nPosted in the channel:\n\n${toPlainText(reply)}\n`)
      })
    : undefined
  platforms.push(...[slack, discord, preview].filter(one => one !== undefined))
  if (config.metrics) {
    const { createMetrics } = await import('./metrics.ts')
    const { commands } = handle
    measured = createMetrics({
      ...{ store, library, commands, version, role },
      platforms: () => platforms,
      problems: stories.problems,
    })
  }

  const server = createWebServer({
    host: config.host,
    port: config.port,
    log,
    health: () => ({
      ok: true,
      version,
      role,
      content: { revision: library().revision, problems: stories.problems() },
      digests: duties.delivers
        ? (press.contentLease.reason() ?? 'delivered by this process')
        : 'left to workers',
      platforms: Object.fromEntries(platforms.map(platform => [platform.name, platform.state()])),
    }),
    ready: () => platforms.every(platform => platform.state().state === 'connected'),
    ...(measured && { metrics: measured.render }),
    ...(slack?.requestListener && { slack: slack.requestListener }),
    ...(preview && { preview: preview.app.fetch }),
  })
  /** Something else may be seen than before: digests, corrections and Discord's list of commands follow it. */
  const renewed = () => {
    if (duties.delivers) void press.refresh()
    if (duties.discord === 'listens') void discord?.register()
    // The first search builds its index: better now than under somebody's question.
    setImmediate(() => library().search('nutgraf'))
  }
  const unwatch = stories.watch({
    onChanged: problems => {
      const { revision } = library()
      if (problems.length > 0) {
        log.error({ problems }, 'content: the change is broken; the last good content stays in use')
        terminal?.notify(`The change is broken; the last good content stays in use:\n${problems.join('\n')}`)
      } else {
        log.info({ revision }, 'content: the new content is in use')
        terminal?.notify(`The content has changed; answers come from revision ${revision} now.`)
      }
      renewed()
    },
    onVisibleChanged: () => {
      log.info({ revision: library().revision }, 'content: a moment has passed at which it changes')
      renewed()
    },
    onFailed: cause => log.warn({ err: cause }, 'content: changes cannot be watched'),
  })

  // The desk may take a story down in another process.
  const unlisten = await store.listen(() => {
    const { revision } = library()
    withdrawn().then(
      () => library().revision !== revision && renewed(),
      cause => log.warn({ err: cause }, 'content: what was taken down could not be asked'),
    )
  })
  const stop = async () => {
    unwatch()
    await unlisten()
    terminal?.stop()
    await press.stop()
    await Promise.allSettled([...platforms.map(platform => platform.stop()), server.stop()])
    await store.close()
    letGo()
    return 0
  }

  const { port } = duties.serves ? await server.start() : { port: undefined }
  try {
    const handlers = { ...handle, publish, ...(measured && { countCall: measured.countCall }) }
    const started = Promise.all(
      platforms.map(platform =>
        platform.start(duties[platform.name as 'slack' | 'discord'] === 'posts' ? undefined : handlers),
      ),
    )
    const first = await Promise.race([started, stopped])
    if (typeof first === 'string') return await stop()
    if (duties.delivers) await press.start()
  } catch (cause) {
    await stop()
    throw cause
  }

  process.stdout.write(startupScreen({ version, role, config, platforms, library: library(), port, prompt }))
  if (prompt) terminal = await openTerminal(handle, publish)
  // The first search builds its index: better now than under somebody's question.
  setImmediate(() => library().search('nutgraf'))
  log.info({ signal: await stopped }, 'stopping')
  return await stop()
}

/** What would be wrong with the content if one of its files had another text, in lines. */
async function checkEdit(
  config: Config,
  stories: LiveContent,
  file: { path: string; text: string },
): Promise<string[]> {
  if (stories.problems().length > 0) return stories.problems()
  const { check } = await import('../check/check.ts')
  const edit = { ...file, digests: stories.library().digests }
  return (await check(config.contentDir, { staleDays: config.staleDays, edit })).problems.map(formatProblem)
}

type PlatformTools = { paint: Paint; log: Log }

async function createSlackPlatform({ token, ...more }: NonNullable<Config['slack']>, tools: PlatformTools) {
  const { createSlack } = await import('../platforms/slack/slack.ts')
  const { oneInstallation } = await import('../platforms/slack/installations.ts')
  return createSlack({ installations: oneInstallation(token), ...more, ...tools })
}

async function createDiscordPlatform(
  options: NonNullable<Config['discord']>,
  handle: Handler,
  store: Pick<Store, 'buttonLines'>,
  tools: PlatformTools,
) {
  const { createDiscord } = await import('../platforms/discord/discord.ts')
  const buttonLines = { save: store.buttonLines.save, find: store.buttonLines.find }
  return createDiscord({ ...options, commands: handle.commands, buttonLines, ...tools })
}

async function createPreviewPlatform(
  handle: Handler,
  tools: PlatformTools,
  onPost: (key: string, reply: Reply) => void,
) {
  const { createPreview } = await import('../platforms/preview/preview.ts')
  const { render: slack } = await import('../platforms/slack/render.ts')
  const { renderWithPicture: discord } = await import('../platforms/discord/pictures.ts')
  const draws: PlatformRenderer[] = [
    { name: 'Slack', render: slack },
    { name: 'Discord', render: discord },
  ]
  return createPreview({ draws, commands: handle.commands, onPost, ...tools })
}

async function openTerminal(handle: Handler, publish: Publish) {
  const { createTerminal } = await import('../platforms/preview/terminal.ts')
  return createTerminal({ ...handle, publish, input: process.stdin, output: process.stdout })
}

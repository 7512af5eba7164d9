import { join } from 'node:path'
import { plain } from '../chat/plain-text.ts'
import type { Draw, Log, Paint, Platform, Publish } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { keeper } from '../check/checked-cache.ts'
import { openStories, type Stories } from '../check/live-content.ts'
import { linesAt } from '../commands/digest/command-lines.ts'
import { type Handler, handler } from '../commands/handler.ts'
import type { Config } from '../config.ts'
import { problemLine } from '../content/story.ts'
import { presses } from '../delivery/pipeline.ts'
import { callOf, publishing } from '../delivery/publish.ts'
import { painting } from '../pictures/paint.ts'
import { TYPED } from '../platforms/preview/local-user.ts'
import type { Terminal } from '../platforms/preview/terminal.ts'
import { connect, holdData } from '../store/connect.ts'
import type { Store } from '../store/store.ts'
import { webServer } from '../web/server.ts'
import { createLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import { dutiesOf, type Role } from './roles.ts'
import { screen } from './startup-screen.ts'
import { stopSignal } from './stop-signal.ts'

/** Wires everything for `start`, and stops it in order. Resolves with the exit code once all of it has stopped. */
export async function bot(config: Config, version: string, role: Role): Promise<number> {
  const duties = dutiesOf(role, config)
  const prompt = duties.preview && process.stdin.isTTY && process.stdout.isTTY
  const log = createLog(config.logLevel, prompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  process.on('unhandledRejection', cause => log.error({ err: cause }, 'bot: a promise was left alone'))

  const stories = await openStories(config.contentDir, {
    keeper: keeper(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const { library } = stories
  const letGo = await holdData(config, () =>
    process.stdout.write(
      `Waiting for another nutgraf on ${config.dataDir} to stop, up to 30 s. Ctrl-C gives up; DATA_DIR names another folder.\n`,
    ),
  )
  const store = await connect(config, cause => log.warn({ err: cause }, 'store: a connection broke'))
  // Whoever holds the data directory is alone in it: that somebody has the content is the word of a killed process.
  if (config.databaseUrl === undefined) await store.letGo()
  // One after the other: an older answer of the store must not put a story back.
  let asking: Promise<unknown> = Promise.resolve()
  const withdrawn = () => {
    const mine = asking.then(async () => stories.withdraw(await store.withdrawals()))
    asking = mine.catch(() => {})
    return mine
  }
  await withdrawn()
  // Until here there is nothing to stop in order: a signal may end the process while it waits.
  const stopped = stopSignal()
  const platforms: Platform[] = []
  let terminal: Terminal | undefined
  let measured: Metrics | undefined
  const press = presses({
    store,
    library,
    platforms: () => platforms,
    lines: linesAt,
    // Answered anew from the content as it was, by a handler that looks at nothing else.
    redraw: (row, books) =>
      handler({ library: () => books, version, zone: config.zone }, log).attempt(callOf(row)),
    zone: config.zone,
    ...(config.deskPlace !== undefined && { deskPlace: config.deskPlace }),
    times: { requestMs: config.postTimeoutMs, leaseMs: config.postTimeoutMs * 2.5 },
    delivered: (row, outcome) => measured?.delivered(row, outcome),
    log,
  })
  const publish = publishing({
    platforms: () => platforms,
    ledger: { store, owner: press.owner, shown: press.shown },
    log,
  })
  const platform = (name: string) => platforms.find(one => one.name === name)
  const handle = handler(
    {
      library,
      version,
      zone: config.zone,
      digests: { store, publish, platform, log },
      repairs: store.causes,
      reports: { store, platform, log, ...(config.deskPlace !== undefined && { place: config.deskPlace }) },
      deskUsers: config.deskUsers,
      desk: {
        ...{ store, platform, log, contentDir: config.contentDir },
        problemsWith: file => problemsWith(config, stories, file),
        changed: async () => {
          await withdrawn()
          renewed()
          await store.notify()
        },
      },
    },
    log,
  )
  const tools = { paint: painting(), log }
  const slack = duties.slack && (await slackPlatform(config.slack!, tools))
  const discord = duties.discord && (await discordPlatform(config.discord!, handle, store, tools))
  const preview = duties.preview
    ? await previewPlatform(handle, tools, (key, reply) => {
        // What was typed at the prompt is answered there already.
        if (!key.includes(TYPED)) terminal?.notify(`\nPosted in the channel:\n\n${plain(reply)}\n`)
      })
    : undefined
  platforms.push(...[slack, discord, preview].filter(one => one !== undefined))
  if (config.metrics) {
    const { metrics } = await import('./metrics.ts')
    const { commands } = handle
    measured = metrics({
      ...{ store, library, commands, version, role },
      platforms: () => platforms,
      problems: stories.problems,
    })
  }

  const server = webServer({
    host: config.host,
    port: config.port,
    log,
    health: () => ({
      ok: true,
      version,
      role,
      content: { revision: library().revision, problems: stories.problems() },
      digests: duties.delivers ? (press.content.reason() ?? 'delivered by this process') : 'left to workers',
      platforms: Object.fromEntries(platforms.map(platform => [platform.name, platform.state()])),
    }),
    ready: () => platforms.every(platform => platform.state().state === 'connected'),
    ...(measured && { metrics: measured.text }),
    ...(slack?.requestListener && { slack: slack.requestListener }),
    ...(preview && { preview: preview.app.fetch }),
  })
  /** Something else may be seen than before: digests, corrections and Discord's list of commands follow it. */
  const renewed = () => {
    if (duties.delivers) void press.look()
    if (duties.discord === 'listens') void discord?.register()
    // The first search builds its index: better now than under somebody's question.
    setImmediate(() => library().search('nutgraf'))
  }
  const unwatch = stories.watch({
    changed: problems => {
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
    opened: () => {
      log.info({ revision: library().revision }, 'content: a moment has passed at which it changes')
      renewed()
    },
    failed: cause => log.warn({ err: cause }, 'content: changes cannot be watched'),
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
    const handlers = { ...handle, publish, ...(measured && { counted: measured.counted }) }
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

  process.stdout.write(screen({ version, role, config, platforms, library: library(), port, prompt }))
  if (prompt) terminal = await openTerminal(handle, publish)
  // The first search builds its index: better now than under somebody's question.
  setImmediate(() => library().search('nutgraf'))
  log.info({ signal: await stopped }, 'stopping')
  return await stop()
}

/** What would be wrong with the content if one of its files had another text, in lines. */
async function problemsWith(
  config: Config,
  stories: Stories,
  file: { path: string; text: string },
): Promise<string[]> {
  if (stories.problems().length > 0) return stories.problems()
  const { check } = await import('../check/check.ts')
  const edit = { ...file, digests: stories.library().digests }
  return (await check(config.contentDir, { staleDays: config.staleDays, edit })).problems.map(problemLine)
}

type Tools = { paint: Paint; log: Log }

async function slackPlatform({ token, ...more }: NonNullable<Config['slack']>, tools: Tools) {
  const { slack } = await import('../platforms/slack/slack.ts')
  const { oneInstallation } = await import('../platforms/slack/installations.ts')
  return slack({ installations: oneInstallation(token), ...more, ...tools })
}

async function discordPlatform(
  options: NonNullable<Config['discord']>,
  handle: Handler,
  store: Pick<Store, 'keepLines' | 'keptLine'>,
  tools: Tools,
) {
  const { discord } = await import('../platforms/discord/discord.ts')
  const lines = { keep: store.keepLines, line: store.keptLine }
  return discord({ ...options, commands: handle.commands, lines, ...tools })
}

async function previewPlatform(handle: Handler, tools: Tools, posted: (key: string, reply: Reply) => void) {
  const { preview } = await import('../platforms/preview/browser.ts')
  const { render: slack } = await import('../platforms/slack/render.ts')
  const { renderWithPicture: discord } = await import('../platforms/discord/pictures.ts')
  const draws: Draw[] = [
    { name: 'Slack', draw: slack },
    { name: 'Discord', draw: discord },
  ]
  return preview({ draws, commands: handle.commands, posted, ...tools })
}

async function openTerminal(handle: Handler, publish: Publish) {
  const { terminal } = await import('../platforms/preview/terminal.ts')
  return terminal({ ...handle, publish, input: process.stdin, output: process.stdout })
}

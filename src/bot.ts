import { join } from 'node:path'
import { type Handler, handler } from './commands/answer.ts'
import type { Config } from './config.ts'
import { problemLine } from './content/story.ts'
import { createLog } from './log.ts'
import { openStories } from './newsroom.ts'
import type { Draw, Log, Platform } from './platform.ts'
import type { Terminal } from './preview/terminal.ts'
import { publishing } from './publish.ts'
import { screen } from './screen.ts'
import { stopSignal } from './stop.ts'
import { webServer } from './web/server.ts'

/** Wires everything for `start`, and stops it in order. Resolves with the exit code once all of it has stopped. */
export async function bot(config: Config, version: string): Promise<number> {
  const stopped = stopSignal()
  const prompt = config.preview && process.stdin.isTTY && process.stdout.isTTY
  const log = createLog(config.logLevel, prompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  process.on('unhandledRejection', cause => log.error({ err: cause }, 'bot: a promise was left alone'))
  const stories = await openStories(config.contentDir)
  const handle = handler({ library: stories.library, version, zone: config.zone }, log)

  const slack = config.slack && (await slackPlatform(config.slack, log))
  const discord = config.discord && (await discordPlatform(config.discord, handle, log))
  const preview = config.preview ? await previewPlatform(handle, log) : undefined
  const platforms: Platform[] = [slack, discord, preview].filter(one => one !== undefined)
  let terminal: Terminal | undefined
  const publish = publishing(() => platforms, log)
  const server = webServer({
    host: config.host,
    port: config.port,
    log,
    health: () => ({
      ok: true,
      version,
      content: { revision: stories.library().revision, problems: stories.problems().map(problemLine) },
      platforms: Object.fromEntries(platforms.map(platform => [platform.name, platform.state()])),
    }),
    ready: () => platforms.every(platform => platform.state().state === 'connected'),
    ...(slack?.requestListener && { slack: slack.requestListener }),
    ...(preview && { preview: preview.app.fetch }),
  })
  const unwatch = stories.watch(
    problems => {
      const lines = problems.map(problemLine)
      if (lines.length > 0) {
        log.error({ problems: lines }, 'content: the change is broken; the last good content stays in use')
        terminal?.notify(`The change is broken; the last good content stays in use:\n${lines.join('\n')}`)
        return
      }
      const { revision } = stories.library()
      log.info({ revision }, 'content: the new content is in use')
      terminal?.notify(`The content has changed; answers come from revision ${revision} now.`)
      void discord?.register()
    },
    cause => log.warn({ err: cause }, 'content: changes cannot be watched'),
  )

  const stop = async () => {
    unwatch()
    terminal?.stop()
    await Promise.allSettled([...platforms.map(platform => platform.stop()), server.stop()])
    return 0
  }

  const { port } = await server.start()
  try {
    const handlers = { answer: handle.answer, suggest: handle.suggest, publish }
    const started = Promise.all(platforms.map(platform => platform.start(handlers)))
    const first = await Promise.race([started, stopped])
    if (typeof first === 'string') return await stop()
  } catch (cause) {
    await stop()
    throw cause
  }

  process.stdout.write(screen({ version, config, platforms, library: stories.library(), port }))
  if (prompt) terminal = await openTerminal(handle, publish)
  log.info({ signal: await stopped }, 'stopping')
  return await stop()
}

async function slackPlatform({ token, ...more }: NonNullable<Config['slack']>, log: Log) {
  const { slack } = await import('./slack/slack.ts')
  const { oneInstallation } = await import('./slack/installations.ts')
  return slack({ installations: oneInstallation(token), ...more, log })
}

async function discordPlatform(options: NonNullable<Config['discord']>, handle: Handler, log: Log) {
  const { discord } = await import('./discord/discord.ts')
  return discord({ ...options, commands: handle.commands, log })
}

async function previewPlatform(handle: Handler, log: Log) {
  const { preview } = await import('./preview/browser.ts')
  const { render: slack } = await import('./slack/render.ts')
  const { render: discord } = await import('./discord/render.ts')
  const draws: Draw[] = [
    { name: 'Slack', draw: slack },
    { name: 'Discord', draw: discord },
  ]
  return preview({ draws, log, commands: handle.commands })
}

async function openTerminal(handle: Handler, publish: ReturnType<typeof publishing>) {
  const { terminal } = await import('./preview/terminal.ts')
  return terminal({ ...handle, publish, input: process.stdin, output: process.stdout })
}

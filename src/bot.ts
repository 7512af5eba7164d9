import { join } from 'node:path'
import { type Handler, handler } from './commands/answer.ts'
import type { Config } from './config.ts'
import { problemLine } from './content/story.ts'
import { createLog } from './log.ts'
import { openStories, type Stories } from './newsroom.ts'
import type { Log, Platform } from './platform.ts'
import { publishing } from './publish.ts'
import { screen } from './screen.ts'
import { webServer } from './web/server.ts'

/** Wires everything for `start`, and stops it in order. Resolves with the exit code once all of it has stopped. */
export async function bot(config: Config, version: string): Promise<number> {
  const prompt = config.preview && process.stdin.isTTY && process.stdout.isTTY
  const log = createLog(config.logLevel, prompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  const stories = await openStories(config.contentDir)
  const handle = handler({ library: stories.library, version, zone: config.zone }, log)

  const slack = config.slack && (await slackPlatform(config.slack, log))
  const discord = config.discord && (await discordPlatform(config.discord, handle, log))
  const preview = config.preview ? await previewPlatform(handle, log) : undefined
  const platforms: Platform[] = [slack, discord, preview].filter(one => one !== undefined)
  const publish = publishing(() => platforms, log)

  const server = webServer({
    host: config.host,
    port: config.port,
    log,
    health: () => ({ ok: true, version, content: contentState(stories), platforms: states(platforms) }),
    ready: () => platforms.every(platform => platform.state().state === 'connected'),
    ...(slack?.requestListener && { slack: slack.requestListener }),
    ...(preview && { preview: preview.app.fetch }),
  })
  const { port } = await server.start()
  const stop = async () => {
    await Promise.allSettled(platforms.map(platform => platform.stop()))
    await server.stop()
  }
  try {
    await Promise.all(
      platforms.map(platform => platform.start({ answer: handle.answer, suggest: handle.suggest, publish })),
    )
  } catch (cause) {
    await stop()
    throw cause
  }

  const say = (text: string) => process.stdout.write(text)
  say(
    screen({
      version,
      config,
      platforms,
      library: stories.library(),
      address: `http://localhost:${port}`,
      warnings: warnings(config),
    }),
  )
  const terminal = prompt
    ? (await import('./preview/terminal.ts')).terminal({
        answer: handle.answer,
        commands: handle.commands,
        input: process.stdin,
        output: process.stdout,
      })
    : undefined
  const unwatch = stories.watch(
    problems => {
      const lines = problems.map(problemLine)
      if (problems.length === 0)
        log.info({ revision: stories.library().revision }, 'content: the new content is in use')
      else log.error({ problems: lines }, 'content: the change is broken; the last good content stays in use')
      if (problems.length > 0)
        terminal?.notify(`The content is broken; the last good content stays in use:\n${lines.join('\n')}`)
      else
        discord
          ?.register()
          .catch((cause: unknown) => log.warn({ err: cause }, 'discord: commands were not registered'))
    },
    cause => log.warn({ err: cause }, 'content: changes cannot be watched'),
  )

  const signal = await stopSignal()
  log.info({ signal }, 'stopping')
  unwatch()
  terminal?.stop()
  await stop()
  return 0
}

import type { Platform } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import { assembleBot, type Bot, type Identity, warmSearch } from './assemble.ts'
import { watchContentChanges } from './content-changes.ts'
import { leaveSilentStore } from './leave-silent-store.ts'
import { letNewSpaceGrow } from './new-space.ts'
import { type OpenBot, openBot } from './open.ts'
import { openTerminal } from './platforms.ts'
import { dutiesFor, type Role } from './roles.ts'
import { type Starting, startPlatforms } from './start-platforms.ts'
import { startupScreen } from './startup-screen.ts'
import { listenForStopSignal } from './stop-signal.ts'
import { createWaitingRoom } from './waiting-room.ts'

/**
 * How a process was started: its role, whether npm and a shell stand between it and whoever stops it, and whether it shows
 * the sample feed.
 */
export type Launch = { role: Role; underNpm: boolean; sampleFeed?: boolean }

/** Runs `start`: opens, makes the platforms, watches, starts, and stops in order. Resolves with the exit code. */
export async function runBot(
  config: Config,
  version: string,
  { role, underNpm, sampleFeed }: Launch,
): Promise<number> {
  const duties = dutiesFor(role, config)
  if (sampleFeed && !duties.preview)
    throw new Error('--sample-feed shows its reports on the preview page, which is off: set PREVIEW=1')
  const hasPrompt = duties.preview && process.stdin.isTTY && process.stdout.isTTY

  const waitingRoom = createWaitingRoom(config, { serves: duties.serves, version, role })
  // From the beginning: the first process of a container ignores every signal that it does not listen for.
  const stopSignal = listenForStopSignal({ underNpm })
  const opening = openBot(config, { hasPrompt, onWait: waitingRoom.wait })
  const opened = await Promise.race([opening, stopSignal])
  // Nothing has been taken in, so there is nothing to stop in order.
  if (typeof opened === 'string') return 0
  void stopSignal.then(() => leaveSilentStore(opened.store))
  await waitingRoom.leave()
  const sample = sampleFeed ? await openSample(config, opened) : undefined
  const open: OpenBot = sample ? { ...opened, stories: sample.stories } : opened
  const identity: Identity = { config: sample?.settings ?? config, version, role, duties }
  const bot = await assembleBot(open, identity)
  const unwatch = await watchContentChanges(open, {
    notify: sentence => bot.terminal?.notify(sentence),
    onChange: bot.onContentChange,
    onLooked: bot.lookAfterDocuments,
  })
  await bot.followedWire.start()
  const { port } = duties.serves ? await bot.server.start() : { port: undefined }
  const starting = connect(open, bot, identity)
  const stop = async () => {
    const hasLeft = leaveSilentStore(open.store)
    starting.stop()
    await sample?.stop()
    return await stopBot(open, bot, unwatch).finally(hasLeft)
  }
  try {
    const signal = await Promise.race([starting.looked, starting.refused, stopSignal])
    if (signal !== undefined) return await stop()
    if (duties.delivers) await bot.pipeline.start()
    bot.wire?.start()

    const library = open.stories.library()
    const facts = {
      version,
      role,
      config,
      platforms: bot.platforms,
      library,
      port,
      prompt: hasPrompt,
      sampleFeed,
    }
    process.stdout.write(startupScreen(facts))
    letNewSpaceGrow()
    if (hasPrompt) bot.terminal = await openTerminal(bot.handler, bot.publish)
    warmSearch(open)
    open.log.info({ signal: await Promise.race([stopSignal, starting.refused]) }, 'bot: stopping')
  } catch (cause) {
    await stop()
    throw cause
  }
  return await stop()
}

/** Its code is loaded where somebody asks for it: nobody needs it twice. */
async function openSample(config: Config, open: OpenBot) {
  const { startSampleFeed } = await import('./sample/sample-feed.ts')
  return startSampleFeed(config, open)
}

/** Connects the platforms. One that only posts gets no handlers: another process answers what people type there. */
function connect(
  { log }: OpenBot,
  { handler, publish, metrics, platforms }: Bot,
  { duties }: Identity,
): Starting {
  const handlers = { ...handler, publish, countCall: metrics?.countCall }
  const onlyPosts = ({ name }: Platform) =>
    duties[name as 'slack' | 'discord'] === 'posts' || name === 'webhook'
  return startPlatforms(platforms, platform => (onlyPosts(platform) ? undefined : handlers), { log })
}

/** Stops taking in first, then what is under way, then what both work on. */
async function stopBot(open: OpenBot, bot: Bot, unwatch: () => Promise<void>): Promise<number> {
  await unwatch()
  bot.terminal?.stop()
  bot.storeWatch.stop()
  await bot.wire?.stop()
  await bot.followedWire.stop()
  await bot.pipeline.stop()
  await Promise.allSettled([...bot.platforms.map(platform => platform.stop()), bot.server.stop()])
  await open.close()
  return 0
}

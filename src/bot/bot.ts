import type { Platform } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import { assembleBot, type Bot, type Identity, warmSearch } from './assemble.ts'
import { watchContentChanges } from './content-changes.ts'
import { type OpenBot, openBot } from './open.ts'
import { openTerminal } from './platforms.ts'
import { dutiesFor, type Role } from './roles.ts'
import { type Starting, startPlatforms } from './start-platforms.ts'
import { startupScreen } from './startup-screen.ts'
import { listenForStopSignal } from './stop-signal.ts'
import { createWaitingRoom } from './waiting-room.ts'

/** How a process was started: its role, and whether npm and a shell stand between it and whoever stops it. */
export type Launch = { role: Role; underNpm: boolean }

/** Runs `start`: opens, makes the platforms, watches, starts, and stops in order. Resolves with the exit code. */
export async function runBot(config: Config, version: string, { role, underNpm }: Launch): Promise<number> {
  const duties = dutiesFor(role, config)
  const identity: Identity = { config, version, role, duties }
  const hasPrompt = duties.preview && process.stdin.isTTY && process.stdout.isTTY

  const waitingRoom = createWaitingRoom(config, { serves: duties.serves, version, role })
  // From the beginning: the first process of a container ignores every signal that it does not listen for.
  const stopSignal = listenForStopSignal({ underNpm })
  const opening = openBot(config, { hasPrompt, onWait: waitingRoom.wait })
  const open = await Promise.race([opening, stopSignal])
  // Nothing has been taken in, so there is nothing to stop in order.
  if (typeof open === 'string') return 0
  await waitingRoom.leave()
  const bot = await assembleBot(open, identity)
  const unwatch = await watchContentChanges(open, {
    notify: sentence => bot.terminal?.notify(sentence),
    onChange: bot.onContentChange,
  })
  const { port } = duties.serves ? await bot.server.start() : { port: undefined }
  const starting = connect(open, bot, identity)
  const stop = () => {
    starting.stop()
    return stopBot(open, bot, unwatch)
  }
  try {
    const signal = await Promise.race([starting.looked, starting.refused, stopSignal])
    if (signal !== undefined) return await stop()
    if (duties.delivers) await bot.pipeline.start()

    const library = open.stories.library()
    const facts = { version, role, config, platforms: bot.platforms, library, port, prompt: hasPrompt }
    process.stdout.write(startupScreen(facts))
    if (hasPrompt) bot.terminal = await openTerminal(bot.handler, bot.publish)
    warmSearch(open)
    open.log.info({ signal: await Promise.race([stopSignal, starting.refused]) }, 'bot: stopping')
  } catch (cause) {
    await stop()
    throw cause
  }
  return await stop()
}

/** Connects the platforms. One that only posts gets no handlers: another process answers what people type there. */
function connect(
  { log }: OpenBot,
  { handler, publish, metrics, platforms }: Bot,
  { duties }: Identity,
): Starting {
  const handlers = { ...handler, publish, countCall: metrics?.countCall }
  const onlyPosts = ({ name }: Platform) => duties[name as 'slack' | 'discord'] === 'posts'
  return startPlatforms(platforms, platform => (onlyPosts(platform) ? undefined : handlers), { log })
}

/** Stops taking in first, then what is under way, then what both work on. */
async function stopBot(open: OpenBot, bot: Bot, unwatch: () => Promise<void>): Promise<number> {
  await unwatch()
  bot.terminal?.stop()
  bot.storeWatch.stop()
  await bot.pipeline.stop()
  await Promise.allSettled([...bot.platforms.map(platform => platform.stop()), bot.server.stop()])
  await open.close()
  return 0
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { connect } from '../../../src/store/connect.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { digestFile } from '../../support/content/digest-file.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { dailySubscription, minutesAgo } from '../../support/delivery/due-rows.ts'
import { CHANNEL, DANA, GUILD, type OptionValues } from '../../support/discord/payloads.ts'
import { startDiscord } from '../../support/loopback/discord.ts'
import { addressOf, startBot, temporaryFolder } from '../../support/start-process.ts'

const THREAD = '300000000000000020'
const PLACE: Place = `discord:${GUILD}/${THREAD}`
/** More stories than the first message of an edition has room for. */
const SLUGS = ['pier', 'quay', 'dock', 'lock', 'weir', 'ford']

const WAIT = { timeout: 15_000, interval: 50 }

/** Starts a bot, as a process, whose digest has just been posted in a thread: a message, and its continuation under it. */
async function startBotInThread() {
  const loopback = await startDiscord()
  loopback.threads.set(THREAD, CHANNEL)
  const content = await createContentFolder(
    ...SLUGS.map(slug => storyFiles(slug, { meta: { title: `The ${slug}` } })),
    [digestFile([{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }])],
  )
  const dataDir = temporaryFolder()
  const store = await connect({ dataDir }, () => {})
  await store.subscriptions.save([dailySubscription(PLACE, minutesAgo(1))])
  await store.close()
  const bot = startBot({
    DISCORD_TOKEN: loopback.token,
    DISCORD_API_URL: loopback.apiUrl,
    DESK_USERS: `discord:${DANA.id}`,
    CONTENT_DIR: content,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
  })
  await addressOf(bot)
  await expect.poll(() => loopback.messages.length, { timeout: 20_000 }).toBe(2)
  return { loopback, bot, content }
}

test('corrections reach both messages of a digest in a thread that was archived since; where it is locked, once it is unlocked', {
  timeout: 60_000,
}, async () => {
  const { loopback, bot, content } = await startBotInThread()
  const ask = async (path: string, values: OptionValues = {}): Promise<string> =>
    (await loopback.command(path, values)).data.content
  const first = () => loopback.messages.find(message => !message.message_reference)!.content
  const continuation = () => loopback.messages.find(message => message.message_reference)!.content
  const wakings = () => loopback.callsTo('PATCH /channels/:id').map(({ body }) => body)
  const entry = { part: 'label', was: 'developing', now: 'settled', why: 'It is open.' }
  const correct = (slug: string) => ask('/desk correct', { ...entry, part: `${slug}/label`, confirm: true })
  const corrected =
    /^(?:.*\n)?-# .*\n\*\*CORRECTED\*\* .* · was: developing · now: settled · why: It is open\.\n/

  loopback.threadStates.set(THREAD, { archived: true })
  expect(await correct('pier')).toContain('Messages are being corrected')
  await expect.poll(continuation, WAIT).toMatch(corrected)
  expect(first()).not.toContain('CORRECTED')

  loopback.threadStates.set(THREAD, { archived: true })
  const file = join(content, 'stories/dock/corrections.yml')
  writeFileSync(file, JSON.stringify([{ on: '2026-05-06', ...entry }]))
  await expect.poll(first, WAIT).toMatch(corrected)
  expect(wakings()).toEqual([{ archived: false }, { archived: false }])

  loopback.threadStates.set(THREAD, { archived: true, locked: true })
  await correct('quay')
  await expect.poll(() => ask('/desk retry'), WAIT).toContain('A moderator can unlock it.')
  expect(continuation().match(/now: settled/g)).toHaveLength(1)
  loopback.threadStates.set(THREAD, { archived: true })
  const key = /quay\/correction:\w+/.exec(await ask('/desk retry'))![0]
  await ask('/desk retry', { key })
  await expect.poll(() => continuation().match(/now: settled/g)?.length, WAIT).toBe(2)

  // Nothing was posted in place of an edit.
  expect(loopback.messages).toHaveLength(2)
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  await loopback.close()
})

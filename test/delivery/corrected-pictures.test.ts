import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Platform } from '../../src/chat/platform.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { createLibrary } from '../../src/content/library.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { visibleAt } from '../../src/content/visible.ts'
import { createPipeline } from '../../src/delivery/pipeline.ts'
import { createPublish, publishedCall } from '../../src/delivery/publish.ts'
import { createPainter } from '../../src/pictures/painter.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { QUOTE, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { discordPlatformFor } from '../support/discord/connected-platform.ts'
import { APP } from '../support/discord/payloads.ts'
import { type Loopback as Discord, startDiscord } from '../support/loopback/discord.ts'
import { type Loopback as Slack, startSlack } from '../support/loopback/slack.ts'
import { recordingLog } from '../support/recording-log.ts'
import { slackPlatformFor } from '../support/slack/connected-platform.ts'
import { temporaryFolder } from '../support/start-process.ts'

let slack: Slack
let discord: Discord
beforeAll(async () => {
  ;[slack, discord] = await Promise.all([startSlack(), startDiscord()])
  // Edits are counted here, and one that shows a file too early would count twice.
  slack.files.processing.usualMs = 0
})
afterAll(() => Promise.all([slack.close(), discord.close()]))

const vote = (day: string) => ({
  ...{ id: 'vote', date: '2026-05-04', text: `The council votes on ${day}.`, major: true },
  ...{ confidence: 'high', sources: [1] },
})
const FIRST: StoryFields = { quotes: [QUOTE], timeline: [vote('WEDNESDAY')] }
const entry = (part: string, was: string, now: string) => ({
  ...{ on: '2026-05-05', part, was, now, why: 'Misread.' },
})
const CORRECTED: StoryFields = {
  quotes: [{ ...QUOTE, role: 'Acting mayor' }],
  timeline: [vote('Thursday')],
  corrections: [
    entry('quote:mayor-1', 'Mayor at the time', 'acting mayor'),
    entry('event:vote', 'Mittwoch', 'Donnerstag'),
  ],
}
const WITHDRAWN: StoryFields = {
  ...CORRECTED,
  meta: { withdrawn: { on: '2026-05-06', reason: 'The source took its report back.' } },
}

/** A message as its readers see it: its words, and the picture in it. */
type Seen = { words: string; edits: number; alt?: string; file?: string; bytes?: Buffer }

const onSlack = (): Seen[] =>
  slack.messages.map(message => {
    const shown = slack.files.fileShownIn(message)
    const image = message.blocks.find((block: { type: string }) => block.type === 'image')
    return {
      words: message.text,
      edits: slack.callsTo('chat.update').filter(({ args }) => args.ts === message.ts).length,
      ...(shown?.bytes && { alt: String(image?.alt_text), file: shown.id, bytes: shown.bytes }),
    }
  })

const onDiscord = (): Seen[] =>
  discord.messages
    .filter(({ author }) => author.id === APP)
    .map(({ id, content, attachments = [] }) => {
      expect(attachments.length).toBeLessThanOrEqual(1)
      const [picture] = attachments
      return {
        words: content,
        edits: discord
          .callsTo('PATCH /channels/:id/messages/:id')
          .filter(({ path }) => path.endsWith(`/${id}`)).length,
        ...(picture && { alt: picture.description, file: picture.id, bytes: picture.bytes }),
      }
    })

function content(written: StoryFields) {
  const loaded = loadContent(storyFiles('bridge', written))
  expect(loaded.problems).toEqual([])
  const { stories, revision, digests, withdrawn } = visibleAt(loaded, Date.parse('2026-06-01T12:00:00Z'))
  return createLibrary(stories, revision, digests, withdrawn)
}

/** Starts a bot on both platforms, whose stories are changed by hand. */
async function newsroom(first: StoryFields) {
  let current = content(first)
  const log = recordingLog()
  const store = await openStore(createSqliteEngine(`${temporaryFolder()}/db`, { pollMs: 20 }))
  const paint = createPainter()
  const pipeline = createPipeline({
    ...{
      store,
      library: () => current,
      platforms: () => platforms,
      commandLines: commandLinesFor,
      zone: 'UTC',
      log,
    },
    redraw: (row, past) =>
      createHandler({ library: () => past, version: 'test', zone: 'UTC' }, log).answerOrThrow(
        publishedCall(row),
      ),
    size: { sweepMs: 200 },
  })
  const publish = createPublish({
    platforms: () => platforms,
    ledger: { store, owner: pipeline.owner, shownRevisions: pipeline.shownRevisions },
    log,
  })
  const handle = createHandler({ library: () => current, version: 'test', zone: 'UTC' }, log)
  // Without this, edits would wait for each other.
  const hasty = (platform: Platform): Platform => Object.assign(platform, { pace: undefined })
  const platforms = [
    hasty(slackPlatformFor(slack, { log, appToken: slack.appToken, paint })),
    hasty(discordPlatformFor(discord, { log, commands: handle.commands, paint })),
  ]
  await Promise.all([pipeline.start(), ...platforms.map(platform => platform.start({ ...handle, publish }))])
  return {
    log,
    write: (written: StoryFields) => {
      current = content(written)
      return pipeline.refresh()
    },
    stop: async () => {
      await pipeline.stop()
      await Promise.all(platforms.map(platform => platform.stop()))
      await store.close()
    },
  }
}

test('a card and a chart that were posted change with what they show, and end with the story', async () => {
  const { log, write, stop } = await newsroom(FIRST)
  const messages = (): Seen[] => [...onSlack(), ...onDiscord()]
  const until = (matches: (message: Seen) => boolean, count = 4) =>
    expect.poll(() => messages().filter(matches), { timeout: 20_000, interval: 20 }).toHaveLength(count)
  const shown = ({ alt }: Seen) => alt !== undefined
  const mention = { type: 'app_mention', text: '<@UBOT> bridge timeline --chart' }
  await Promise.all([
    slack.command('/quote example --card --public'),
    slack.deliver('events_api', slack.event(mention)),
  ])
  // A command on Discord does not wait for a picture that is only begun now, so it must be painted already.
  await until(shown, 2)
  discord.say(`<@${APP}> bridge timeline --chart`)
  await discord.press('run:/quote example --card --public')
  await until(shown)
  const before = messages()
  const chart = ({ alt, words }: Seen) => (alt ?? words).includes('votes on')
  expect(before.map(({ edits }) => edits)).toEqual([0, 0, 0, 0])
  for (const message of before)
    expect(message.alt).toContain(chart(message) ? 'votes on WEDNESDAY' : 'Mayor at the time')

  await write(CORRECTED)
  await until(({ edits }) => edits === 1)
  await until(({ words }) => words.includes('CORRECTED'))
  const after = messages()
  for (const [index, { words, alt, file, bytes }] of after.entries()) {
    const old = before[index]!
    const [wrong, right, line] = chart(old)
      ? ['WEDNESDAY', 'votes on Thursday', 'was: Mittwoch · now: Donnerstag · why: Misread.']
      : ['Mayor at the time', 'Acting mayor', 'was: Mayor at the time · now: acting mayor · why: Misread.']
    expect(words).toContain(line)
    // Discord shows a chart by its picture alone, whose words are its description.
    expect(`${words.replace(line, '')} ${alt}`).toContain(right)
    expect(words.replace(line, '')).not.toContain(wrong)
    expect(alt).toContain(right)
    expect(alt).not.toContain(wrong)
    expect(alt).toContain('corrected 5 May 2026')
    expect(file).not.toBe(old.file)
    expect(bytes?.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes).not.toEqual(old.bytes)
  }

  await write(WITHDRAWN)
  await until(({ words }) => words.includes('The source took its report back.'))
  for (const { words, alt, edits } of messages()) {
    expect(words).not.toMatch(/Thursday|mayor/)
    expect(alt).toBeUndefined()
    expect(edits).toBe(2)
  }
  expect(slack.callsTo('chat.postMessage')).toHaveLength(2)
  expect(discord.callsTo('POST /channels/:id/messages')).toHaveLength(2)
  expect(log.text()).toBe('')
  await stop()
})

import './pseudo-language.ts'
import type { Call, Log, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { allLines } from '../../../src/check/all-lines.ts'
import { sampleEditions } from '../../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { STORY_VERBS } from '../../../src/content/story.ts'
import { DAYS } from '../../../src/digests/slots.ts'
import { zoneCities } from '../../../src/digests/zones.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { runCleanups } from '../after-each.ts'
import { discordPlatformFor } from '../discord/connected-platform.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'
import { NOON } from '../noon.ts'
import { slackPlatformFor } from '../slack/connected-platform.ts'
import { collectDeskReplies } from './desk-replies.ts'
import { collectDigestResults } from './digest-results.ts'
import { collectDiscordTexts } from './discord-texts.ts'
import { findEnglish } from './find-english.ts'
import {
  createForeignBot,
  createForeignPlatform,
  EDITOR,
  foreignLibrary,
  GUEST,
  PLACE,
} from './foreign-bot.ts'
import { toForeign } from './foreign-words.ts'
import { DIGEST_LINES, ODD_LINES, quotedLines, REPORT_LINES } from './lines-to-ask.ts'
import { offeredValues } from './offered-values.ts'
import { collectSlackTexts } from './slack-texts.ts'

/**
 * Lets the bot say everything it can say in the pseudo-language, and prints as JSON what was English all the same.
 */

/** English that is not from the catalogue, with the line that it answered. */
const found = new Map<string, string>()
/** Errors on the way. */
const wrong: string[] = []
/** Every reply or message heard so far, as JSON. */
const heard = new Set<string>()
/** Words that may be English: names that are typed are repeated in sentences. */
const allowed = new Set<string>([
  ...'nutgraf Slack Discord UTC GMT Dana dana general Loopback'.split(' '),
  ...[...STORY_VERBS, ...DAYS, ...zoneCities().flatMap(city => city.split(' '))],
  ...foreignLibrary.stories.flatMap(({ slug, sections }) => [slug, ...sections.map(({ name }) => name)]),
  ...foreignLibrary.digests.map(({ name }) => name),
  ...foreignLibrary.withdrawn.map(({ slug }) => slug),
  // Words for days are offered as they are typed.
  ...'today yesterday monday weekdays daily weekends'.split(' '),
])

function hear(typed: string, content: object) {
  if (!isNew(content)) return
  noteEnglish(typed, content)
}

function noteEnglish(typed: string, content: object) {
  for (const text of findEnglish(content, allowed)) if (!found.has(text)) found.set(text, typed)
}

/** Hears a reply and what each platform draws of it, without the lines to type: they do not look like code everywhere. */
function hearReply(typed: string, reply: Reply) {
  if (!isNew(reply)) return
  noteEnglish(typed, reply)
  for (const render of [renderSlack, renderDiscord]) {
    try {
      hear(typed, render(withoutCode(reply)))
    } catch (cause) {
      // The brackets alone can make a message too long.
      if (!/at most/.test(String(cause))) wrong.push(`${typed}: ${cause}`)
    }
  }
}

function isNew(content: object): boolean {
  const count = heard.size
  return heard.add(JSON.stringify(content)).size > count
}

const withoutCode = (reply: Reply): Reply =>
  JSON.parse(JSON.stringify(reply), (key, value) =>
    (key === 'code' || key === 'asked') && typeof value === 'string' ? toForeign(value) : value,
  )

const ignore = () => {}
const log: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: (details, message) => void wrong.push(`${message} ${(details as { err?: Error }).err?.stack}`),
}

const fakes = { slack: createForeignPlatform('slack'), discord: createForeignPlatform('discord') }
const bot = await createForeignBot([fakes.slack.platform, fakes.discord.platform], log)
for (const { name, subcommands = [] } of bot.handle.commands())
  for (const word of [name, ...subcommands.map(subcommand => subcommand.name)]) allowed.add(word)
const digest = foreignLibrary.digests[0]!.name
const onServer = { place: 'discord:1/2' as const }
const STRANGER = { ...onServer, caller: { ...EDITOR, id: 'discord:6', rights: [] } }
const say = async (typed: string, call: Partial<Call> = {}) => hearReply(typed, await bot.ask(typed, call))

// Answers about single sources are all alike: the first nine are enough.
const usualLines = allLines(foreignLibrary).filter(line => !/ sources #\d\d/.test(line))
for (const typed of [...usualLines, ...foreignLibrary.stories.slice(0, 2).flatMap(quotedLines)])
  await say(typed)
await say('/nutgraf help', { place: 'preview:local' })
for (const typed of ODD_LINES) {
  await say(typed)
  await say(typed, { audience: 'place', fromButton: true, ...onServer })
}
for (const call of [
  {},
  { ...onServer, caller: { ...EDITOR, id: 'discord:5', rights: ['manage' as const] } },
  STRANGER,
  { ...STRANGER, audience: 'place' as const },
  { caller: GUEST },
])
  for (const typed of DIGEST_LINES) await say(typed.replace('NAME', digest), call)
for (const typed of REPORT_LINES) await say(typed)
for (const typed of REPORT_LINES.filter(line => / o(?:n|ff)/.test(line)))
  for (const call of [{ caller: GUEST }, { caller: EDITOR, place: 'slack:T1/D1' as const }, STRANGER])
    await say(typed, call)
await collectDigestResults(bot, hearReply)
await collectDeskReplies(bot, hearReply)

// A bot without a store, as `ask` has it, and a bot with an error in its library.
const call: Call = { command: '', text: '', place: PLACE, caller: EDITOR, audience: 'caller', at: NOON }
const settings = { library: () => foreignLibrary, version: '1', zone: 'UTC', deskUsers: [EDITOR.id] }
const withoutStore = createHandler(settings, log)
for (const typed of [
  '/digest on',
  '/desk',
  '/nutgraf report',
  '/nutgraf report Ա',
  '/nutgraf help',
  '/lawsuit follow',
])
  hearReply(typed, await withoutStore.answer({ ...call, ...splitCommand(typed) }))
const fail = () => {
  throw new Error('gone')
}
const broken = createHandler(
  { ...settings, library: () => ({ ...foreignLibrary, allSpeakers: fail }) },
  { ...log, error: ignore },
)
hearReply('/quote', await broken.answer({ ...call, command: 'quote' }))

for (const { what, offers } of offeredValues(bot.handle)) hear(what, offers)
for (const placePrefix of ['slack:T1/', 'slack:T9/'])
  hear('an overview', await bot.handle.overview({ placePrefix, at: NOON, placeName: async () => undefined }))

// The first is posted; the second is in the channel already, and the third comes too soon.
for (const [text, key] of [
  ['summary --public', '1'],
  ['summary --public', '2'],
  ['status --public', '3'],
] as const) {
  const shared = { ...call, command: 'lawsuit', text }
  const result = await bot.publish(shared, await bot.handle.answer(shared), { key })
  if ('problem' in result) hearReply(text, result.problem)
}
for (const { posts } of Object.values(fakes)) for (const post of posts) hearReply('a post', post)
for (const place of [PLACE, onServer.place])
  for (const { reply, variant } of sampleEditions(foreignLibrary, commandLinesFor(place)))
    hearReply(variant, reply)
await bot.store.close()

const quietLog: Log = { ...log, error: ignore }
const loopbacks = { slack: await startSlack(), discord: await startDiscord() }
const platforms = {
  slack: slackPlatformFor(loopbacks.slack, { log: quietLog, appToken: loopbacks.slack.appToken }),
  discord: discordPlatformFor(loopbacks.discord, {
    log: quietLog,
    commands: () => connected.handle.commands(),
  }),
}
const connected = await createForeignBot(Object.values<Platform>(platforms), quietLog)
await collectSlackTexts({ loopback: loopbacks.slack, platform: platforms.slack, ...connected }, hear)
await collectDiscordTexts({ loopback: loopbacks.discord, platform: platforms.discord, ...connected }, hear)
await connected.store.close()

await runCleanups()
const english = [...found].map(([text, typed]) => `${typed}: ${text}`)
process.stdout.write(JSON.stringify({ heard: heard.size, wrong, english }))

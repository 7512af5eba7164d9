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
import { render as discord } from '../../../src/platforms/discord/render.ts'
import { render as slack } from '../../../src/platforms/slack/render.ts'
import { runCleanups } from '../after-each.ts'
import { discordPlatformFor } from '../discord/connected-platform.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'
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
  NOON,
  PLACE,
} from './foreign-bot.ts'
import { toForeign } from './foreign-words.ts'
import { DIGEST_LINES, ODD_LINES, quotedLines, REPORT_LINES } from './lines-to-ask.ts'
import { offeredValues } from './offered-values.ts'
import { collectSlackTexts } from './slack-texts.ts'

/** What is not of the catalogue, with what was typed for it; what went wrong; and how much was listened to. */
const found = new Map<string, string>()
const wrong: string[] = []
const heard = new Set<string>()
/** Names that are typed stand in sentences, too. */
const allowed = new Set<string>([
  ...'nutgraf Slack Discord UTC GMT Dana dana general Loopback'.split(' '),
  ...[...STORY_VERBS, ...DAYS, ...zoneCities().flatMap(city => city.split(' '))],
  ...foreignLibrary.stories.flatMap(({ slug, sections }) => [slug, ...sections.map(({ name }) => name)]),
  ...foreignLibrary.digests.map(({ name }) => name),
  ...foreignLibrary.withdrawn.map(({ slug }) => slug),
  // What is offered for a day, and is typed so.
  ...'today yesterday monday weekdays daily weekends'.split(' '),
])

function hear(typed: string, said: object) {
  if (!isNew(said)) return
  note(typed, said)
}

function note(typed: string, said: object) {
  for (const text of findEnglish(said, allowed)) if (!found.has(text)) found.set(text, typed)
}

/** A reply, and what each platform makes of it; there lines to type do not look like code everywhere. */
function hearReply(typed: string, reply: Reply) {
  if (!isNew(reply)) return
  note(typed, reply)
  for (const draw of [slack, discord]) {
    try {
      hear(typed, draw(codeless(reply)))
    } catch (cause) {
      // The brackets need room of their own.
      if (!/at most/.test(String(cause))) wrong.push(`${typed}: ${cause}`)
    }
  }
}

function isNew(said: object): boolean {
  const count = heard.size
  return heard.add(JSON.stringify(said)).size > count
}

const codeless = (reply: Reply): Reply =>
  JSON.parse(JSON.stringify(reply), (key, value) =>
    (key === 'code' || key === 'asked') && typeof value === 'string' ? toForeign(value) : value,
  )

const none = () => {}
const log: Log = {
  ...{ debug: none, info: none, warn: none },
  error: (details, message) => void wrong.push(`${message} ${(details as { err?: Error }).err?.stack}`),
}

const on = { slack: createForeignPlatform('slack'), discord: createForeignPlatform('discord') }
const bot = await createForeignBot([on.slack.platform, on.discord.platform], log)
for (const { name, subcommands = [] } of bot.handle.commands())
  for (const word of [name, ...subcommands.map(one => one.name)]) allowed.add(word)
const digest = foreignLibrary.digests[0]!.name
const server = { place: 'discord:1/2' as const }
const STRANGER = { ...server, caller: { ...EDITOR, id: 'discord:6', rights: [] } }
const say = async (typed: string, call: Partial<Call> = {}) => hearReply(typed, await bot.ask(typed, call))

// Of all sources the same is said.
const known = allLines(foreignLibrary).filter(line => !/ sources #\d\d/.test(line))
for (const typed of [...known, ...foreignLibrary.stories.slice(0, 2).flatMap(quotedLines)]) await say(typed)
await say('/nutgraf help', { place: 'preview:local' })
for (const typed of ODD_LINES) {
  await say(typed)
  await say(typed, { audience: 'place', fromButton: true, place: server.place })
}
for (const call of [
  {},
  { ...server, caller: { ...EDITOR, id: 'discord:5', rights: ['manage' as const] } },
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

// Only an answer, without a bot that runs; and a bot of which something is broken.
const call: Call = { command: '', text: '', place: PLACE, caller: EDITOR, audience: 'caller', at: NOON }
const plainly = { library: () => foreignLibrary, version: '1', zone: 'UTC', deskUsers: [EDITOR.id] }
const alone = createHandler(plainly, log)
for (const typed of [
  '/digest on',
  '/desk',
  '/nutgraf report',
  '/nutgraf report Ա',
  '/nutgraf help',
  '/lawsuit follow',
])
  hearReply(typed, await alone.answer({ ...call, ...splitCommand(typed) }))
const torn = () => {
  throw new Error('gone')
}
const broken = createHandler(
  { ...plainly, library: () => ({ ...foreignLibrary, allSpeakers: torn }) },
  { ...log, error: none },
)
hearReply('/quote', await broken.answer({ ...call, command: 'quote' }))

for (const { what, offers } of offeredValues(bot.handle)) hear(what, offers)
for (const within of ['slack:T1/', 'slack:T9/'])
  hear(
    'an overview',
    await bot.handle.overview({ placePrefix: within, at: NOON, placeName: async () => undefined }),
  )

// What is shared is posted; then it stands there, and then it is too soon.
for (const [text, key] of [
  ['summary --public', '1'],
  ['summary --public', '2'],
  ['status --public', '3'],
] as const) {
  const asked = { ...call, command: 'lawsuit', text }
  const posted = await bot.publish(asked, await bot.handle.answer(asked), { key })
  if ('problem' in posted) hearReply(text, posted.problem)
}
for (const { posts } of Object.values(on)) for (const post of posts) hearReply('a post', post)
for (const place of [PLACE, server.place])
  for (const { reply, variant } of sampleEditions(foreignLibrary, commandLinesFor(place)))
    hearReply(variant, reply)
await bot.store.close()

const quiet: Log = { ...log, error: none }
const loopbacks = { slack: await startSlack(), discord: await startDiscord() }
const real = {
  slack: slackPlatformFor(loopbacks.slack, { log: quiet, appToken: loopbacks.slack.appToken }),
  discord: discordPlatformFor(loopbacks.discord, { log: quiet, commands: () => there.handle.commands() }),
}
const there = await createForeignBot(Object.values<Platform>(real), quiet)
await collectSlackTexts({ loopback: loopbacks.slack, platform: real.slack, ...there }, hear)
await collectDiscordTexts({ loopback: loopbacks.discord, platform: real.discord, ...there }, hear)
await there.store.close()

await runCleanups()
const english = [...found].map(([text, typed]) => `${typed}: ${text}`)
process.stdout.write(JSON.stringify({ heard: heard.size, wrong, english }))

import './pseudo-language.ts'
import type { Call, Log, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { everyLine } from '../../../src/check/every-line.ts'
import { specimens } from '../../../src/check/sample-editions.ts'
import { linesAt } from '../../../src/commands/digest/command-lines.ts'
import { handler } from '../../../src/commands/handler.ts'
import { headOf } from '../../../src/commands/line.ts'
import { STORY_VERBS } from '../../../src/content/story.ts'
import { DAYS } from '../../../src/digests/slots.ts'
import { zoneCities } from '../../../src/digests/zones.ts'
import { render as discord } from '../../../src/platforms/discord/render.ts'
import { render as slack } from '../../../src/platforms/slack/render.ts'
import { endAll } from '../after-each.ts'
import { discordOn } from '../discord/connected-platform.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'
import { slackOn } from '../slack/connected-platform.ts'
import { atTheDesk } from './at-the-desk.ts'
import { whatCame } from './digest-results.ts'
import { englishIn } from './find-english.ts'
import { books, EDITOR, foreignBot, foreignPlatform, GUEST, NOON, PLACE } from './foreign-newsroom.ts'
import { foreign } from './foreign-words.ts'
import { DIGEST_LINES, ODD_LINES, quotedLines, REPORT_LINES } from './lines-to-ask.ts'
import { offered } from './offered-values.ts'
import { onDiscord } from './on-discord.ts'
import { onSlack } from './on-slack.ts'

/** What is not of the catalogue, with what was typed for it; what went wrong; and how much was listened to. */
const found = new Map<string, string>()
const wrong: string[] = []
const heard = new Set<string>()
/** Names that are typed stand in sentences, too. */
const allowed = new Set<string>([
  ...'nutgraf Slack Discord UTC GMT Dana dana general Loopback'.split(' '),
  ...[...STORY_VERBS, ...DAYS, ...zoneCities().flatMap(city => city.split(' '))],
  ...books.stories.flatMap(({ slug, sections }) => [slug, ...sections.map(({ name }) => name)]),
  ...books.digests.map(({ name }) => name),
  ...books.withdrawn.map(({ slug }) => slug),
  // What is offered for a day, and is typed so.
  ...'today yesterday monday weekdays daily weekends'.split(' '),
])

function hear(typed: string, said: object) {
  if (!isNew(said)) return
  note(typed, said)
}

function note(typed: string, said: object) {
  for (const text of englishIn(said, allowed)) if (!found.has(text)) found.set(text, typed)
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
    (key === 'code' || key === 'asked') && typeof value === 'string' ? foreign(value) : value,
  )

const none = () => {}
const log: Log = {
  ...{ debug: none, info: none, warn: none },
  error: (details, message) => void wrong.push(`${message} ${(details as { err?: Error }).err?.stack}`),
}

const on = { slack: foreignPlatform('slack'), discord: foreignPlatform('discord') }
const bot = await foreignBot([on.slack.platform, on.discord.platform], log)
for (const { name, subcommands = [] } of bot.handle.commands())
  for (const word of [name, ...subcommands.map(one => one.name)]) allowed.add(word)
const digest = books.digests[0]!.name
const server = { place: 'discord:1/2' as const }
const STRANGER = { ...server, caller: { ...EDITOR, id: 'discord:6', rights: [] } }
const say = async (typed: string, call: Partial<Call> = {}) => hearReply(typed, await bot.ask(typed, call))

// Of all sources the same is said.
const known = everyLine(books).filter(line => !/ sources #\d\d/.test(line))
for (const typed of [...known, ...books.stories.slice(0, 2).flatMap(quotedLines)]) await say(typed)
await say('/nutgraf help', { place: 'preview:local' })
for (const typed of ODD_LINES) {
  await say(typed)
  await say(typed, { audience: 'place', pressed: true, place: server.place })
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
await whatCame(bot, hearReply)
await atTheDesk(bot, hearReply)

// Only an answer, without a bot that runs; and a bot of which something is broken.
const call: Call = { command: '', text: '', place: PLACE, caller: EDITOR, audience: 'caller', at: NOON }
const plainly = { library: () => books, version: '1', zone: 'UTC', deskUsers: [EDITOR.id] }
const alone = handler(plainly, log)
for (const typed of [
  '/digest on',
  '/desk',
  '/nutgraf report',
  '/nutgraf report Ա',
  '/nutgraf help',
  '/lawsuit follow',
])
  hearReply(typed, await alone.answer({ ...call, ...headOf(typed) }))
const torn = () => {
  throw new Error('gone')
}
const broken = handler(
  { ...plainly, library: () => ({ ...books, allSpeakers: torn }) },
  { ...log, error: none },
)
hearReply('/quote', await broken.answer({ ...call, command: 'quote' }))

for (const { what, offers } of offered(bot.handle)) hear(what, offers)
for (const within of ['slack:T1/', 'slack:T9/'])
  hear('an overview', await bot.handle.overview({ within, at: NOON, where: async () => undefined }))

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
  for (const { reply, what } of specimens(books, linesAt(place))) hearReply(what, reply)
await bot.store.close()

const quiet: Log = { ...log, error: none }
const loopbacks = { slack: await startSlack(), discord: await startDiscord() }
const real = {
  slack: slackOn(loopbacks.slack, { log: quiet, appToken: loopbacks.slack.appToken }),
  discord: discordOn(loopbacks.discord, { log: quiet, commands: () => there.handle.commands() }),
}
const there = await foreignBot(Object.values<Platform>(real), quiet)
await onSlack({ loopback: loopbacks.slack, platform: real.slack, ...there }, hear)
await onDiscord({ loopback: loopbacks.discord, platform: real.discord, ...there }, hear)
await there.store.close()

await endAll()
const english = [...found].map(([text, typed]) => `${typed}: ${text}`)
process.stdout.write(JSON.stringify({ heard: heard.size, wrong, english }))

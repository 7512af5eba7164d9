import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Call } from '../../src/chat/platform.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { allLines } from '../../src/check/all-lines.ts'
import { check } from '../../src/check/check.ts'
import { type LiveContent, openLiveContent } from '../../src/check/live-content.ts'
import { sampleEditions } from '../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { splitCommand } from '../../src/commands/line.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import type { ContentFile } from '../../src/content/read/story-folder.ts'
import type { Pipeline } from '../../src/delivery/pipeline.ts'
import { discordCommands } from '../../src/platforms/discord/manifest.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { completions, exampleLines } from '../../src/platforms/preview/completions.ts'
import { slackManifest } from '../../src/platforms/slack/manifest.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { startDigestConversation } from '../support/conversations/digest-conversation.ts'
import { dailySubscription, dueEdition } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { createTestPipeline } from '../support/delivery/test-pipeline.ts'
import { EMBARGO_END, embargoedFiles, GUESSES, publicFiles, SECRETS } from '../support/embargoed-stories.ts'
import { startDiscord } from '../support/loopback/discord.ts'
import { recordingLog } from '../support/recording-log.ts'
import { addressOf, startProcess, temporaryFolder } from '../support/start-process.ts'

const openStores: Store[] = []
const running: Pipeline[] = []
afterEach(async () => {
  for (const pipeline of running.splice(0)) await pipeline.stop()
  for (const store of openStores.splice(0)) await store.close()
})

const PLACES = ['slack:T1/C1', 'discord:1/2', 'preview:local'] as const

/** Answers from a content folder, with a clock that can be set. */
async function openNewsroom(files: ContentFile[], at: number) {
  let now = at
  const folder = await createContentFolder(files)
  const content = await openLiveContent(folder, { clock: () => now })
  const setClock = (to: number) => {
    now = to
  }
  return { folder, setClock, ...startAnswering(content) }
}

function startAnswering({ library }: LiveContent) {
  const log = recordingLog()
  const { answer, suggest, commands } = createHandler({ library, version: '1', zone: 'America/Chicago' }, log)
  const ask = (typed: string, overrides: Partial<Call> = {}): Reply => {
    const reply = answer({
      ...splitCommand(typed),
      place: 'slack:T1/C1',
      caller: { id: 'slack:T1/U1', rights: ['member'] },
      audience: 'caller',
      at: EMBARGO_END,
      ...overrides,
    })
    if (reply instanceof Promise) throw new Error(`${typed} is not answered from memory`)
    return reply
  }
  return { ask, suggest, commands, log, library }
}

type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

/** Lines that people may try besides the offered ones: guesses and near misses, in every form that a line can have. */
const TRIED = [
  ...GUESSES.flatMap(name => [
    ...[`/${name}`, `/${name} summary`, `/nutgraf ${name}`, `/nutgraf ${name} timeline`, `@nutgraf ${name}`],
    ...[`/nutgraf story ${name}`, `/nutgraf help ${name}`, `/nutgraf help /${name}`, `/quote ${name}`],
    ...[`/quote example --story ${name}`, `/nutgraf find ${name}`, `/nutgraf find bridge --story ${name}`],
    ...[`/nutgraf find bridge --story=${name}`, `/quote check "${name} will fly"`, `/span ${name}`],
    ...[`/span quotes ${name}`, `/span who ${name}`, `/span changes --since ${name}`, `/digest on ${name}`],
  ]),
  ...['/quote carl quokka', '/quote example', '/quote ana example', '/quote ana example #2', '/quote mayor'],
  ...['/quote check "No budgerigar will cross the bridge,"', '/quote check "The zeppelin will fly,"'],
  ...['/nutgraf find budgerigar', '/nutgraf find "a toll is announced"', '/nutgraf find lanes'],
  ...['/span sources #3', '/span sources #4', '/span sources #5', '/span timeline 2026-05', '/span latest'],
  ...[
    '/span timeline --since 2026-05-05',
    '/nutgraf changes --since 2025-01-01',
    '/nutgraf changes --since 7d',
  ],
  ...[
    '/span changes',
    '/span help',
    '/old-bridge',
    '/nutgraf',
    '/nutgraf help digest',
    '/digest',
    '/digest help',
  ],
  ...[
    '/span status --public',
    '/span quotes --page 2',
    '/span quotes --page 9',
    '/nutgraf story list --page 2',
  ],
]

/** Every line that leads anywhere in the newsrooms, found by following all buttons. */
function linesOf(...newsrooms: Newsroom[]): string[] {
  const queue = [...TRIED, ...newsrooms.flatMap(({ library }) => allLines(library()))]
  const asked = new Set<string>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (asked.has(typed)) continue
    asked.add(typed)
    for (const { ask } of newsrooms) queue.push(...(ask(typed).buttons ?? []).map(button => button.line))
  }
  return [...asked].sort()
}

/**
 * The answers to lines, for the caller and for everyone in each place, with the JSON that each platform would receive.
 */
const everyAnswer = ({ ask }: Newsroom, lines: string[]) =>
  lines.flatMap(typed =>
    PLACES.flatMap(place =>
      (['caller', 'place'] as const).map(audience => {
        const reply = ask(typed, { place, audience })
        return [typed, place, audience, reply, renderSlack(reply), renderDiscord(reply)]
      }),
    ),
  )

/** Everything that is offered while somebody types, for each argument and many beginnings. */
function everySuggestion({ commands, suggest }: Newsroom) {
  const beginnings = [
    '',
    ...'abcdefghijklmnopqrstuvwxyz',
    ...GUESSES,
    'secret',
    'secret-merger ',
    'carl',
    'deals',
  ]
  const commandsToType = [
    ...commands(),
    { name: 'merger', subcommands: [{ name: 'quotes', argument: { name: 'speaker' } }] },
  ]
  const queries = commandsToType.flatMap(command => {
    const verbs = [{ name: undefined, argument: undefined }, ...(command.subcommands ?? [])]
    return verbs.flatMap(verb =>
      ['name', 'speaker', 'of', 'command', 'story', 'stories', 'digest', 'zone', 'days', 'words'].flatMap(
        argument =>
          beginnings.map(typed => ({
            command: command.name,
            subcommand: verb.name,
            argument,
            typed,
            at: EMBARGO_END,
          })),
      ),
    )
  })
  return [
    queries.map(query => [query, suggest(query)]),
    completions(commands(), suggest),
    exampleLines(commands(), suggest),
  ]
}

/** Asks lines one after the other, as somebody types them. */
async function askAll<T>(lines: string[], ask: (typed: string) => Promise<T>): Promise<[string, T][]> {
  const answers: [string, T][] = []
  for (const typed of lines) answers.push([typed, await ask(typed)])
  return answers
}

const manifests = ({ commands }: Newsroom) => [
  slackManifest(commands(), { mode: 'socket' }),
  slackManifest(commands(), { mode: 'http', url: 'https://bot.example.org', all: true }),
  discordCommands(commands()),
]

const everyEdition = ({ library }: Newsroom) =>
  PLACES.map(place => sampleEditions(library(), commandLinesFor(place)))

describe('one second before an embargo ends', async () => {
  const secret = await openNewsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const without = await openNewsroom(publicFiles(), EMBARGO_END - 1_000)
  const lines = linesOf(secret, without)

  test('the folder has no problem, and the secrets are really in it', async () => {
    expect((await check(secret.folder)).problems).toEqual([])
    expect((await check(without.folder)).problems).toEqual([])
    const { content } = await check(secret.folder, { now: EMBARGO_END - 1_000 })
    expect(JSON.stringify(content)).toMatch(SECRETS)
    expect(lines.length).toBeGreaterThan(250)
  })

  test('every answer, error and help page is the same as without the secrets', () => {
    const answers = everyAnswer(secret, lines)
    expect(answers).toEqual(everyAnswer(without, lines))
    // An answer may repeat what its caller typed, so only lines without a secret count.
    const innocent = answers.filter(([typed]) => !SECRETS.test(typed as string))
    expect(innocent.length).toBeGreaterThan(1_000)
    expect(innocent.filter(answer => SECRETS.test(JSON.stringify(answer)))).toEqual([])
    for (const name of ['secret-merger', 'merger'])
      expect(JSON.stringify(secret.ask(`/nutgraf ${name}`))).toContain(`I don’t know “`)
    expect([...secret.log.errors, ...without.log.errors]).toEqual([])
  })

  test('so is everything that is offered while somebody types, and both manifests', () => {
    expect(everySuggestion(secret)).toEqual(everySuggestion(without))
    expect(manifests(secret)).toEqual(manifests(without))
    expect(JSON.stringify([manifests(secret), everyEdition(secret)])).not.toMatch(SECRETS)
  })

  test('so is every edition of every digest, and the recorded parts', () => {
    expect(everyEdition(secret)).toEqual(everyEdition(without))
    expect(partsOfAll(secret.library())).toEqual(partsOfAll(without.library()))
  })

  test('so is everything about digests that a channel can ask', async () => {
    const conversations = await Promise.all(
      [secret, without].map(({ library }) => startDigestConversation({ library: library() })),
    )
    const names = ['morning', 'city', 'deals', 'takeovers', ...GUESSES]
    const typed = [
      ...['/digest', '/digest help', '/digest preview', '/digest on', '/span follow', '/span unfollow'],
      ...names.flatMap(name => [
        ...[`/digest preview ${name}`, `/digest on ${name} 9:00 ${name}`, `/digest now ${name}`],
        ...[`/digest set morning stories:${name},bridge`, `/span follow ${name}`, `/${name} follow city`],
        ...[`/desk kill ${name} why`, `/desk correct ${name}`, `/desk audit ${name}`],
        ...['/digest on city', `/digest set city ${name}`, '/digest status', `/digest off ${name}`],
      ]),
    ]
    const answers = await Promise.all(
      conversations.map(conversation => askAll(typed, line => conversation.ask(line))),
    )
    expect(answers[0]).toEqual(answers[1])
    const [first, second] = conversations.map(({ posts }) => posts())
    expect(first).toEqual(second)
    expect(first!.join('\n')).not.toMatch(SECRETS)
    const suggestions = ({ suggest }: (typeof conversations)[0]) =>
      names
        .flatMap(typed => ['name', 'stories', 'digest'].map(argument => ({ argument, typed })))
        .map(query => suggest({ command: 'digest', subcommand: 'on', at: EMBARGO_END, ...query }))
    expect(suggestions(conversations[0]!)).toEqual(suggestions(conversations[1]!))
  })

  test('and even the revision gives nothing away', () => {
    expect(secret.library().revision).toBe(without.library().revision)
    expect(JSON.stringify(secret.library())).not.toMatch(SECRETS)
    expect(JSON.stringify(secret.library())).not.toContain('embargo')
  })
})

test('one second after it ends, everything shows the story, without a restart', async () => {
  const newsroom = await openNewsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const before = { revision: newsroom.library().revision, answers: TRIED.map(typed => newsroom.ask(typed)) }
  expect(before.answers.some(({ label }) => label !== undefined)).toBe(true)
  newsroom.setClock(EMBARGO_END - 1)
  expect(newsroom.library().revision).toBe(before.revision)
  newsroom.setClock(EMBARGO_END + 1_000)
  expect(newsroom.library().revision).not.toBe(before.revision)

  const text = (typed: string) => JSON.stringify(newsroom.ask(typed))
  expect(text('/merger')).toContain('A merger is planned.')
  expect(text('/nutgraf secret-merger zeppelins')).toContain('They will fly.')
  expect(text('/nutgraf story list')).toContain('The secret merger')
  expect(text('/nutgraf find zeppelin')).toContain('The zeppelin will fly,')
  expect(text('/quote quokka')).toContain('The zeppelin will fly,')
  expect(text('/quote ana example --story span')).toContain('Next: on budgerigars')
  expect(text('/quote ana example #2 --story span')).toContain('No budgerigar will cross the bridge,')
  expect(text('/span timeline')).toContain('A toll is announced.')
  expect(text('/span sources')).toMatch(/No budgerigar.*Notice of the toll/)
  expect(text('/span changes')).toMatch(
    /The wombat pays the toll.*two lanes|two lanes.*The wombat pays the toll/,
  )
  expect(text('/span')).toContain('covers 30 Dec 2025 to 6 May 2026')
  expect(text('/span')).toContain('corrected 6 May 2026')
  expect(text('/nutgraf mergr')).toContain('/merger')
  const commands = ['nutgraf', 'quote', 'span', 'merger', 'digest']
  const names = discordCommands(newsroom.commands()).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(commands))
  expect(JSON.stringify(slackManifest(newsroom.commands(), { mode: 'socket' }))).toContain('/merger')
  const query = {
    command: 'nutgraf',
    subcommand: 'story',
    argument: 'name',
    typed: 'secret',
    at: EMBARGO_END,
  }
  expect(newsroom.suggest(query)).toContainEqual({ name: 'secret-merger', value: 'secret-merger' })
  expect(newsroom.library().digests.map(({ name }) => name)).toEqual([
    'morning',
    'city',
    'deals',
    'takeovers',
  ])
  expect(newsroom.library().digest('city')?.stories).toEqual(['secret-merger', 'bridge'])
})

test('an embargo ends at the same moment on every machine, with the same revision', async () => {
  const newsrooms = await Promise.all([0, 1].map(() => openNewsroom(embargoedFiles(), EMBARGO_END - 1)))
  const revisions = () => new Set(newsrooms.map(({ library }) => library().revision))
  const before = revisions()
  expect(before.size).toBe(1)
  for (const newsroom of newsrooms) newsroom.setClock(EMBARGO_END)
  expect(revisions().size).toBe(1)
  expect(revisions()).not.toEqual(before)
})

test('digests show it as NEW once its embargo has ended, and nothing of it before', async () => {
  const newsroom = await openNewsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => clock }))
  openStores.push(store)
  let clock = EMBARGO_END - 3_600_000
  const fake = fakePlatform()
  const { pipeline } = createTestPipeline(store, fake.platform, { library: newsroom.library })
  running.push(pipeline)
  const send = async (slot: number, expected = 'sent') => {
    const row = dueEdition('fake:1', slot)
    await store.ledger.add([row])
    pipeline.wake()
    await expect
      .poll(async () => (await store.ledger.find(row.key))?.state, { timeout: 20_000 })
      .toBe(expected)
  }
  await store.subscriptions.save([
    dailySubscription('fake:1', EMBARGO_END + 86_400_000, { newsFrom: clock - 60_000 }),
  ])
  await pipeline.start()
  clock = EMBARGO_END - 1_000
  await send(clock)
  clock = EMBARGO_END + 1_000
  newsroom.setClock(clock)
  await pipeline.refresh()
  clock += 60_000
  await send(clock)
  const texts = () => fake.messages.map(message => message.text)
  expect(texts()[0]).not.toMatch(SECRETS)
  const later = () => texts().slice(1).join('\n')
  // The rest of a long edition is posted as replies, after its first message.
  await expect.poll(later).toMatch(/NEW Wed 6 May · “No budgerigar will cross the bridge,” Ana Example/)
  const text = later()
  expect(text).toMatch(/NEW STORY[\s\S]*A takeover of everything/)
  expect(text).toMatch(/NEW Wed 6 May · A toll is announced/)
  expect(text).toMatch(/CORRECTED[\s\S]*two lanes/)
})

/** Sets the clock of a process: it starts at TEST_CLOCK, and SIGUSR2 puts it forward by two hours. */
const CLOCK = `data:text/javascript,${encodeURIComponent(`
  const real = Date.now
  const began = real()
  let at = Number(process.env.TEST_CLOCK)
  Date.now = () => at + real() - began
  process.on('SIGUSR2', () => { at += 7_200_000 })
`)}`

async function startBotProcess(files: ContentFile[], env: Record<string, string> = {}) {
  const folder = await createContentFolder(files)
  const bot = startProcess(['node', '--import', CLOCK, 'src/cli.ts', 'start'], {
    CONTENT_DIR: folder,
    TEST_CLOCK: String(EMBARGO_END - 3_600_000),
    ...env,
  })
  const address = await addressOf(bot)
  const health = async () => (await fetch(`${address}/health`)).text()
  const ask = async (line: string) =>
    (
      await fetch(`${address}/preview/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: address },
        body: JSON.stringify({ line }),
      })
    ).text()
  /** What the process printed, without what differs between two processes anyway: times, its port and its folder. */
  const printed = () =>
    (bot.out() + bot.err())
      .replaceAll(folder, 'CONTENT')
      .replaceAll(new URL(address).port, 'PORT')
      .replace(/"time":"[^"]*"/g, '')
  return { bot, health, ask, printed }
}

test('a process does not mention it in its log, on its startup screen or in /health, and shows it by itself', {
  timeout: 60_000,
}, async () => {
  const [secret, without] = await Promise.all([
    startBotProcess(embargoedFiles()),
    startBotProcess(publicFiles()),
  ])
  expect(await secret.health()).toBe(await without.health())
  expect(await secret.ask('/nutgraf merger')).toBe(await without.ask('/nutgraf merger'))
  expect(await secret.ask('/nutgraf about')).toBe(await without.ask('/nutgraf about'))
  expect(secret.printed()).toBe(without.printed())
  for (const { bot } of [secret, without]) bot.child.kill('SIGUSR2')
  await expect.poll(() => secret.ask('/merger'), { timeout: 20_000 }).toContain('A merger is planned.')
  await secret.bot.waitForOutput('content: revisions recorded')
  await secret.bot.waitForOutput('an embargo or a date has passed')
  expect(await without.ask('/merger')).not.toContain('A merger is planned.')
})

test('Discord gets its command when the embargo ends, and not before', { timeout: 60_000 }, async () => {
  const discord = await startDiscord()
  const { bot, health } = await startBotProcess(embargoedFiles(), {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    HOST: '127.0.0.1',
  })
  // Only commands that are typed; those in the menu of a message belong to no story.
  const names = () =>
    discord.commands
      .get('')
      ?.filter(({ type = 1 }) => type === 1)
      .map(({ name }) => name)
  await expect.poll(names, { timeout: 20_000 }).toEqual(['nutgraf', 'quote', 'span', 'digest'])
  expect(JSON.stringify([...discord.commands])).not.toMatch(SECRETS)
  bot.child.kill('SIGUSR2')
  // The first request after that moment sees the story, and everything else is notified.
  await expect.poll(() => health().then(names), { timeout: 20_000 }).toContain('merger')
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  await discord.close()
})

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
import { errorLog } from '../support/preview/fake-preview.ts'
import { addressOf, startProcess, temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
const running: Pipeline[] = []
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  for (const one of open.splice(0)) await one.close()
})

const PLACES = ['slack:T1/C1', 'discord:1/2', 'preview:local'] as const

/** A folder that is answered from at a moment that can be moved. */
async function newsroom(files: ContentFile[], at: number) {
  let now = at
  const folder = await createContentFolder(files)
  const stories = await openLiveContent(folder, { clock: () => now })
  const move = (to: number) => {
    now = to
  }
  return { stories, folder, move, ...asking(stories) }
}

function asking({ library }: LiveContent) {
  const log = errorLog()
  const { answer, suggest, commands } = createHandler({ library, version: '1', zone: 'America/Chicago' }, log)
  const ask = (typed: string, more: Partial<Call> = {}): Reply => {
    const reply = answer({
      ...splitCommand(typed),
      place: 'slack:T1/C1',
      caller: { id: 'slack:T1/U1', rights: ['member'] },
      audience: 'caller',
      at: EMBARGO_END,
      ...more,
    })
    if (reply instanceof Promise) throw new Error(`${typed} is not answered from memory`)
    return reply
  }
  return { ask, suggest, commands, log, library }
}

type Room = Awaited<ReturnType<typeof newsroom>>

/** What people may try on top of what they are offered: guesses and near misses, in every spelling of the grammar. */
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

/** Every line that leads anywhere in one of two newsrooms, by following all buttons. */
function linesOf(...rooms: Room[]): string[] {
  const queue = [...TRIED, ...rooms.flatMap(room => allLines(room.library()))]
  const asked = new Set<string>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (asked.has(typed)) continue
    asked.add(typed)
    for (const room of rooms) queue.push(...(room.ask(typed).buttons ?? []).map(action => action.line))
  }
  return [...asked].sort()
}

/** Everything that a line gives, on each platform, for its caller and for all, as it would be sent. */
const everyAnswer = (room: Room, lines: string[]) =>
  lines.flatMap(typed =>
    PLACES.flatMap(place =>
      (['caller', 'place'] as const).map(audience => {
        const reply = room.ask(typed, { place, audience })
        return [typed, place, audience, reply, renderSlack(reply), renderDiscord(reply)]
      }),
    ),
  )

/** Everything that is offered while one types, for each value that a picker knows of, whatever its first letters. */
function everySuggestion({ commands, suggest }: Room) {
  const letters = [
    '',
    ...'abcdefghijklmnopqrstuvwxyz',
    ...GUESSES,
    'secret',
    'secret-merger ',
    'carl',
    'deals',
  ]
  const spots = [
    ...commands(),
    { name: 'merger', subcommands: [{ name: 'quotes', argument: { name: 'speaker' } }] },
  ]
  const queries = spots.flatMap(command => {
    const verbs = command.subcommands ?? []
    const all = [{ name: undefined, argument: undefined }, ...verbs]
    return all.flatMap(verb =>
      ['name', 'speaker', 'of', 'command', 'story', 'stories', 'digest', 'zone', 'days', 'words'].flatMap(
        argument =>
          letters.map(typed => ({
            command: command.name,
            ...(verb.name !== undefined && { subcommand: verb.name }),
            ...{ argument, typed, at: EMBARGO_END },
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

/** One after the other, as somebody types them. */
async function inTurn<T>(lines: string[], ask: (typed: string) => Promise<T>): Promise<[string, T][]> {
  const answers: [string, T][] = []
  for (const typed of lines) answers.push([typed, await ask(typed)])
  return answers
}

const manifests = ({ commands }: Room) => [
  slackManifest(commands(), { mode: 'socket' }),
  slackManifest(commands(), { mode: 'http', url: 'https://bot.example.org', all: true }),
  discordCommands(commands()),
]

const everyEdition = ({ library }: Room) =>
  PLACES.map(place => sampleEditions(library(), commandLinesFor(place)))

describe('one second before its time', async () => {
  const secret = await newsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const without = await newsroom(publicFiles(), EMBARGO_END - 1_000)
  const lines = linesOf(secret, without)

  test('the folder has no problem, and what is secret is really in it', async () => {
    expect((await check(secret.folder)).problems).toEqual([])
    expect((await check(without.folder)).problems).toEqual([])
    const { content } = await check(secret.folder, { now: EMBARGO_END - 1_000 })
    expect(JSON.stringify(content)).toMatch(SECRETS)
    expect(lines.length).toBeGreaterThan(250)
  })

  test('every answer, error and help page is what it would be if there were nothing', () => {
    const answers = everyAnswer(secret, lines)
    expect(answers).toEqual(everyAnswer(without, lines))
    // Words of the caller’s own are all that can be like them.
    const told = answers.filter(([typed]) => !SECRETS.test(typed as string))
    expect(told.length).toBeGreaterThan(1_000)
    expect(told.filter(answer => SECRETS.test(JSON.stringify(answer)))).toEqual([])
    for (const name of ['secret-merger', 'merger'])
      expect(JSON.stringify(secret.ask(`/nutgraf ${name}`))).toContain(`No “`)
    expect([...secret.log.errors, ...without.log.errors]).toEqual([])
  })

  test('so is everything that is offered while one types, and both manifests', () => {
    expect(everySuggestion(secret)).toEqual(everySuggestion(without))
    expect(manifests(secret)).toEqual(manifests(without))
    expect(JSON.stringify([manifests(secret), everyEdition(secret)])).not.toMatch(SECRETS)
  })

  test('so is every edition of every digest, and what is written down of the parts', () => {
    expect(everyEdition(secret)).toEqual(everyEdition(without))
    expect(partsOfAll(secret.library())).toEqual(partsOfAll(without.library()))
  })

  test('so is everything that a channel can ask of digests', async () => {
    const rooms = await Promise.all(
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
    const said = await Promise.all(rooms.map(room => inTurn(typed, line => room.ask(line))))
    expect(said[0]).toEqual(said[1])
    expect(rooms[0]!.posts()).toEqual(rooms[1]!.posts())
    expect(rooms[0]!.posts().join('\n')).not.toMatch(SECRETS)
    const digests = (room: (typeof rooms)[0]) =>
      names
        .flatMap(typed => ['name', 'stories', 'digest'].map(argument => ({ argument, typed })))
        .map(query => room.suggest({ command: 'digest', subcommand: 'on', at: EMBARGO_END, ...query }))
    expect(digests(rooms[0]!)).toEqual(digests(rooms[1]!))
  })

  test('and even the revision says nothing', () => {
    expect(secret.library().revision).toBe(without.library().revision)
    expect(JSON.stringify(secret.library())).not.toMatch(SECRETS)
    expect(JSON.stringify(secret.library())).not.toContain('embargo')
  })
})

test('one second after, without a restart, everything has it', async () => {
  const room = await newsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const before = { revision: room.library().revision, answers: TRIED.map(typed => room.ask(typed)) }
  expect(before.answers.some(({ label }) => label !== undefined)).toBe(true)
  room.move(EMBARGO_END - 1)
  expect(room.library().revision).toBe(before.revision)
  room.move(EMBARGO_END + 1_000)
  expect(room.library().revision).not.toBe(before.revision)

  const text = (typed: string) => JSON.stringify(room.ask(typed))
  expect(text('/merger')).toContain('A merger is planned.')
  expect(text('/nutgraf secret-merger zeppelins')).toContain('They will fly.')
  expect(text('/nutgraf story list')).toContain('The secret merger')
  expect(text('/nutgraf find zeppelin')).toContain('The zeppelin will fly,')
  expect(text('/quote quokka')).toContain('The zeppelin will fly,')
  expect(text('/quote ana example')).toContain('Next: on budgerigars')
  expect(text('/quote ana example #2')).toContain('No budgerigar will cross the bridge,')
  expect(text('/span timeline')).toContain('A toll is announced.')
  expect(text('/span sources')).toMatch(/No budgerigar.*Notice of the toll/)
  expect(text('/span changes')).toMatch(
    /The wombat pays the toll.*two lanes|two lanes.*The wombat pays the toll/,
  )
  expect(text('/span')).toContain('covers 30 Dec 2025 to 6 May 2026')
  expect(text('/span')).toContain('corrected 6 May 2026')
  expect(text('/nutgraf mergr')).toContain('/merger')
  const commands = ['nutgraf', 'quote', 'span', 'merger', 'digest']
  const names = discordCommands(room.commands()).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(commands))
  expect(JSON.stringify(slackManifest(room.commands(), { mode: 'socket' }))).toContain('/merger')
  const query = {
    command: 'nutgraf',
    subcommand: 'story',
    argument: 'name',
    typed: 'secret',
    at: EMBARGO_END,
  }
  expect(room.suggest(query)).toContainEqual({ name: 'secret-merger', value: 'secret-merger' })
  expect(room.library().digests.map(({ name }) => name)).toEqual(['morning', 'city', 'deals', 'takeovers'])
  expect(room.library().digest('city')?.stories).toEqual(['secret-merger', 'bridge'])
})

test('when it opens is the same on every machine, and so is its revision', async () => {
  const rooms = await Promise.all([0, 1].map(() => newsroom(embargoedFiles(), EMBARGO_END - 1)))
  const revisions = () => new Set(rooms.map(room => room.library().revision))
  const before = revisions()
  expect(before.size).toBe(1)
  for (const room of rooms) room.move(EMBARGO_END)
  expect(revisions().size).toBe(1)
  expect(revisions()).not.toEqual(before)
})

test('digests tell it once it is there: as NEW, and nothing of it before', async () => {
  const room = await newsroom(embargoedFiles(), EMBARGO_END - 1_000)
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => clock }))
  open.push(store)
  let clock = EMBARGO_END - 3_600_000
  const fake = fakePlatform()
  const { pipeline: press } = createTestPipeline(store, fake.platform, { library: room.library })
  running.push(press)
  const bring = async (slot: number, wanted = 'sent') => {
    const row = dueEdition('fake:1', slot)
    await store.ledger.add([row])
    press.wake()
    await expect.poll(async () => (await store.ledger.find(row.key))?.state, { timeout: 5_000 }).toBe(wanted)
  }
  await store.subscriptions.save([
    dailySubscription('fake:1', EMBARGO_END + 86_400_000, { newsFrom: clock - 60_000 }),
  ])
  await press.start()
  clock = EMBARGO_END - 1_000
  await bring(clock)
  clock = EMBARGO_END + 1_000
  room.move(clock)
  await press.refresh()
  clock += 60_000
  await bring(clock)
  const [first, ...later] = fake.messages.map(message => message.text)
  expect(first).not.toMatch(SECRETS)
  const text = later.join('\n')
  expect(text).toMatch(/NEW STORY[\s\S]*A takeover of everything/)
  expect(text).toMatch(/NEW · [^\n]*6 May[^\n]*\nA toll is announced/)
  expect(text).toMatch(/CORRECTED[\s\S]*two lanes/)
  expect(text).toMatch(/ADDED · quote of 6 May 2026/)
})

/** A process whose clock is put forward by a signal, from a moment that it is started at. */
const CLOCK = `data:text/javascript,${encodeURIComponent(`
  const real = Date.now
  const began = real()
  let at = Number(process.env.TEST_CLOCK)
  Date.now = () => at + real() - began
  process.on('SIGUSR2', () => { at += 7_200_000 })
`)}`

async function bot(files: ContentFile[], env: Record<string, string> = {}) {
  const content = await createContentFolder(files)
  const one = startProcess(['node', '--import', CLOCK, 'src/cli.ts', 'start'], {
    CONTENT_DIR: content,
    TEST_CLOCK: String(EMBARGO_END - 3_600_000),
    ...env,
  })
  const address = await addressOf(one)
  const health = async () => (await fetch(`${address}/health`)).text()
  const ask = async (line: string) =>
    (
      await fetch(`${address}/preview/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: address },
        body: JSON.stringify({ line }),
      })
    ).text()
  /** What it printed, without what is another’s in any case: times, its port, and where its folder is. */
  const said = () =>
    (one.out() + one.err())
      .replaceAll(content, 'CONTENT')
      .replaceAll(new URL(address).port, 'PORT')
      .replace(/"time":"[^"]*"/g, '')
  return { one, address, content, health, ask, said }
}

test('a process says nothing of it in its log, on its first screen and in /health, and opens by itself', {
  timeout: 30_000,
}, async () => {
  const [secret, without] = await Promise.all([bot(embargoedFiles()), bot(publicFiles())])
  expect(await secret.health()).toBe(await without.health())
  expect(await secret.ask('/nutgraf merger')).toBe(await without.ask('/nutgraf merger'))
  expect(await secret.ask('/nutgraf about')).toBe(await without.ask('/nutgraf about'))
  expect(secret.said()).toBe(without.said())
  for (const { one } of [secret, without]) one.child.kill('SIGUSR2')
  await expect.poll(() => secret.ask('/merger'), { timeout: 10_000 }).toContain('A merger is planned.')
  await secret.one.waitForOutput('content: revisions recorded')
  await secret.one.waitForOutput('a moment has passed')
  expect(await without.ask('/merger')).not.toContain('A merger is planned.')
})

test('Discord is told of its command at its time, and not before', { timeout: 30_000 }, async () => {
  const discord = await startDiscord()
  const { one, health } = await bot(embargoedFiles(), {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    HOST: '127.0.0.1',
  })
  // Those that one types; commands in the menu of a message are of no story.
  const names = () =>
    discord.commands
      .get('')
      ?.filter(({ type = 1 }) => type === 1)
      .map(({ name }) => name)
  await expect.poll(names, { timeout: 10_000 }).toEqual(['nutgraf', 'quote', 'span', 'digest'])
  expect(JSON.stringify([...discord.commands])).not.toMatch(SECRETS)
  one.child.kill('SIGUSR2')
  // Whoever looks after that moment sees it, and all others hear of it.
  await expect.poll(() => health().then(names), { timeout: 10_000 }).toContain('merger')
  one.child.kill('SIGTERM')
  expect(await one.ended).toBe(0)
  await discord.close()
})

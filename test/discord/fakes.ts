import type { Command } from '../../src/commands/command.ts'
import { words } from '../../src/commands/line.ts'
import { type DiscordOptions, type DiscordPlatform, discord } from '../../src/discord/discord.ts'
import type { Answer, Call, Handlers, Log, Suggest } from '../../src/platform.ts'
import { publishing } from '../../src/publish.ts'
import { type Reply, refusal, text } from '../../src/reply.ts'
import type { Loopback } from '../loopback/discord.ts'
import { cardReply } from '../onepicture.ts'

/** A log that keeps its lines. */
export function keptLog(): Log & { lines: { level: string; message: string; details: object }[] } {
  const lines: { level: string; message: string; details: object }[] = []
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, message, details })
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A reply of one sentence. */
export const said = (sentence: string, more: Partial<Reply> = {}): Reply => ({
  blocks: [text(sentence)],
  parts: [],
  audience: 'caller',
  ...more,
})

const run = () => said('unused')

/** Every shape that a command can have. */
export const COMMANDS: Command[] = [
  {
    name: 'lawsuit',
    about: 'Chicago v. Sessions',
    reach: 'always',
    subcommands: [
      { name: 'summary', about: 'What it is about', flags: ['page', 'public'] },
      {
        name: 'quotes',
        about: 'Verbatim quotes',
        argument: { name: 'speaker', about: 'Only this speaker', required: false, suggests: true },
        flags: ['since', 'public'],
      },
    ],
    run,
  },
  {
    name: 'quote',
    about: 'Exact words',
    reach: 'always',
    argument: { name: 'of', about: 'A speaker or words', required: true, suggests: true },
    subcommands: [
      {
        name: 'check',
        about: 'Are these words in our sources?',
        argument: { name: 'text', about: 'The words', required: true, suggests: true },
      },
      { name: 'latest', about: 'The newest' },
    ],
    flags: ['story', 'public'],
    run,
  },
  {
    name: 'plain',
    about: 'One value',
    reach: 'always',
    argument: { name: 'words', about: 'What to look for', required: true },
    flags: ['public'],
    run,
  },
  ...['slow', 'broken', 'huge', 'nothing'].map(
    (name): Command => ({ name, about: name, reach: 'always', flags: ['public'], run }),
  ),
  { name: 'find', about: 'Search', reach: 'root', run },
]

/** What a card of the echo shows: other words with a number. */
const wordsIn = ({ text }: Call) => ['see you in court', ...(/\d+/.exec(text) ?? [])].join(' ')

/** Echoes each call; `slow`, `huge` and `broken` do what their names say, `nothing` is refused, `card` is a picture. */
export function echo(): { answer: Answer; calls: Call[] } {
  const calls: Call[] = []
  const answer: Answer = call => {
    calls.push(call)
    const open = call.audience === 'place' || words(call.text).flags.public !== undefined
    const audience = open ? 'place' : 'caller'
    if (call.command === 'slow') return new Promise(resolve => setTimeout(resolve, 4_000, said('late')))
    if (call.command === 'broken') throw new Error('boom')
    if (call.command === 'card' || call.text.startsWith('card')) return cardReply(wordsIn(call), { audience })
    if (call.command === 'huge') return said('x'.repeat(5_000), { audience })
    if (call.command === 'nothing') return { ...refusal(['There is no such thing.']), audience }
    return said(`${call.command}: ${call.text}`, { audience })
  }
  return { answer, calls }
}

const suggest: Suggest = query =>
  Array.from({ length: 40 }, (_, index) => ({
    name: `${query.subcommand ?? query.command} ${query.argument} ${index}`,
    value: index === 3 ? 'x'.repeat(101) : `${query.typed}${index}`,
  }))

/** The Discord platform against a loopback, started, with the real publish. */
export async function connected(loopback: Loopback, options: Partial<DiscordOptions> = {}) {
  const log = keptLog()
  const { answer, calls } = echo()
  const platform = discordOn(loopback, { log, ...options })
  const handlers: Handlers = { answer, suggest, publish: publishing({ platforms: () => [platform], log }) }
  await platform.start(handlers)
  return { platform, calls, log }
}

/** Handlers that answer nothing, for a start that fails. */
export const NOBODY: Handlers = {
  answer: run,
  suggest: () => [],
  publish: async () => ({ problem: run() }),
}

/** A Discord platform with the loopback's address and token; nothing is started. */
export function discordOn(
  loopback: Pick<Loopback, 'apiUrl' | 'token'>,
  options: Partial<DiscordOptions> & { log: Log },
): DiscordPlatform {
  return discord({ token: loopback.token, apiUrl: loopback.apiUrl, commands: () => COMMANDS, ...options })
}

/** Waits until something holds, for at most two seconds. */
export async function until(holds: () => boolean, most = 2_000): Promise<void> {
  const end = Date.now() + most
  while (!holds()) {
    if (Date.now() > end) throw new Error(`until: still not so after ${most} ms: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

import type { Handlers, Log, Suggest } from '../../../src/chat/platform.ts'
import type { Command } from '../../../src/commands/command.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import {
  createDiscord,
  type DiscordOptions,
  type DiscordPlatform,
} from '../../../src/platforms/discord/discord.ts'
import { createEchoAnswer, sentenceReply } from '../echo-answer.ts'
import type { Loopback } from '../loopback/discord.ts'
import { recordingLog } from '../recording-log.ts'

const run = () => sentenceReply('unused')

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
        argument: { name: 'text', about: 'The words', required: true },
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

const suggest: Suggest = query =>
  Array.from({ length: 40 }, (_, index) => ({
    name: `${query.subcommand ?? query.command} ${query.argument} ${index}`,
    value: index === 3 ? 'x'.repeat(101) : `${query.typed}${index}`,
  }))

/** Starts the Discord platform against a loopback, with the real publish. */
export async function connectDiscord(loopback: Loopback, options: Partial<DiscordOptions> = {}) {
  const log = recordingLog()
  const { answer, calls } = createEchoAnswer()
  const platform = discordPlatformFor(loopback, { log, ...options })
  const handlers: Handlers = { answer, suggest, publish: createPublish({ platforms: () => [platform], log }) }
  await platform.start(handlers)
  return { platform, calls, log }
}

/** Handlers that answer nothing, for a start that fails. */
export const EMPTY_HANDLERS: Handlers = {
  answer: run,
  suggest: () => [],
  publish: async () => ({ problem: run() }),
}

/** Creates a Discord platform with the loopback's address and token, without starting it. */
export function discordPlatformFor(
  loopback: Pick<Loopback, 'apiUrl' | 'token'>,
  options: Partial<DiscordOptions> & { log: Log },
): DiscordPlatform {
  return createDiscord({
    token: loopback.token,
    apiUrl: loopback.apiUrl,
    commands: () => COMMANDS,
    ...options,
  })
}

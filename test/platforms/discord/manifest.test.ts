import { expect, test } from 'vitest'
import type { Command } from '../../../src/commands/command.ts'
import { discordCommands, discordProblems } from '../../../src/platforms/discord/manifest.ts'
import { COMMANDS } from '../../support/discord/connected-platform.ts'
import { sentenceReply } from '../../support/echo-answer.ts'

const command = (name: string, more: Partial<Command> = {}): Command => ({
  name,
  about: `About ${name}`,
  reach: 'always',
  run: () => sentenceReply('x'),
  ...more,
})
const registeredCommand = (name: string) =>
  discordCommands(COMMANDS).find(registered => registered.name === name)

test('verbs become sub-commands, their values and flags options', () => {
  expect(registeredCommand('lawsuit')).toEqual({
    type: 1,
    name: 'lawsuit',
    description: 'Chicago v. Sessions',
    contexts: [0, 1],
    integration_types: [0],
    options: [
      {
        type: 1,
        name: 'summary',
        description: 'What it is about',
        options: [
          {
            type: 4,
            name: 'page',
            description: 'Which page of a long answer',
            required: false,
            min_value: 1,
          },
          {
            type: 5,
            name: 'public',
            description: 'Post the answer in this channel for everyone',
            required: false,
          },
        ],
      },
      {
        type: 1,
        name: 'quotes',
        description: 'Verbatim quotes',
        options: [
          { type: 3, name: 'speaker', description: 'Only this speaker', required: false, autocomplete: true },
          expect.objectContaining({ type: 3, name: 'since', required: false }),
          expect.objectContaining({ type: 5, name: 'public' }),
        ],
      },
    ],
  })
})

test('a command without verbs takes its value itself', () => {
  expect(
    registeredCommand('plain')?.options?.map(({ type, name, required }) => [type, name, required]),
  ).toEqual([
    [3, 'words', true],
    [5, 'public', false],
  ])
  expect(registeredCommand('slow')).not.toHaveProperty('options.0.options')
})

test('a command with a value and verbs takes either, since with sub-commands it could not be called bare', () => {
  expect(registeredCommand('quote')?.options).toMatchObject([
    { type: 3, name: 'of', required: false, autocomplete: true },
    { type: 3, name: 'check', description: 'Are these words in our sources?', required: false },
    { type: 5, name: 'latest', description: 'The newest' },
    { type: 3, name: 'story', autocomplete: true },
    { type: 5, name: 'public' },
  ])
})

test('further values of a verb are options behind the first, none of them required', () => {
  const others = [
    { name: 'time', about: 'When' },
    { name: 'zone', about: 'Where', suggests: true as const },
  ]
  const on = {
    name: 'on',
    about: 'On',
    argument: { name: 'name', about: 'Which', required: true },
    moreArguments: others,
  }
  const [digest] = discordCommands([command('digest', { subcommands: [on] })])
  expect(digest?.options?.[0]?.options).toEqual([
    { type: 3, name: 'name', description: 'Which', required: true },
    { type: 3, name: 'time', description: 'When', required: false },
    { type: 3, name: 'zone', description: 'Where', required: false, autocomplete: true },
  ])
})

test('only commands with a name of their own are there, in the order of the registry', () => {
  expect(discordCommands(COMMANDS).map(({ name }) => name)).toEqual(
    COMMANDS.filter(({ reach }) => reach === 'always').map(({ name }) => name),
  )
  expect(JSON.stringify(discordCommands(COMMANDS))).toBe(JSON.stringify(discordCommands([...COMMANDS])))
  expect(discordProblems(COMMANDS)).toEqual([])
})

test('what Discord would refuse is found before it is sent', () => {
  const problems = (...commands: Command[]) => discordProblems(commands)
  const verbs = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `verb${index}`, about: 'x'.repeat(100) }))
  expect(problems(command('Law'))).toEqual(['/Law: a name must be in lower case'])
  expect(problems(command('law suit'))).toEqual([
    '/law suit: a name has 1 to 32 characters: letters, digits, - or _',
  ])
  expect(problems(command('x'.repeat(33)))).toHaveLength(1)
  expect(problems(command('stadt-köln'))).toEqual([])
  expect(problems(command('a', { about: '' }))[0]).toMatch(/has 0 characters, 1 to 100/)
  expect(problems(command('a', { about: 'x'.repeat(101) }))[0]).toMatch(/has 101 characters/)
  expect(problems(command('a'), command('a'))).toEqual(['/a: this name is used twice'])
  expect(problems(command('a', { subcommands: verbs(26) }))).toEqual(['/a: 26 verbs and options, at most 25'])
  expect(problems(...Array.from({ length: 101 }, (_, index) => command(`c${index}`)))[0]).toMatch(
    /^101 commands/,
  )
  const flags = ['page', 'public', 'since', 'story'] as const
  const wordy = { about: 'x'.repeat(100), required: false }
  const heavy = verbs(25).map(verb => ({ ...verb, flags: [...flags], argument: { name: 'value', ...wordy } }))
  expect(problems(command('a', { subcommands: heavy }))).toEqual([
    expect.stringMatching(/^\/a: [\d]+ characters of names and descriptions, at most 8000$/),
  ])
  const argument = { name: 'speaker or words', about: 'x', required: true }
  expect(problems(command('a', { argument }))).toEqual([
    '/a speaker or words: a name has 1 to 32 characters: letters, digits, - or _',
  ])
  expect(problems(command('a', { argument: { ...argument, name: 'page' }, flags: ['page'] }))).toEqual([
    '/a: “page” is used twice',
  ])
})

test('what is for editors is hidden from all but administrators, and from direct messages', () => {
  const [desk, other] = discordCommands([command('desk', { editorsOnly: true }), command('other')])
  expect(desk).toMatchObject({ default_member_permissions: '0', contexts: [0] })
  expect(other).not.toHaveProperty('default_member_permissions')
  expect(other).toMatchObject({ contexts: [0, 1] })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatLine, parseLine, splitCommand, textAfter } from '../../src/commands/line.ts'

const value = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '--public',
    '—page',
    '–since',
    '"',
    '\\',
    '“a” b',
    "it's",
    '',
    '.',
    'U.S.',
    '2018..',
    '--',
    '#1',
  ),
)
const flags = fc.dictionary(
  fc.constantFrom('public', 'page', 'since', 'story', 'other'),
  fc.oneof(value, fc.constant<true>(true)),
  { noNullPrototype: true },
)

test('a line gives back the words that it was made of, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), flags, (args, flags) => {
      expect(parseLine(formatLine({ args, flags }))).toEqual({ args, flags })
    }),
    { numRuns: 2_000 },
  )
})

test('a value can never become a flag', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), args => {
      expect(parseLine(formatLine({ args, flags: {} })).flags).toEqual({})
    }),
    { numRuns: 2_000 },
  )
})

test('no line at all is too strange to be read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(4), (typed, count) => {
      const { args, flags } = parseLine(typed)
      expect(args.every(arg => typeof arg === 'string')).toBe(true)
      expect(Object.keys(flags).every(name => name !== '')).toBe(true)
      const text = textAfter(typed, count)
      if (Object.keys(flags).length === 0) expect(typed.trim().endsWith(text)).toBe(true)
      else expect(text.length).toBeLessThan(typed.length)
    }),
  )
})

describe('words', () => {
  test.each([
    ['  summary   now ', { args: ['summary', 'now'], flags: {} }],
    ['“see you in court” x', { args: ['see you in court', 'x'], flags: {} }],
    ['summary.', { args: ['summary'], flags: {} }],
    ['status?', { args: ['status'], flags: {} }],
    ['status !', { args: ['status'], flags: {} }],
    ['状态？', { args: ['状态'], flags: {} }],
    ['who sessions?!', { args: ['who', 'sessions'], flags: {} }],
    ['timeline 2018..?', { args: ['timeline', '2018..'], flags: {} }],
    ['check “Is it safe?”', { args: ['check', 'Is it safe?'], flags: {} }],
    ['correct x --why Wrong?', { args: ['correct', 'x'], flags: { why: 'Wrong?' } }],
    ['who !!!', { args: ['who', '!!!'], flags: {} }],
    ['who “Ana Example”.', { args: ['who', 'Ana Example'], flags: {} }],
    ['timeline 2018..', { args: ['timeline', '2018..'], flags: {} }],
    ['—public –page 2', { args: [], flags: { public: true, page: '2' } }],
    ['--PAGE=2 --since "last monday"', { args: [], flags: { page: '2', since: 'last monday' } }],
    ['--since="7 d" x', { args: ['x'], flags: { since: '7 d' } }],
    ['--page --public', { args: [], flags: { page: true, public: true } }],
    ['"--public"', { args: ['--public'], flags: {} }],
    ['a -- b -c', { args: ['a', '--', 'b', '-c'], flags: {} }],
    ['say "never closed', { args: ['say', 'never closed'], flags: {} }],
    ['', { args: [], flags: {} }],
  ])('%s', (typed, read) => {
    expect(parseLine(typed)).toEqual(read)
  })

  test('a flag that is called like a part of every object is a flag like others', () => {
    expect(parseLine('--constructor=x --toString').flags).toEqual({ constructor: 'x', tostring: true })
  })
})

test('the text after the first words stays as it was typed, but for flags', () => {
  expect(textAfter('check  “a  b” c — d --public', 1)).toBe('“a  b” c — d')
  expect(textAfter('--public quote check "a"', 1)).toBe('check "a"')
  expect(textAfter('check a --story x b', 1)).toBe('a   b')
  expect(textAfter('check', 1)).toBe('')
  expect(textAfter('report it is wrong?!', 1)).toBe('it is wrong?!')
})

test('a slash or the name of the bot begins a command; anything else is asked of nutgraf', () => {
  expect(splitCommand('/Quote  sessions')).toEqual({ command: 'quote', text: 'sessions' })
  expect(splitCommand('@nutgraf lawsuit summary')).toEqual({ command: 'nutgraf', text: 'lawsuit summary' })
  expect(splitCommand(' lawsuit summary ')).toEqual({ command: 'nutgraf', text: 'lawsuit summary' })
  expect(splitCommand('/')).toEqual({ command: 'nutgraf', text: '/' })
})

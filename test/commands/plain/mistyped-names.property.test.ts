import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainInlines, toPlainText } from '../../../src/chat/plain-text.ts'
import { readIntents } from '../../../src/commands/plain/intents.ts'
import { isSlipOf } from '../../../src/commands/plain/one-slip.ts'
import { isStopWord } from '../../../src/commands/plain/stop-words.ts'
import { verbNamesOf } from '../../../src/commands/story/story.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'

const { ask, say, commands, errors } = startConversation(bundledLibrary)

/** Each command with a real argument of it, and the line that it should be offered as. */
const COMMANDS: [name: string, argument: string, line: string][] = [
  ['quote', 'sessions', '/quote sessions'],
  ['quotes', 'sessions', '/quote sessions'],
  ['lawsuit', 'timeline 2018', '/lawsuit timeline 2018'],
  ['welcoming-city', 'summary', '/nutgraf welcoming-city summary'],
  ['find', 'ice', '/nutgraf find ice'],
  ['story', 'list', '/nutgraf story list'],
  ['wire', 'chicago', '/nutgraf wire chicago'],
  ['digest', 'status', '/digest status'],
  ['help', 'quote', '/nutgraf help quote'],
  ['report', 'This is out of date', '/nutgraf report This is out of date'],
]

/** The verbs of the bundled story, each with an argument. */
const VERBS = verbNamesOf(bundledLibrary.story('lawsuit')!).map((verb): [string, string] => [
  verb,
  ['timeline', 'sources'].includes(verb) ? '2018' : 'sessions',
])

/** A name with a letter left out, doubled, or swapped with the next one. */
const slips = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('drop', 'double', 'swap'), fc.nat(name.length - 2))
    .map(([kind, at]) =>
      kind === 'drop'
        ? name.slice(0, at + 1) + name.slice(at + 2)
        : kind === 'double'
          ? name.slice(0, at) + name[at] + name.slice(at)
          : name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2),
    )

const known = new Set([
  ...commands().map(({ name }) => name),
  ...bundledLibrary.stories.flatMap(story => [story.slug, ...verbNamesOf(story)]),
])

/** Whether a mistyped word is another one that exists: nobody can tell that it was mistyped. */
const isWord = (typed: string) =>
  known.has(typed) || known.has(`${typed}s`) || isStopWord(typed) || readIntents([typed]).count > 0
const isInStories = (typed: string) => bundledLibrary.wordsTogether(typed).known.includes(typed)

const offersOf = (typed: string) => (ask(typed).buttons ?? []).map(({ line }) => line)

test('every command is in the table', () => {
  expect(commands().map(({ name }) => name)).toEqual(
    expect.arrayContaining(
      COMMANDS.slice(2, -2)
        .map(([name]) => name)
        .filter(name => name !== 'welcoming-city'),
    ),
  )
  expect(commands().length).toBeLessThanOrEqual(COMMANDS.length)
})

test('a mistyped command with an argument offers the right line, and is never answered about the mistyped word', () => {
  const line = fc
    .constantFrom(...COMMANDS)
    .chain(([name, argument, meant]) => fc.tuple(slips(name), fc.constant(argument), fc.constant(meant)))
  fc.assert(
    fc.property(
      line,
      fc.constantFrom('', '/', '/nutgraf ', '@nutgraf '),
      ([typed, argument, meant], head) => {
        fc.pre(!isWord(typed) && (head === '/' || !isInStories(typed)))
        const asked = `${head}${typed} ${argument}`
        expect(offersOf(asked), asked).toContain(meant)
        expect(say(asked)).toMatch(new RegExp(`^I don’t know “${typed}”\\. Did you mean: `))
      },
    ),
    { numRuns: 300 },
  )
  expect(errors).toEqual([])
})

test('a mistyped verb of a story offers the right line', () => {
  const line = fc
    .constantFrom(...VERBS)
    .chain(([verb, argument]) => fc.tuple(slips(verb), fc.constant(argument), fc.constant(verb)))
  fc.assert(
    fc.property(line, ([typed, argument, verb]) => {
      fc.pre(!isWord(typed) && !isInStories(typed) && typed.length > 1)
      const asked = `/lawsuit ${typed} ${argument}`
      expect(offersOf(asked), asked).toContain(`/lawsuit ${verb} ${argument}`)
    }),
    { numRuns: 200 },
  )
})

test('a story and its verb both mistyped offer the line with both right', () => {
  const line = fc
    .constantFrom(...VERBS)
    .chain(([verb, argument]) =>
      fc.tuple(slips('lawsuit'), slips(verb), fc.constant(argument), fc.constant(verb)),
    )
  const like = (typed: string) => VERBS.filter(([name]) => isSlipOf(typed, name))
  fc.assert(
    fc.property(line, ([story, typed, argument, verb]) => {
      fc.pre(like(typed).length === 1 && !VERBS.some(([name]) => name === typed))
      expect(offersOf(`/${story} ${typed} ${argument}`)).toContain(`/lawsuit ${verb} ${argument}`)
    }),
    { numRuns: 200 },
  )
  expect(offersOf('/lawsit sumary')).toEqual(['/lawsuit summary'])
  expect(offersOf('/lawsit cities')).toEqual(['/lawsuit cities'])
})

test('where others read the answer, an offered line has no word of whoever typed it', () => {
  const reply = ask('/quot qzxjqzxj', { audience: 'place' })
  expect(JSON.stringify(reply)).not.toContain('qzxj')
  expect(toPlainText(reply)).toContain('Did you mean: /quote?')
  expect(toPlainText(ask('/quot sessions', { audience: 'place' }))).toContain(
    'Did you mean: /quote sessions?',
  )
})

test('words that exist are no slips: a question in words is answered as before', () => {
  for (const asked of [
    'sessions on sanctuary',
    'cities sued',
    'what did sessions say',
    '/lawsuit money at stake',
  ])
    expect(say(asked)).toMatch(/^I read this as: /)
  expect(isSlipOf('sessions', 'quote')).toBe(false)
})

test('flags stay in the line that is offered', () => {
  expect(offersOf('/quot sessions --card')).toEqual(['/quote sessions --card'])
})

test('where the last word of a speaker’s name has a slip, nothing is answered about the rest of it', () => {
  // Namesakes in many stories, and a name that begins like another one ends.
  const quotes = ['Ana Example', 'Example Authority'].map((speaker, at) => ({
    ...QUOTE,
    ...{ id: `said-${at}`, speaker, aliases: [], words: QUOTE.words[at] },
  }))
  const files = Array.from({ length: 30 }, (_, index) => storyFiles(`bridge-${index}`, { quotes }))
  const { ask, errors } = startConversation(libraryFromFiles(...files))
  const typed = fc.constantFrom('Ana Example', 'Mayor Ana Example', 'Example Authority').chain(name => {
    const last = name.slice(name.lastIndexOf(' ') + 1)
    return slips(last).map(slip => ({ line: `/quote ${name.replace(last, slip)}`, last }))
  })
  fc.assert(
    fc.property(typed, ({ line, last }) => {
      const { lead = [], blocks } = ask(line)
      expect(plainInlines(lead), line).not.toContain('I did not use')
      expect(JSON.stringify(blocks), line).toContain(last)
      expect(errors).toEqual([])
    }),
    { numRuns: 200 },
  )
})

import { describe, expect, test } from 'vitest'
import { PHONE_BUDGET } from '../../src/chat/reply.ts'
import { createLibrary } from '../../src/content/library.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { NOON } from '../support/noon.ts'

const stories = libraryFromFiles(
  storyFiles('bridge', { meta: { command: 'span' } }),
  storyFiles('old-bridge'),
)
const { ask, say, suggest } = startConversation(stories)

describe('help', () => {
  test('six lines from the content, each of which can be typed', () => {
    const text = say('/nutgraf')
    const typed = [...text.matchAll(/• (\/.+?)(?: · |$)/gm)].map(found => found[1]!)
    expect(typed).toEqual([
      '/span summary',
      '/quote example',
      '/quote check "some words"',
      '/nutgraf find bridge',
      '/nutgraf changes',
      '/nutgraf story list',
    ])
    expect(say('/span summary')).toMatch(/^DEVELOPING/)
    expect(say('/nutgraf find bridge')).toMatch(/hits in 2 stories/)
    expect(text).toContain('all 2 stories')
    expect(text).toContain('@nutgraf span')
  })

  test('is made for the platform: Discord takes a story without a command as a value', () => {
    const { say } = startConversation(libraryFromFiles(storyFiles('old-bridge')))
    expect(say('/nutgraf help')).toContain('/nutgraf old-bridge summary')
    const discord = { place: 'discord:1/2' as const }
    expect(say('/nutgraf help', discord)).toContain('/nutgraf story old-bridge summary')
    expect(say('/nutgraf story list', discord)).toContain('/nutgraf story old-bridge summary')
    expect(say('/nutgraf old-bridge help', discord)).toContain('/nutgraf story old-bridge timeline 2026')
    expect(say('/nutgraf story "old-bridge timeline"', discord)).toBe(say('/nutgraf old-bridge timeline'))
    expect(say('/nutgraf help', { place: 'preview:local' })).toContain('the same as on Slack and Discord')
  })

  test('of a command, of a story by any name, and of none', () => {
    expect(say('/nutgraf help quote')).toContain('/quote <of> · Exact words')
    expect(say('/nutgraf help /find')).toContain('/nutgraf find <words>')
    expect(say('/nutgraf help span')).toBe(say('/span help'))
    expect(say('/nutgraf help old-bridge')).toBe(say('/nutgraf old-bridge help'))
    expect(say('/nutgraf help nutgraf')).toBe(say('/nutgraf help'))
  })

  test('about: version, revision and age of the content', () => {
    expect(say('/nutgraf about')).toMatch(
      /Version: 1\.2\.3\nStories: 2\nContent revision: test\nContent last checked: 5 May 2026\n\n• bridge · developing, covers to 4 May 2026 \(yesterday\), the cost was not checked\n• old-bridge · /,
    )
    expect(ask('/nutgraf about').parts).toEqual(['bridge/label', 'old-bridge/label'])
    const many = startConversation(
      libraryFromFiles(
        ...Array.from({ length: 30 }, (_, index) =>
          storyFiles(`s${index}`, { meta: { notChecked: 'what was not checked '.repeat(8) } }),
        ),
      ),
    )
    expect(many.say('/nutgraf about').length).toBeLessThanOrEqual(PHONE_BUDGET)
    expect(many.say('/nutgraf about')).toMatch(/and 2\d more: \/nutgraf story list$/)
  })

  test('with no story at all it is still polite', () => {
    const { say, errors } = startConversation(createLibrary([], 'none'))
    for (const typed of [
      '/nutgraf',
      '/nutgraf about',
      '/nutgraf story list',
      '/quote',
      '/quote x',
      '/nutgraf find x',
      '/nutgraf find',
      '/nutgraf changes',
      '/lawsuit',
    ])
      expect(say(typed), typed).not.toBe('')
    expect(errors).toEqual([])
  })
})

test('story list: each with its state and reach, on pages', () => {
  expect(say('/nutgraf story list')).toBe(
    '2 STORIES\n\n• /span summary · The bridge on Main Street · developing, covers to 4 May 2026, the cost was not checked\n• /nutgraf old-bridge summary · The bridge on Main Street · developing, covers to 4 May 2026, the cost was not checked',
  )
  expect(ask('/story').parts).toEqual(['bridge/label', 'old-bridge/label'])
  const many = startConversation(
    libraryFromFiles(...Array.from({ length: 30 }, (_, index) => storyFiles(`s${index}`))),
  )
  expect(many.say('/nutgraf story list --page 3')).toMatch(/Page 3 of \d+$/)
  expect(many.buttons('/nutgraf story list').at(0)).toBe('Next page: /nutgraf story list --page 2')
})

describe('suggestions', () => {
  const values = (query: object) =>
    suggest({ command: 'nutgraf', argument: '', typed: '', at: NOON, ...query }).map(one => one.value)

  test('speakers, people, stories and commands, those that begin with it first', () => {
    expect(values({ command: 'quote', argument: 'of', typed: 'EX' })).toEqual([
      'Ana Example (bridge)',
      'Ben Example (bridge)',
      'Ana Example (old-bridge)',
      'Ben Example (old-bridge)',
    ])
    expect(values({ command: 'span', subcommand: 'who', argument: 'name', typed: 'zoe' })).toEqual([
      'Zoë Müller Ärmel',
    ])
    expect(values({ command: 'span', subcommand: 'quotes', argument: 'speaker', typed: 'ben' })).toEqual([
      'Ben Example',
    ])
    expect(values({ subcommand: 'find', argument: 'story', typed: 'old' })).toEqual(['old-bridge'])
    const verbs = values({ subcommand: 'story', argument: 'name', typed: 'bridge' })
    expect(verbs[0]).toBe('bridge')
    expect(verbs).toContain('bridge costs-and-repairs')
    expect(verbs.at(-1)).toBe('old-bridge')
    expect(values({ subcommand: 'help', argument: 'command', typed: 'q' })).toEqual(['quote'])
    expect(values({ command: 'quote', argument: 'check', typed: 'a' })).toEqual([])
  })

  test('at most 25, and what is offered can be asked', () => {
    const { suggest, say } = startConversation(
      libraryFromFiles(...Array.from({ length: 30 }, (_, index) => storyFiles(`s${index}`))),
    )
    const offers = suggest({ command: 'nutgraf', subcommand: 'story', argument: 'name', typed: '', at: NOON })
    expect(offers).toHaveLength(25)
    for (const { value } of offers) expect(say(`/nutgraf story "${value}"`)).toMatch(/STORIES|DEVELOPING/)
  })
})

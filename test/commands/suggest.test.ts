import { expect, test } from 'vitest'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { NOON } from '../support/noon.ts'

const { suggest, say } = startConversation(
  libraryFromFiles(storyFiles('bridge', { meta: { command: 'span' } })),
)
const offers = (query: object) =>
  suggest({ command: 'span', argument: '', typed: '', at: NOON, ...query }).map(({ name, value }) => [
    name,
    value,
  ])

test('typed words offer the quotations that hold them, and each is found again', () => {
  for (const typed of ['stays shut', 'stays shut unt', 'STAYS  SHUT, until']) {
    const [first, ...more] = offers({ command: 'quote', argument: 'of', typed })
    expect(first?.[1]).toMatch(/^stays shut until it is safe,/)
    expect(more).toEqual([])
    expect(say(`/quote "${first?.[1]}"`)).toContain('Ana Example')
  }
  expect(offers({ command: 'quote', argument: 'of', typed: 'zz yy' })).toEqual([])
  expect(offers({ command: 'quote', argument: 'of', typed: 'Ana Ex' })).toEqual([
    ['Ana Example', 'Ana Example'],
  ])
})

test('a quotation whose first word has no room in a choice is not offered, rather than cut', () => {
  const long = 'x'.repeat(75)
  const { suggest } = startConversation(
    libraryFromFiles(
      storyFiles('long', {
        stored: { 'paper.txt': `"Behold ${long} is here," Ana Example said.\n` },
        sources: [
          { number: 1, outlet: 'O', title: 'T', kind: 'news', dateNote: 'd', text: 'paper.txt', rights: 'r' },
        ],
        quotes: [
          {
            id: 'q',
            speaker: 'Ana Example',
            role: 'r',
            kind: 'direct',
            saidOn: 'not given',
            words: `Behold ${long} is here,`,
            source: 1,
            remark: 'r',
          },
        ],
        timeline: [],
        people: [],
        facts: [],
        body: '## Summary\n\nShort. [1]\n',
      }),
    ),
  )
  const offered = (typed: string) =>
    suggest({ command: 'quote', argument: 'of', typed, at: NOON }).map(({ value }) => value)
  expect(offered(`${long} is`)).toEqual([])
  expect(offered(`behold ${long}`)).toEqual(['Behold'])
})

test('a timeline offers its years, and the months of a year; sources their numbers', () => {
  const years = offers({ subcommand: 'timeline', argument: 'range' })
  expect(years.map(([, value]) => value)).toEqual(['2026', '2025'])
  for (const [, value] of years) expect(say(`/span timeline ${value}`)).toContain('Timeline')
  const months = offers({ subcommand: 'timeline', argument: 'range', typed: '2026' })
  expect(months.every(([, value]) => /^2026-\d\d$/.test(value!))).toBe(true)
  expect(months.length).toBeGreaterThan(0)
  const [source] = offers({ subcommand: 'sources', argument: 'number', typed: 'paper' })
  expect(source).toEqual(['#1 The Paper: Bridge shut', '#1'])
  expect(say(`/span sources "${source?.[1]}"`)).toContain('The Paper')
  const days = offers({ subcommand: 'timeline', argument: 'since' })
  for (const [, value] of days) expect(say(`/span timeline --since ${value}`)).not.toContain('can’t read')
})

test('of speakers with one name in two stories, each is offered with role and story, and found by it', () => {
  const { suggest, say } = startConversation(
    libraryFromFiles(storyFiles('bridge'), storyFiles('tunnel', { meta: { title: 'The tunnel' } })),
  )
  const offered = suggest({ command: 'quote', argument: 'of', typed: 'ana', at: NOON })
  expect(offered).toEqual([
    {
      name: 'Ana Example, Mayor at the time, in The bridge on Main Street',
      value: 'Ana Example (bridge)',
    },
    { name: 'Ana Example, Mayor at the time, in The tunnel', value: 'Ana Example (tunnel)' },
  ])
  expect(say(`/quote ${offered[1]!.value}`)).toContain('stays shut')
  expect(suggest({ command: 'quote', argument: 'of', typed: 'time, in the tunnel', at: NOON })).toEqual([
    offered[1],
  ])
})

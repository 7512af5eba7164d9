import { describe, expect, test } from 'vitest'
import { plainInlines, toPlainText } from '../../src/chat/plain-text.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { allLines } from '../../src/check/all-lines.ts'
import { sampleEditions } from '../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { labelOf, labelOfAll, shortLabel } from '../../src/commands/label.ts'
import { createLibrary } from '../../src/content/library.ts'
import { loadContent } from '../../src/content/read/load.ts'
import type { Story } from '../../src/content/story.ts'
import { visibleAt } from '../../src/content/visible.ts'
import { readableDate } from '../../src/dates/dates.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'

/** A story whose dates no other story has, so that each date found in an answer belongs to one story. */
const dated = (day: number, meta: object = {}) => ({
  meta: { coversTo: `2026-05-${day}`, checked: { on: `2026-05-${day + 1}` }, ...meta },
  corrections: [{ on: `2026-05-${day + 2}`, part: 'label', was: 'a', now: 'b', why: 'Misread.' }],
})
const DIGESTS = [
  { name: 'all', title: 'All', time: '08:00', days: 'daily', quiet: 'note' },
  { name: 'one', title: 'One', time: '08:00', days: 'daily', stories: ['bridge'] },
]
const loaded = loadContent([
  ...storyFiles('bridge', dated(10, { command: 'span' })),
  ...storyFiles('old-bridge', dated(14, { state: 'settled' })),
  ...storyFiles('pier', dated(18, { state: 'archived' })),
  ...storyFiles('quay', { ...dated(22, { checked: undefined, title: 'The quay' }), quotes: [] }),
  { path: 'digests.yml', origin: 'content/digests.yml', text: JSON.stringify(DIGESTS) },
])
const visible = visibleAt(loaded, Date.parse('2026-07-20T00:00:00Z'))
const library = createLibrary(visible.stories, visible.revision, visible.digests)

/** The words that every answer showing a story must contain. */
const requiredWords = ({ state, coversTo, stale, corrections: [correction] }: Story) => [
  state,
  `to ${readableDate(coversTo)}`,
  ...(stale === undefined ? [] : [stale]),
  ...(correction ? [`corrected ${readableDate(correction.on)}`] : []),
]

/** The stories that a reply shows, by its parts. */
function storiesIn(reply: Reply, stories: Story[]): Story[] {
  const slugs = new Set(reply.parts.map(part => part.split('/')[0]))
  return stories.filter(({ slug }) => slugs.has(slug))
}

/** Sentences from the stories: none of them may appear in an answer without a label. */
const sentences = (stories: Story[]) => [
  ...stories.flatMap(story => story.quotes.map(quote => quote.words)),
  ...stories.flatMap(story => [...story.timeline, ...story.facts].map(({ text }) => plainInlines(text))),
  ...stories.flatMap(story => story.people.map(({ about = [] }) => plainInlines(about))),
  ...stories.flatMap(story =>
    story.sections.flatMap(({ body }) =>
      body.flatMap(({ block }) => (block.kind === 'text' ? plainInlines(block.text) : [])),
    ),
  ),
]

/** Every line that can be reached by typing or by a button, with its answer. */
function everyReply(from: typeof library): [string, Reply][] {
  const { ask } = startConversation(from)
  const first = from.stories[0]!
  const queue = [
    ...allLines(from),
    ...['/nutgraf find bridge', '/nutgraf find chicago', '/nutgraf changes --since 2000-01-01'],
    ...['/quote check "stays shut until it is safe"', '/quote check "stays shut unless it is safe"'],
    ...[
      '/quote zoe',
      '/quote bridge',
      '/quote check "see you in June"',
      '/quote police',
      '/quote see you in june',
    ],
    ...[`/nutgraf ${first.slug} timeline 1999`, `/nutgraf ${first.slug} nonsense`],
  ]
  const replies = new Map<string, Reply>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (replies.has(typed)) continue
    const reply = ask(typed)
    replies.set(typed, reply)
    queue.push(...(reply.buttons ?? []).map(action => action.line))
  }
  return [...replies]
}

test('what is said of a story goes with it everywhere', () => {
  const [bridge, old, pier, quay] = library.stories
  expect(labelOf(bridge!).line).toBe(
    'DEVELOPING STORY · covers 30 Dec 2025 to 10 May 2026 · the cost was not checked · not checked since 11 May 2026 · corrected 12 May 2026',
  )
  expect(labelOf(pier!, { lead: 'quote' }).line).toBe(
    'QUOTE · archived story · covers 30 Dec 2025 to 18 May 2026 · the cost was not checked · corrected 20 May 2026',
  )
  expect(shortLabel(quay!)).toBe(
    'developing, covers to 22 May 2026, the cost was not checked, no date for the last check, corrected 24 May 2026',
  )
  expect(labelOfAll([bridge!, old!]).line).toBe(
    'DEVELOPING: bridge covers to 10 May 2026 (not checked since 11 May 2026, corrected 12 May 2026) · the cost was not checked · SETTLED: old-bridge covers to 14 May 2026 (not checked since 15 May 2026, corrected 16 May 2026) · the cost was not checked',
  )
})

describe.each([
  ['stories that are stale and corrected', library],
  ['the stories that come with the program', bundledLibrary],
])('every answer about %s', (_, from) => {
  const replies = everyReply(from)

  test('says which state it is in, how far it reaches, and what a reader must beware of', () => {
    const showing = replies.filter(([, { parts }]) => parts.length > 0)
    expect(showing.length).toBeGreaterThan(50)
    for (const [typed, reply] of showing) {
      const text = toPlainText(reply).toLowerCase()
      for (const story of storiesIn(reply, from.stories))
        for (const words of requiredWords(story))
          expect(text, `${typed}: ${story.slug}`).toContain(words.toLowerCase())
      // The page about the program has a line for each story instead.
      if (typed !== '/nutgraf about') expect(reply.label?.line, typed).toBeTruthy()
    }
  })

  test('and none that shows anything of it is without', () => {
    const known = sentences(from.stories).filter(words => words.length > 12)
    for (const [typed, reply] of replies.filter(([, { label }]) => !label)) {
      const text = toPlainText(reply)
      expect(
        known.filter(words => text.includes(words)),
        typed,
      ).toEqual([])
    }
  })

  test('nobody can switch it off by asking in the open', () => {
    const { ask } = startConversation(from)
    for (const [typed, { label }] of replies) {
      if (!label) continue
      const shared = ask(typed.includes('--public') ? typed : `${typed} --public`, { audience: 'place' })
      // An answer for all repeats nothing that was typed, so it may have a page less.
      if (shared.refusal && shared.parts.length === 0) continue
      expect(shared.label?.line, typed).toBeTruthy()
      const text = toPlainText(shared).toLowerCase()
      for (const words of storiesIn(shared, from.stories).flatMap(requiredWords))
        expect(text, typed).toContain(words.toLowerCase())
    }
  })
})

test('every edition of every digest says so of each story that it tells of', () => {
  const all = sampleEditions(library, commandLinesFor('slack:T1/C1')).filter(
    ({ reply }) => reply.parts.length > 0,
  )
  expect(all.length).toBeGreaterThan(8)
  for (const { digest, variant, reply } of all) {
    const text = toPlainText(reply).toLowerCase()
    for (const story of storiesIn(reply, library.stories))
      for (const words of requiredWords(story))
        expect(text, `${digest}, ${variant}: ${story.slug}`).toContain(words.toLowerCase())
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { PHONE_BUDGET, type Reply } from '../../src/chat/reply.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { partContentsOf } from '../../src/content/parts.ts'
import { loadContent } from '../../src/content/read/load.ts'
import type { Event, Story } from '../../src/content/story.ts'
import { addDays } from '../../src/dates/dates.ts'
import { drawEdition, type EditionInput, selectEdition } from '../../src/digests/edition.ts'
import { newsOf, type Revisions } from '../../src/digests/news.ts'
import { type Selection, threadSelection } from '../../src/digests/selection.ts'
import { THREAD_BUDGET } from '../../src/digests/thread-body.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { anyWords } from '../support/delivery/any-words.ts'
import { recordedRevisions } from '../support/digests/recorded-revisions.ts'

const [base] = loadContent(storyFiles('bridge')).stories
const NEWS_FROM = 1_000_000_000_000
const NEWS_TO = NEWS_FROM + 86_400_000

const entry: fc.Arbitrary<Omit<Event, 'id'>> = fc.record({
  date: fc.nat(3_000).map(days => addDays('2000-01-01', days)),
  text: fc
    .tuple(anyWords(600), anyWords(30), anyWords(30))
    .map(([text, bold, link]) => [text, { bold }, ' ', { link: 'https://a.example/b', text: link }]),
  confidence: fc.constant('high' as const),
  sources: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 12 }),
  major: fc.constant(false),
})

/** A story with mostly arbitrary parts. `young` tells which of them were entered after the last edition. */
const story = fc
  .record({
    title: anyWords(300),
    dek: anyWords(200),
    notChecked: fc.option(anyWords(300), { nil: undefined }),
    state: fc.constantFrom('developing' as const, 'settled' as const, 'archived' as const),
    timeline: fc.array(entry, { maxLength: 8 }),
    role: anyWords(300),
    fact: anyWords(400),
    section: anyWords(200),
    correction: anyWords(200),
    why: fc.option(anyWords(200), { nil: undefined }),
    coming: fc.array(entry, { maxLength: 2 }),
    address: fc.nat(1_500),
    young: fc.func(fc.boolean()),
    revised: fc.func(fc.boolean()),
    whole: fc.nat(5).map(number => number === 0),
  })
  .map(
    ({ timeline, coming, why, address, role, fact, section, correction, young, revised, whole, ...rest }) => {
      const makeStory = (slug: string): Story => ({
        ...base!,
        ...rest,
        slug,
        timeline: timeline.map((event, index) => ({ ...event, id: `e${index}` })),
        coming: coming.map((event, index) => ({ ...event, id: `c${index}`, expected: true })),
        ...(why !== undefined && { why: { text: [why], sources: [1, 2, 3] } }),
        sources: Array.from({ length: 12 }, (_, index) => ({
          ...base!.sources[0]!,
          number: index + 1,
          outlet: `${role.slice(0, 40)} ${index}`,
          url: `https://a.example/${'ü('.repeat(address / 20)}${'x'.repeat(address)}`,
        })),
        quotes: base!.quotes.map(quote => ({ ...quote, role })),
        facts: base!.facts.map(original => ({ ...original, text: [fact] })),
        sections: [...base!.sections, { ...base!.sections[1]!, name: 'more', title: section }],
        corrections: [
          {
            on: '2001-09-09',
            part: 'fact:road',
            was: correction,
            now: correction,
            why: 'why',
            repeat: true,
            notice: false,
          },
        ],
      })
      return { makeStory, young, revised, whole }
    },
  )

const content = fc.array(story, { minLength: 1, maxLength: 9 }).map(generated => {
  const stories = generated.map(({ makeStory }, index) => makeStory(`s-${index}`))
  const revisions: Revisions = new Map(
    [...recordedRevisions({ stories }, NEWS_FROM - 5)].map(([part, revision]) => {
      const { young, revised, whole } = generated[Number(/^s-(\d+)/.exec(part)![1])]!
      const isLabel = part.endsWith('/label')
      if (whole || (!isLabel && young(part)))
        return [part, { ...revision, firstSeenAt: NEWS_FROM + 5, seenAt: NEWS_FROM + 5 }]
      return [part, revised(part) ? { ...revision, revision: 2, seenAt: NEWS_FROM + 5 } : revision]
    }),
  )
  return { stories, revisions }
})

const edition = fc
  .record({
    content,
    first: fc.boolean(),
    place: fc.constantFrom('slack:T/C' as const, 'discord:1/2' as const),
    zone: fc.constantFrom('America/Argentina/Buenos_Aires', 'UTC', 'Asia/Tokyo'),
    title: anyWords(60).map(title => title.slice(0, 60)),
    late: fc.nat(200_000_000),
  })
  .map(({ content: { stories, revisions }, first, place, zone, title, late }): EditionInput => {
    const digest = { name: 'morning', title }
    const times = {
      slot: NEWS_TO,
      date: '2001-09-10',
      now: NEWS_TO + late,
      newsTo: NEWS_TO,
      next: NEWS_TO + 1,
    }
    const window = first ? {} : { newsFrom: NEWS_FROM }
    return {
      digest,
      stories,
      revisions,
      commandLines: commandLinesFor(place),
      zone,
      ...times,
      ...window,
      quiet: 'note',
    }
  })

const drawingOf = ({ stories, revisions, commandLines }: EditionInput) => ({
  story: (slug: string) => stories.find(story => story.slug === slug),
  revisions,
  commandLines,
})

/** Renders a reply for both platforms: they throw if it exceeds a limit. */
function post(reply: Reply) {
  renderSlack(reply)
  renderDiscord(reply)
}

test('an edition always fits a phone and both platforms, and tells, counts or names all that is new', () => {
  fc.assert(
    fc.property(edition, input => {
      const selection = selectEdition(input)!
      const { reply, shown, thread } = drawEdition(selection, drawingOf(input))
      expect(toPlainText(reply).length).toBeLessThanOrEqual(PHONE_BUDGET)
      post(reply)
      if (thread) {
        expect(toPlainText(thread.reply).length).toBeLessThanOrEqual(THREAD_BUDGET)
        post(thread.reply)
      }
      expect(reply.parts).toEqual(shown.map(({ part }) => part))

      const wanted =
        input.newsFrom === undefined
          ? input.stories.map(({ slug }) => slug)
          : newsOf({ ...input, newsFrom: input.newsFrom }).map(item => item.story)
      const bodies = [selection.body, ...(selection.thread ? [selection.thread] : [])]
      const told = bodies.flatMap(({ stories }) => stories)
      const parts = told.flatMap(entries => entries.told.map(({ part }) => part))
      expect(new Set(parts).size).toBe(parts.length)
      const rest = bodies.reduce((sum, body) => sum + (body.rest?.entries ?? 0), 0)
      const perStory = (slug: string) =>
        told
          .filter(({ story }) => story === slug)
          .reduce((sum, { told, more }) => sum + told.length + (more?.count ?? 0), 0)
      const lost = input.stories.reduce(
        (sum, { slug }) => sum + wanted.filter(story => story === slug).length - perStory(slug),
        0,
      )
      expect(lost).toBe(rest)
      // Entries that are only counted have a line that shows them.
      for (const { more } of told) if (more) expect(more.asks.length).toBeGreaterThan(0)
      expect(JSON.stringify(selection).length).toBeLessThan(8_000)
    }),
    { numRuns: 150 },
  )
})

test('the same edition is selected the same, and a stored selection draws the same again', () => {
  fc.assert(
    fc.property(edition, input => {
      const selection = selectEdition(input)!
      const reordered = { ...input, revisions: new Map([...input.revisions].toReversed()) }
      expect(selectEdition(reordered)).toEqual(selection)
      const stored = JSON.parse(JSON.stringify(selection)) as Selection
      const drawn = drawEdition(selection, drawingOf(input))
      expect(drawEdition(stored, drawingOf(input))).toEqual(drawn)
      const thread = threadSelection(stored)
      if (thread) expect(drawEdition(thread, drawingOf(input))).toEqual(drawn.thread)
    }),
    { numRuns: 40 },
  )
})

test('a redrawn edition shows what was selected, or says that it is gone, whatever the stories have become', () => {
  fc.assert(
    fc.property(edition, content, (input, now) => {
      const selection = selectEdition(input)!
      const drawing = { ...drawingOf({ ...input, ...now }) }
      const { reply, shown, thread } = drawEdition(selection, drawing)
      for (const message of [reply, ...(thread ? [thread.reply] : [])]) post(message)
      const selected = new Set(
        selection.body.stories.flatMap(({ story, told }) => [
          `${story}/label`,
          ...told.map(({ part }) => part),
        ]),
      )
      const left = new Set(now.stories.flatMap(story => [...partContentsOf(story).keys()]))
      // What an entry shows besides its own part: what was corrected, the status, and what comes next.
      const besides = /\/(?:fact:road|section:status|expected:.*)$/
      expect(shown.filter(({ part }) => !selected.has(part) && !besides.test(part))).toEqual([])
      expect(shown.filter(({ part }) => !left.has(part))).toEqual([])
      const stories = selection.body.stories.filter(({ story }) => !drawing.story(story))
      const gone =
        toPlainText(reply).split('What was shown here about one story is no longer available.').length - 1
      // If not even their names fit any more, stories are counted.
      if (!/^And \d+ more/m.test(toPlainText(reply))) expect(gone).toBe(stories.length)
    }),
    { numRuns: 60 },
  )
})

import { describe, expect, test } from 'vitest'
import { cautionsOf } from '../../src/content/cautions.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { visibleAt } from '../../src/content/visible.ts'
import { QUOTE, storyFiles } from '../support/content/story-files.ts'
import { EMBARGO_END, embargoedFiles, publicFiles } from '../support/embargoed-stories.ts'

const LATER = '2026-06-01T00:00:00Z'

/** The visible content of files. A problem in them fails the test. */
function seen(
  files: ReturnType<typeof storyFiles>,
  now: number,
  overrides: Partial<Parameters<typeof visibleAt>[0]> = {},
) {
  const { stories, digests, problems } = loadContent(files)
  expect(problems).toEqual([])
  return visibleAt({ stories, digests, staleDays: 0, ...overrides }, now)
}

describe('an embargo', () => {
  test('hides its part, and everything that only leads there, up to the exact moment', () => {
    const before = seen(embargoedFiles(), EMBARGO_END - 1)
    expect(before).toEqual({ ...seen(publicFiles(), EMBARGO_END - 1), until: EMBARGO_END })
    const after = seen(embargoedFiles(), EMBARGO_END)
    expect(after.until).toBeUndefined()
    expect(after.stories.map(({ slug }) => slug)).toEqual(['bridge', 'old-bridge', 'secret-merger'])
    expect(after.stories[0]).toMatchObject({ from: '2025-12-30', coversTo: '2026-05-06' })
    expect(after.stories[0]!.sources.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(after.stories[0]!.corrections).toHaveLength(3)
  })

  test('ends part by part, and `until` is always the next end', () => {
    const events = [1, 2, 3].map(day => ({
      date: `2026-06-0${day}`,
      text: `Day ${day}.`,
      confidence: 'high',
      sources: [1],
      embargo: `2026-06-0${day}T00:00:00Z`,
    }))
    const files = storyFiles('bridge', { timeline: events, meta: { coversTo: '2026-05-04' } })
    const at = (day: number) => seen(files, Date.parse(`2026-06-0${day}T00:00:00Z`))
    const before = seen(files, Date.parse(LATER) - 1)
    expect(before.stories[0]).toMatchObject({ timeline: [], coversTo: '2026-05-04' })
    expect(before.stories[0]!.from).toBeUndefined()
    expect(before.until).toBe(Date.parse(LATER))
    for (const day of [1, 2, 3]) {
      expect(at(day).stories[0]).toMatchObject({ from: '2026-06-01', coversTo: `2026-06-0${day}` })
      expect(at(day).until).toBe(day < 3 ? Date.parse(`2026-06-0${day + 1}T00:00:00Z`) : undefined)
    }
    const revisions = [before, at(1), at(2), at(3)].map(({ revision }) => revision)
    expect(new Set(revisions).size).toBe(4)
  })

  test('of a part has no effect before that of its story has ended', () => {
    const files = storyFiles('bridge', {
      meta: { embargo: LATER },
      quotes: [{ ...QUOTE, embargo: '2026-01-01T00:00:00Z' }],
    })
    const other = storyFiles('other')
    const before = seen([...files, ...other], Date.parse(LATER) - 1)
    expect(before.stories.map(({ slug }) => slug)).toEqual(['other'])
    expect(seen(files, Date.parse(LATER)).stories[0]!.quotes).toHaveLength(1)
  })

  test('hides no source that something visible cites, and none that nothing cites', () => {
    const files = storyFiles('bridge', {
      timeline: [
        { date: '2026-05-02', text: 'It closes.', confidence: 'high', sources: [1], embargo: LATER },
      ],
    })
    expect(seen(files, 0).stories[0]!.sources.map(({ number }) => number)).toEqual([1, 2])
  })

  test('keeps the label of the next quote only if that quote is visible', () => {
    const quote = (id: string, next: string, more = {}) => ({ ...QUOTE, id, next, ...more })
    const quotes = [quote('a', 'on b'), quote('b', 'on c', { embargo: LATER }), quote('c', 'nowhere')]
    // Somebody of this name in another story is somebody else, whose quotes do not follow.
    const files = [...storyFiles('one', { quotes }), ...storyFiles('two', { quotes: [quote('d', 'on e')] })]
    const nextLabels = (now: number) =>
      seen(files, now).stories.flatMap(({ quotes: shown }) => shown.map(({ id, next }) => [id, next]))
    expect(nextLabels(0)).toEqual([
      ['a', undefined],
      ['c', 'nowhere'],
      ['d', 'on e'],
    ])
    expect(nextLabels(Date.parse(LATER))).toEqual([
      ['a', 'on b'],
      ['b', 'on c'],
      ['c', 'nowhere'],
      ['d', 'on e'],
    ])
  })

  test('keeps the object of a story in which nothing is hidden', () => {
    const { stories } = loadContent(publicFiles())
    const visible = visibleAt({ stories, digests: [], staleDays: 0 }, EMBARGO_END).stories
    expect(visible[0]).toBe(stories[0])
    expect(visible[1]).toBe(stories[1])
  })
})

describe('a withdrawal', () => {
  const withdrawn = { on: '2026-05-05', reason: 'A source asked for it.' }

  test('by its own file or by the editors hides the story everywhere, and keeps its names', () => {
    const own = seen([...storyFiles('a', { meta: { withdrawn, command: 'span' } }), ...storyFiles('b')], 0)
    expect(own.stories.map(({ slug }) => slug)).toEqual(['b'])
    expect(own.withdrawn).toEqual([{ slug: 'a', command: 'span', ...withdrawn }])
    const files = [...storyFiles('a', { meta: { command: 'span' } }), ...storyFiles('b')]
    const byDesk = seen(files, 0, { withdrawals: [{ slug: 'a', ...withdrawn }] })
    expect(byDesk).toEqual({ ...own, revision: byDesk.revision })
    expect(byDesk.revision).not.toBe(seen(files, 0).revision)
  })

  test('stays when the files are gone, and has no effect while the story is under embargo', () => {
    const withdrawals = [
      { slug: 'gone', ...withdrawn },
      { slug: 'a', ...withdrawn },
    ]
    const files = [...storyFiles('a', { meta: { embargo: LATER } }), ...storyFiles('b')]
    expect(seen(files, 0, { withdrawals }).withdrawn.map(({ slug }) => slug)).toEqual(['gone'])
    const after = seen(files, Date.parse(LATER), { withdrawals })
    expect(after.withdrawn.map(({ slug }) => slug)).toEqual(['a', 'gone'])
  })

  test('leaves a digest its other stories; a digest without any is hidden', () => {
    const digest = (name: string, stories: string[]) => ({
      name,
      title: name,
      time: '08:00',
      days: ['mon' as const],
      quiet: 'skip' as const,
      stories,
    })
    const { stories } = loadContent([...storyFiles('a', { meta: { withdrawn } }), ...storyFiles('b')])
    const { digests } = visibleAt({ stories, digests: [digest('one', ['a']), digest('two', ['b', 'a'])] }, 0)
    expect(digests).toEqual([digest('two', ['b'])])
  })
})

describe('staleness', () => {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const checked = { on: '2026-05-05' }
  const staleOn = (now: number, meta: object = {}, staleDays = 30) => {
    const { stories, until, revision } = seen(storyFiles('bridge', { meta: { checked, ...meta } }), now, {
      staleDays,
    })
    return { stale: stories[0]!.stale, until, revision, parts: partsOfAll({ stories }) }
  }

  test('begins when more than `staleDays` have passed since the last check', () => {
    const last = staleOn(at('2026-06-05') - 1)
    expect(last).toMatchObject({ stale: undefined, until: at('2026-06-05') })
    const first = staleOn(at('2026-06-05'))
    expect(first).toMatchObject({ stale: 'not checked since 5 May 2026', until: undefined })
    expect(staleOn(at('2026-05-07') - 1, {}, 1).stale).toBeUndefined()
    expect(staleOn(at('2026-05-07'), {}, 1).stale).toBe('not checked since 5 May 2026')
  })

  test('is no edit: the revision and the parts stay the same', () => {
    const [before, after] = [staleOn(at('2026-06-05') - 1), staleOn(at('2026-06-05'))]
    expect(after.revision).toBe(before.revision)
    expect(after.parts).toEqual(before.parts)
  })

  test('does not exist for an archived story, nor when it is turned off', () => {
    expect(staleOn(at('2030-01-01'), { state: 'archived' })).toMatchObject({
      stale: undefined,
      until: undefined,
    })
    expect(staleOn(at('2030-01-01'), {}, 0)).toMatchObject({ stale: undefined, until: undefined })
    expect(staleOn(at('2030-01-01'), { state: 'settled' }).stale).toBe('not checked since 5 May 2026')
  })

  test('cannot be hidden by leaving out the date of the last check', () => {
    expect(staleOn(0, { checked: undefined }).stale).toBe('no date for the last check')
    expect(staleOn(0, { checked: undefined, state: 'archived' }).stale).toBeUndefined()
  })
})

test('a label has the date of the newest correction, whatever their order', () => {
  const correction = { part: 'label', was: 'a', now: 'b', why: 'c' }
  const corrections = ['2026-05-06', '2026-05-08', '2026-05-07'].map(on => ({ on, ...correction }))
  const { stories } = seen(storyFiles('bridge', { corrections }), 0)
  expect(cautionsOf(stories[0]!)).toEqual(['corrected 8 May 2026'])
  expect(cautionsOf({ ...stories[0]!, stale: 'not checked since 5 May 2026', corrections: [] })).toEqual([
    'not checked since 5 May 2026',
  ])
})

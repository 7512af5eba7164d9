import { describe, expect, test } from 'vitest'
import { cautionsOf } from '../../src/content/cautions.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { visibleAt } from '../../src/content/visible.ts'
import { QUOTE, storyFiles } from '../support/content/story-files.ts'
import { EMBARGO_END, embargoedFiles, publicFiles } from '../support/embargoed-stories.ts'

const LATER = '2026-06-01T00:00:00Z'

/** What can be seen of some files; whatever is wrong with them fails the test. */
function seen(
  files: ReturnType<typeof storyFiles>,
  now: number,
  more: Partial<Parameters<typeof visibleAt>[0]> = {},
) {
  const { stories, digests, problems } = loadContent(files)
  expect(problems).toEqual([])
  return visibleAt({ stories, digests, staleDays: 0, ...more }, now)
}

describe('an embargo', () => {
  test('hides what has it, and all that only leads there, up to the very moment', () => {
    const before = seen(embargoedFiles(), EMBARGO_END - 1)
    expect(before).toEqual({ ...seen(publicFiles(), EMBARGO_END - 1), until: EMBARGO_END })
    const after = seen(embargoedFiles(), EMBARGO_END)
    expect(after.until).toBeUndefined()
    expect(after.stories.map(({ slug }) => slug)).toEqual(['bridge', 'old-bridge', 'secret-merger'])
    expect(after.stories[0]).toMatchObject({ from: '2025-12-30', coversTo: '2026-05-06' })
    expect(after.stories[0]!.sources.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(after.stories[0]!.corrections).toHaveLength(3)
  })

  test('opens one after the other, and says each time when the next one does', () => {
    const events = [1, 2, 3].map(day => ({
      ...{ date: `2026-06-0${day}`, text: `Day ${day}.`, confidence: 'high', sources: [1] },
      embargo: `2026-06-0${day}T00:00:00Z`,
    }))
    const files = storyFiles('bridge', { timeline: events, meta: { coversTo: '2026-05-04' } })
    const at = (day: number) => seen(files, Date.parse(`2026-06-0${day}T00:00:00Z`))
    const before = seen(files, Date.parse(LATER) - 1)
    expect(before.stories[0]).toMatchObject({ timeline: [], coversTo: '2026-05-04' })
    expect(before.stories[0]).not.toHaveProperty('from')
    expect(before.until).toBe(Date.parse(LATER))
    for (const day of [1, 2, 3]) {
      expect(at(day).stories[0]).toMatchObject({ from: '2026-06-01', coversTo: `2026-06-0${day}` })
      expect(at(day).until).toBe(day < 3 ? Date.parse(`2026-06-0${day + 1}T00:00:00Z`) : undefined)
    }
    const revisions = [before, at(1), at(2), at(3)].map(one => one.revision)
    expect(new Set(revisions).size).toBe(4)
  })

  test('of a part counts for nothing before that of its story', () => {
    const files = storyFiles('bridge', {
      meta: { embargo: LATER },
      quotes: [{ ...QUOTE, embargo: '2026-01-01T00:00:00Z' }],
    })
    const other = storyFiles('other')
    const before = seen([...files, ...other], Date.parse(LATER) - 1)
    expect(before.stories.map(({ slug }) => slug)).toEqual(['other'])
    expect(seen(files, Date.parse(LATER)).stories[0]!.quotes).toHaveLength(1)
  })

  test('takes no source from what can be seen, and none that nobody cites', () => {
    const files = storyFiles('bridge', {
      timeline: [
        { date: '2026-05-02', text: 'It closes.', confidence: 'high', sources: [1], embargo: LATER },
      ],
    })
    expect(seen(files, 0).stories[0]!.sources.map(({ number }) => number)).toEqual([1, 2])
  })

  test('leaves the label of the way to the next quote only where it leads there', () => {
    const quotes = (slug: string, next: string, embargo?: string) =>
      storyFiles(slug, { quotes: [{ ...QUOTE, next, ...(embargo && { embargo }) }] })
    const all = [...quotes('a', 'in b'), ...quotes('b', 'in c', LATER), ...quotes('c', 'nowhere')]
    const nexts = (now: number) => seen(all, now).stories.map(({ quotes: [quote] }) => quote?.next)
    expect(nexts(0)).toEqual([undefined, undefined, 'nowhere'])
    expect(nexts(Date.parse(LATER))).toEqual(['in b', 'in c', 'nowhere'])
  })

  test('a story of which nothing is hidden stays the same object', () => {
    const { stories } = loadContent(publicFiles())
    const visible = visibleAt({ stories, digests: [], staleDays: 0 }, EMBARGO_END).stories
    expect(visible[0]).toBe(stories[0])
    expect(visible[1]).toBe(stories[1])
  })
})

describe('a withdrawal', () => {
  const withdrawn = { on: '2026-05-05', reason: 'A source asked for it.' }

  test('by the story itself or by the desk takes it from everything and leaves its names', () => {
    const own = seen([...storyFiles('a', { meta: { withdrawn, command: 'span' } }), ...storyFiles('b')], 0)
    expect(own.stories.map(({ slug }) => slug)).toEqual(['b'])
    expect(own.withdrawn).toEqual([{ slug: 'a', command: 'span', ...withdrawn }])
    const files = [...storyFiles('a', { meta: { command: 'span' } }), ...storyFiles('b')]
    const byDesk = seen(files, 0, { withdrawals: [{ slug: 'a', ...withdrawn }] })
    expect(byDesk).toEqual({ ...own, revision: byDesk.revision })
    expect(byDesk.revision).not.toBe(seen(files, 0).revision)
  })

  test('stays when the files are gone, and is none while the story is under embargo', () => {
    const withdrawals = [
      { slug: 'gone', ...withdrawn },
      { slug: 'a', ...withdrawn },
    ]
    const files = [...storyFiles('a', { meta: { embargo: LATER } }), ...storyFiles('b')]
    expect(seen(files, 0, { withdrawals }).withdrawn.map(({ slug }) => slug)).toEqual(['gone'])
    const after = seen(files, Date.parse(LATER), { withdrawals })
    expect(after.withdrawn.map(({ slug }) => slug)).toEqual(['a', 'gone'])
  })

  test('leaves a digest the stories it still has; one that has none left is not there', () => {
    const digest = (name: string, stories: string[]) => ({
      ...{ name, title: name, time: '08:00', days: ['mon' as const], quiet: 'skip' as const },
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

  test('begins more than so many days after the last check', () => {
    const last = staleOn(at('2026-06-05') - 1)
    expect(last).toMatchObject({ stale: undefined, until: at('2026-06-05') })
    const first = staleOn(at('2026-06-05'))
    expect(first).toMatchObject({ stale: 'not checked since 5 May 2026', until: undefined })
    expect(staleOn(at('2026-05-07') - 1, {}, 1).stale).toBeUndefined()
    expect(staleOn(at('2026-05-07'), {}, 1).stale).toBe('not checked since 5 May 2026')
  })

  test('is no edit: neither the revision nor a part is another', () => {
    const [before, after] = [staleOn(at('2026-06-05') - 1), staleOn(at('2026-06-05'))]
    expect(after.revision).toBe(before.revision)
    expect(after.parts).toEqual(before.parts)
  })

  test('is none of an archived story, and none where nobody counts', () => {
    expect(staleOn(at('2030-01-01'), { state: 'archived' })).toMatchObject({
      stale: undefined,
      until: undefined,
    })
    expect(staleOn(at('2030-01-01'), {}, 0)).toMatchObject({ stale: undefined, until: undefined })
    expect(staleOn(at('2030-01-01'), { state: 'settled' }).stale).toBe('not checked since 5 May 2026')
  })

  test('cannot be hidden by leaving out when the last check was', () => {
    expect(staleOn(0, { checked: undefined }).stale).toBe('no date for the last check')
    expect(staleOn(0, { checked: undefined, state: 'archived' }).stale).toBeUndefined()
  })
})

test('a label says when the newest correction was, whatever their order', () => {
  const correction = { part: 'label', was: 'a', now: 'b', why: 'c' }
  const corrections = ['2026-05-06', '2026-05-08', '2026-05-07'].map(on => ({ on, ...correction }))
  const { stories } = seen(storyFiles('bridge', { corrections }), 0)
  expect(cautionsOf(stories[0]!)).toEqual(['corrected 8 May 2026'])
  expect(cautionsOf({ ...stories[0]!, stale: 'not checked since 5 May 2026', corrections: [] })).toEqual([
    'not checked since 5 May 2026',
  ])
})

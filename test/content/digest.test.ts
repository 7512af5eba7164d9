import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { approvalRule } from '../../src/content/digest.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { formatProblem } from '../../src/content/story.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'

const digests = (text: string, path = 'digests.yml') => [{ path, text, origin: `content/${path}` }]
const bridge = storyFiles('bridge')
const tunnel = storyFiles('tunnel', { meta: { tags: ['transport'] } })
const problems = (text: string) =>
  loadContent([...bridge, ...tunnel, ...digests(text)]).problems.map(formatProblem)

const GOOD = `- name: morning
  title: Morning brief
  time: 07:30
  days: weekdays
`
const entry = (more: string) => `${GOOD}${more.replace(/^/gm, '  ')}\n`

describe('a digest', () => {
  test('is read with the defaults for channels', () => {
    const library = libraryFromFiles(bridge, digests(GOOD))
    expect(library.digests).toEqual([
      {
        name: 'morning',
        title: 'Morning brief',
        time: '07:30',
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
        quiet: 'skip',
      },
    ])
    expect(library.digest(' Morning ')).toBe(library.digests[0])
    expect(library.digest('evening')).toBeUndefined()
  })

  test.each([
    ['daily', 'mon tue wed thu fri sat sun'],
    ['weekends', 'sat sun'],
    ['[fri, mon]', 'mon fri'],
    ['Sat, mon', 'mon sat'],
  ])('days: %s', (days, parsed) => {
    const [digest] = libraryFromFiles(bridge, digests(GOOD.replace('weekdays', days))).digests
    expect(digest!.days).toEqual(parsed.split(' '))
  })

  test.each([
    ['', ['bridge', 'tunnel']],
    ['stories: [tunnel]', ['tunnel']],
    ['stories: [tunnel, bridge, tunnel]', ['tunnel', 'bridge']],
    ['tags: [bridge]', ['bridge']],
    ['tags: [transport]', ['bridge', 'tunnel']],
  ])('with “%s” has the right stories', (more, slugs) => {
    const library = libraryFromFiles(bridge, tunnel, digests(entry(more)))
    expect(library.storiesOf(library.digests[0]!).map(story => story.slug)).toEqual(slugs)
  })

  test('may bring what others report, and each report as it comes', () => {
    const feeds = {
      path: 'feeds.yml',
      origin: 'content/feeds.yml',
      text: '[{ name: wqad, outlet: WQAD, url: "https://wqad.example/feed" }]',
    }
    const fast = `- { name: fast, title: Fast, time: at once, days: daily, wire: [wqad, 'hook:ghost'], anHour: 3, quietHours: '22:00-07:00' }`
    const [digest] = libraryFromFiles(bridge, [feeds], digests(fast)).digests
    expect(digest).toMatchObject({ time: 'at once', wire: ['wqad', 'hook:ghost'], anHour: 3 })
    expect(problems(entry('wire: [wqda]'))).toEqual([
      'content/digests.yml:5 there is no feed “wqda” in feeds.yml (a sender is written hook:NAME)',
    ])
    expect(problems(entry("quietHours: '22:00-07:00'"))).toEqual([
      'content/digests.yml:5 quietHours is for a digest with “time: at once” alone',
    ])
    expect(problems(entry('wire: nothing'))[0]).toContain('must be all, none or a list of feeds')
  })

  test('may need the desk’s approval: how long before and by how many, with a time of its own', () => {
    const rule = (text: string) => approvalRule(libraryFromFiles(bridge, digests(text)).digests[0])
    expect(rule(GOOD)).toBeUndefined()
    expect(rule(entry('approve: desk'))).toEqual({ beforeMs: 30 * 60_000, approvals: 1 })
    expect(rule(entry('approve: desk\napproveBefore: 2 hours\napprovals: 3'))).toEqual({
      beforeMs: 120 * 60_000,
      approvals: 3,
    })
    expect(problems(entry('approve: everybody'))[0]).toBe(
      'content/digests.yml:5 approve: must be desk; leave it out where nobody approves',
    )
    for (const time of ['30', '13h', '0m', 'soon'])
      expect(problems(entry(`approve: desk\napproveBefore: '${time}'`))).toEqual([
        'content/digests.yml:6 approveBefore: must be a time like 30m or 2h, at most 12h',
      ])
    expect(problems(entry('approvals: 2'))).toEqual([
      'content/digests.yml:5 approvals is for a digest with “approve: desk” alone',
    ])
    expect(problems('- { name: fast, title: Fast, time: at once, days: daily, approve: desk }')).toEqual([
      'content/digests.yml:1 a digest that comes at once cannot wait for approval: give it a time',
    ])
  })

  test('has other stories if a channel chose them, without those that do not exist any more', () => {
    const library = libraryFromFiles(bridge, tunnel, digests(entry('stories: [bridge]')))
    const [digest] = library.digests
    const slugs = (chosen: string[]) => library.storiesOf(digest!, chosen).map(story => story.slug)
    expect(slugs(['tunnel'])).toEqual(['tunnel'])
    expect(slugs(['gone', 'tunnel', 'bridge'])).toEqual(['tunnel', 'bridge'])
    expect(slugs(['gone'])).toEqual([])
    expect(slugs([])).toEqual(['bridge'])
  })

  test('is optional', () => {
    expect(libraryFromFiles(bridge).digests).toEqual([])
    expect(libraryFromFiles(bridge, digests('\ufeff# nothing yet\n')).digests).toEqual([])
  })
})

describe('mistakes are reported with their line, all together', () => {
  test.each([
    ['a missing story', entry('stories: [bridge, gone]'), [5, 'there is no story “gone”']],
    ['a tag that no story has', entry('tags:\n  - bridge\n  - trains'), [7, 'no story has the tag “trains”']],
    ['stories and tags', entry('stories: [bridge]\ntags: [bridge]'), [6, 'stories or tags, not both']],
    ['an empty list', entry('stories: []'), [5, 'stories: must name a story; leave it out for all']],
    ['a name twice', GOOD + GOOD, [5, 'second digest with the name “morning”']],
    ['a name that is a word of /digest', GOOD.replace('morning', 'off'), [1, '“off” is a word of /digest']],
    ['a name that is a day', GOOD.replace('morning', 'weekdays'), [1, '“weekdays” is a word of /digest']],
    ['a name that cannot be typed', GOOD.replace('morning', 'Mörning'), [1, 'name: must be lower-case']],
    [
      'a title too long for a phone',
      GOOD.replace('Morning', 'M'.repeat(60)),
      [2, 'title: must have at most 60'],
    ],
    ['not a time', GOOD.replace('07:30', '24:00'), [3, 'time: must be a time like 08:00']],
    ['not a day', GOOD.replace('weekdays', '[mon, funday, toString]'), [4, '“funday” is not a day']],
    ['not a time zone', entry('zone: Chicago'), [5, 'there is no time zone “Chicago”']],
    ['a wrong word for quiet', entry('quiet: loud'), [5, 'quiet: ']],
    ['an unknown field', entry('tag: bridge'), [5, 'tag: unknown field']],
    ['not a list', 'name: morning', [1, 'must be a list']],
  ] as const)('%s', (_, text, [line, message]) => {
    const [problem] = problems(text)
    expect(problem).toMatch(/^content\/digests\.yml:/)
    expect(problem).toContain(`:${line} `)
    expect(problem).toContain(message)
  })

  test('several in one file', () => {
    const text = `${GOOD.replace('07:30', '7')}${GOOD}${entry('stories: [gone]').replace('morning', 'on')}`
    expect(problems(text)).toHaveLength(3)
  })

  test('a file with a similar name', () => {
    const { problems } = loadContent([...bridge, ...digests(GOOD, 'digest.yaml')])
    expect(problems.map(formatProblem)).toEqual([
      'content/digest.yaml:1 is not read: digests belong in digests.yml',
    ])
  })

  test('but not a tag that a story with mistakes may have', () => {
    const broken = storyFiles('tunnel', { meta: { title: '', tags: ['trains'] } })
    const { problems } = loadContent([...bridge, ...broken, ...digests(entry('tags: [trains]'))])
    expect(problems.map(problem => problem.file)).toEqual(['content/stories/tunnel/story.md'])
  })
})

test('check reports the file and the line', async () => {
  const folder = await createContentFolder(bridge, digests(entry('stories: [gone]')))
  const { problems } = await check(folder)
  expect(problems.map(formatProblem)).toEqual([`${folder}/digests.yml:5 there is no story “gone”`])
})

test('the bundled digests take all stories', () => {
  expect(
    bundledLibrary.digests.map(digest => [digest.name, digest.title, digest.time, digest.days.join()]),
  ).toEqual([
    ['morning', 'Morning brief', '08:00', 'mon,tue,wed,thu,fri'],
    ['weekly', 'Week in review', '09:00', 'mon'],
  ])
  for (const digest of bundledLibrary.digests)
    expect(bundledLibrary.storiesOf(digest)).toEqual(bundledLibrary.stories)
})

import { describe, expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { formatProblem } from '../../../src/content/story.ts'
import { visibleAt } from '../../../src/content/visible.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { EMBARGO_END, embargoedFiles } from '../../support/embargoed-stories.ts'

const GOOD = `- name: wqad
  outlet: WQAD
  url: https://wqad.example/feed.xml
`
const entry = (more: string) => `${GOOD}${more.replace(/^/gm, '  ')}\n`
const feedFile = (text: string, path = 'feeds.yml') => [{ path, text, origin: `content/${path}` }]
const load = (text: string, path?: string) => loadContent([...storyFiles('bridge'), ...feedFile(text, path)])
const problems = (text: string, path?: string) => load(text, path).problems.map(formatProblem)

describe('a feed', () => {
  test('is read with what is usual, and asked once an hour', () => {
    const { feeds, locations, problems: none } = load(GOOD)
    expect(none).toEqual([])
    expect(feeds).toEqual([
      { name: 'wqad', outlet: 'WQAD', url: 'https://wqad.example/feed.xml', everyMs: 3_600_000 },
    ])
    expect(locations.get('feed:wqad')).toEqual({ file: 'content/feeds.yml', line: 1 })
  })

  test('is read with all that it may say', () => {
    const more = `zone: America/Chicago
every: 15m
only: [bridge, "sanctuary city"]
not: [sports]
stories: [bridge]
rights: titles only`
    expect(load(entry(more)).feeds[0]).toMatchObject({
      zone: 'America/Chicago',
      everyMs: 15 * 60_000,
      only: ['bridge', 'sanctuary city'],
      not: ['sports'],
      stories: ['bridge'],
      rights: 'titles only',
    })
  })

  test.each([
    ['30m', 30],
    ['90 minutes', 90],
    ['2h', 120],
    ['1 hour', 60],
    ['1d', 1_440],
  ])('is asked every %s', (every, minutes) => {
    expect(load(entry(`every: ${every}`)).feeds[0]!.everyMs).toBe(minutes * 60_000)
  })

  test('belongs to no story that is not published yet', () => {
    const files = [...embargoedFiles(), ...feedFile(entry('stories: [bridge, secret-merger]'))]
    const content = loadContent(files)
    expect(content.problems).toEqual([])
    const [before, after] = [EMBARGO_END - 1, EMBARGO_END].map(now => visibleAt(content, now))
    expect(before!.feeds[0]!.stories).toEqual(['bridge'])
    expect(after!.feeds[0]!.stories).toEqual(['bridge', 'secret-merger'])
  })

  test('gives content another revision, and content without any keeps its own', () => {
    const revision = (text: string) => visibleAt(load(text), EMBARGO_END).revision
    expect(revision('')).toBe(visibleAt(loadContent(storyFiles('bridge')), EMBARGO_END).revision)
    expect(revision(GOOD)).not.toBe(revision(''))
    expect(revision(entry('every: 15m'))).not.toBe(revision(GOOD))
  })
})

describe('of a faulty feeds.yml, check says where and what', () => {
  test.each([
    ['name: WQAD', GOOD.replace('wqad', 'WQAD'), /feeds\.yml:1 .*lower-case/],
    ['no outlet', GOOD.replace(/ {2}outlet.*\n/, ''), /feeds\.yml:1 .*outlet/],
    ['ftp', GOOD.replace('https', 'ftp'), /feeds\.yml:3 .*http or https address/],
    ['a password', GOOD.replace('//', '//me:secret@'), /feeds\.yml:3 .*password in it/],
    ['every: 5m', entry('every: 5m'), /feeds\.yml:4 .*between 15m and 24h/],
    ['every: 2d', entry('every: 2d'), /feeds\.yml:4 .*between 15m and 24h/],
    ['every: often', entry('every: often'), /feeds\.yml:4 .*like 15m, 1h or 1d/],
    ['zone: EST', entry('zone: EST'), /feeds\.yml:4 .*no summer time/],
    ['only: []', entry('only: []'), /feeds\.yml:4 .*must name a word/],
    ['stories: [tunnel]', entry('stories: [tunnel]'), /feeds\.yml:4 there is no story “tunnel”/],
    ['another field', entry('ttl: 5'), /feeds\.yml:4 .*ttl/],
    ['the same name', GOOD + GOOD.replace('feed', 'other'), /feeds\.yml:4 second feed with the name “wqad”/],
    [
      'the same address',
      GOOD + GOOD.replace('wqad', 'local'),
      /feeds\.yml:6 the feed “wqad” has this address/,
    ],
    ['a name with a meaning', GOOD.replace('wqad', 'all'), /feeds\.yml:1 the name “all” has a meaning/],
    ['no list', 'name: wqad', /feeds\.yml:1 must be a list/],
  ])('%s', (_name, text, problem) => {
    expect(problems(text)).toEqual([expect.stringMatching(problem)])
  })

  test.each(['feed.yml', 'feeds.yaml', 'Feeds.yml'])('that %s is not read', path => {
    expect(problems(GOOD, path)).toEqual([`content/${path}:1 is not read: feeds belong in feeds.yml`])
  })
})

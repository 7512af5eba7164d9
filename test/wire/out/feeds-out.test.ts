import { afterEach, describe, expect, test } from 'vitest'
import { digestFile } from '../../support/content/digest-file.ts'
import { type StoryFields, storyFiles } from '../../support/content/story-files.ts'
import { EMBARGO_END, embargoedFiles, SECRETS } from '../../support/embargoed-stories.ts'
import { type OpenFeeds, openFeeds, PUBLIC_URL } from '../../support/feeds-out/open-feeds.ts'
import { readAtom, readJsonFeed, readRss } from '../../support/feeds-out/validator-rules.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const RUST = event('rust', '2025-12-30', 'An inspection finds rust.')
const CLOSED = event('closed', '2026-05-02', 'The city closes the bridge.')
const WRONG = event('protest', '2026-05-04', 'Drivers protest on WEDNESDAY.')
const RIGHT = event('protest', '2026-05-04', 'Drivers protest on Monday.')
const CORRECTION = {
  on: '2026-05-06',
  part: 'event:protest',
  was: 'WEDNESDAY',
  now: 'Monday',
  why: 'Misread.',
}
const MORNING = { name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }

let opened: OpenFeeds[] = []
afterEach(async () => {
  await Promise.all(opened.map(feeds => feeds.close()))
  opened = []
})

function event(id: string, date: string, text: string) {
  return { id, date, text, confidence: 'medium', sources: [1] }
}

/** The bridge story and a digest about all stories. */
const bridge = (timeline: object[], more: StoryFields = {}, digests: object[] = [MORNING]) => [
  ...storyFiles('bridge', { timeline, ...more, meta: { coversTo: '2026-05-05', ...more.meta } }),
  digestFile(digests),
]

async function open(begin = '2026-05-05T12:00:00Z', publicUrl?: string): Promise<OpenFeeds> {
  const feeds = await openFeeds(begin, publicUrl)
  opened.push(feeds)
  return feeds
}

const atomOf = async (feeds: OpenFeeds, name = 'bridge') =>
  readAtom(await feeds.read(`/feeds/${name}.atom`), `${PUBLIC_URL}/feeds/${name}.atom`).entries
const titlesOf = async (feeds: OpenFeeds, name = 'bridge') =>
  (await atomOf(feeds, name)).map(({ title }) => title)

describe('a feed of a story', () => {
  test('is the same in each format: the story, and its past as of its own days', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, CLOSED]))
    const address = `${PUBLIC_URL}/feeds/bridge`
    const atom = readAtom(await feeds.read('/feeds/bridge.atom'), `${address}.atom`)
    const rss = readRss(await feeds.read('/feeds/bridge.rss'), `${address}.rss`)
    const json = readJsonFeed(await feeds.read('/feeds/bridge.json'), `${address}.json`)
    expect(rss).toEqual(atom)
    expect(json).toEqual(atom)
    expect(atom.title).toBe('The bridge on Main Street')
    expect(
      atom.entries.map(({ title, published }) => `${new Date(published).toISOString()} ${title}`),
    ).toEqual([
      '2026-05-05T12:00:00.000Z The bridge on Main Street',
      '2026-05-02T12:00:02.000Z Ana Example: “The bridge stays shut until it is safe, […] Nobody will cross it before then.”',
      '2026-05-02T12:00:01.000Z Ben Example: “We asked for repairs for years,”',
      '2026-05-02T12:00:00.000Z The city closes the bridge.',
      '2025-12-30T12:00:00.000Z An inspection finds rust.',
    ])
  })

  test('tells what a brief tells, below the label of its story, with outlets as links', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]))
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, CLOSED]))
    const [newest] = await atomOf(feeds)
    expect(newest!.html).toMatch(
      /^<p>The bridge on Main Street · DEVELOPING · covers to 5 May 2026 · the cost was not/,
    )
    expect(newest!.html).toContain(
      '<strong>ADDED</strong> · event of 2 May 2026 · The city closes the bridge.',
    )
    expect(newest!.html).toContain('<a href="https://paper.example/bridge">The Paper</a>')
  })

  test('dates what is added when it was added, and changes no other entry', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]))
    const before = await atomOf(feeds)
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, CLOSED]))
    const [added, ...others] = await atomOf(feeds)
    expect(added).toMatchObject({ published: feeds.now(), updated: feeds.now() })
    expect(others).toEqual(before)
  })

  test('gives each of many that came together a date of its own, and none that is still to come', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]))
    const before = (await atomOf(feeds)).length
    feeds.wait(DAY)
    const many = Array.from({ length: 30 }, (_, at) => event(`e${at}`, '2026-05-04', `Event ${at}.`))
    await feeds.save(bridge([RUST, ...many]))
    expect(await atomOf(feeds)).toHaveLength(before + 1)
    feeds.wait(MINUTE)
    expect(await atomOf(feeds)).toHaveLength(before + 30)
    const [newest] = await atomOf(feeds)
    expect(newest!.published).toBeLessThanOrEqual(feeds.now())
  })

  test('has its fifty newest entries, the same ones each time', async () => {
    const feeds = await open()
    const many = Array.from({ length: 80 }, (_, at) =>
      event(`e${at}`, `2026-0${1 + Math.floor(at / 20)}-11`, `Event ${at}.`),
    )
    await feeds.save(bridge(many))
    const first = await atomOf(feeds)
    expect(first).toHaveLength(50)
    feeds.wait(MINUTE)
    expect(await atomOf(feeds)).toEqual(first)
    await feeds.save(bridge([...many, CLOSED]))
    expect((await atomOf(feeds)).slice(1)).toEqual(first.slice(0, 49))
  })
})

describe('a correction', () => {
  test('updates its entry, which says so and keeps its id and date, and is an entry itself', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, WRONG]))
    const before = (await atomOf(feeds)).find(({ title }) => title.includes('WEDNESDAY'))!
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, RIGHT], { corrections: [{ ...CORRECTION, repeat: true }] }))
    const entries = await atomOf(feeds)
    const after = entries.find(({ id }) => id === before.id)!
    expect(after).toMatchObject({ title: 'Drivers protest on Monday.', published: before.published })
    expect(after.updated).toBeGreaterThan(before.updated)
    expect(after.html).toContain(
      '<strong>CORRECTED</strong> Wed 6 May 2026 · was: WEDNESDAY · now: Monday · why: Misread.',
    )
    expect(entries[0]).toMatchObject({
      title: 'CORRECTED, timeline, 4 May 2026: Monday',
      published: feeds.now(),
    })
    const rss = readRss(await feeds.read('/feeds/bridge.rss'), `${PUBLIC_URL}/feeds/bridge.rss`)
    expect(rss.entries.find(({ id }) => id === before.id)).toEqual(after)
  })

  test('with repeat: false shows the wrong words nowhere', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, WRONG]))
    await feeds.read('/feeds/bridge.json')
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, RIGHT], { corrections: [{ ...CORRECTION, repeat: false }] }))
    for (const path of ['bridge.atom', 'bridge.rss', 'bridge.json', 'bridge', 'morning.rss'])
      expect(await feeds.read(`/feeds/${path}`)).not.toContain('WEDNESDAY')
  })

  test('that is taken back moves its entry on once more, and its own entry says nothing of it', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, RIGHT], { corrections: [] }))
    await atomOf(feeds)
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, RIGHT], { corrections: [CORRECTION] }))
    const [own, ...corrected] = await atomOf(feeds)
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, RIGHT], { corrections: [] }))
    const [gone, ...back] = await atomOf(feeds)
    expect(gone).toMatchObject({ id: own!.id, title: 'No longer available', published: own!.published })
    expect(gone!.html).toBe('<p>What was shown here is no longer in the story.</p>')
    const moved = back.filter(({ updated }, at) => updated > corrected[at]!.updated)
    expect(moved.map(({ title }) => title)).toEqual(['Drivers protest on Monday.'])
    expect(moved[0]!.html).not.toContain('CORRECTED')
  })
})

test('corrections, as many as there are, change no id and no date', { timeout: 300_000 }, async () => {
  const total = Number(process.env.FEEDS_RUNS ?? 60)
  const feeds = await open()
  const seen = new Map<string, { title: string; published: number; updated: number }>()
  for (let count = 0; count <= total; count += 5) {
    const corrections = Array.from({ length: count }, (_, at) => ({ ...CORRECTION, now: `Now ${at}.` }))
    const words = `Drivers protest for the time ${count}.`
    await feeds.save(bridge([RUST, { ...RIGHT, text: words }], { corrections }))
    feeds.wait(MINUTE)
    for (const { id, title, published, updated } of await atomOf(feeds)) {
      const known = seen.get(id)
      const isCorrected = title.startsWith('Drivers')
      if (known) {
        expect(published).toBe(known.published)
        if (isCorrected) expect(updated).toBeGreaterThan(known.updated)
        else expect({ title, updated }).toEqual({ title: known.title, updated: known.updated })
      }
      seen.set(id, { title, published, updated })
    }
  }
  // The story, its two events and two quotations, and each correction: nothing is there under two ids.
  expect(seen.size).toBe(5 + total)
})

describe('what must not be read', () => {
  test('a withdrawn story is emptied in its own feed and in those of digests, and comes back', async () => {
    const feeds = await open()
    const files = bridge([RUST, CLOSED], {}, [{ ...MORNING, stories: ['bridge', 'road'] }])
    const road = storyFiles('road', { meta: { title: 'The road', dek: 'It is long.' } })
    await feeds.save([...files, ...road])
    const before = await atomOf(feeds)
    await atomOf(feeds, 'morning')
    feeds.wait(DAY)
    await feeds.save(
      [...files, ...road],
      [{ slug: 'bridge', on: '2026-05-06', reason: 'The source took it back.' }],
    )
    const notice = 'WITHDRAWN 6 May 2026 · this story was taken down: The source took it back.'
    for (const path of ['bridge.atom', 'bridge.rss', 'bridge.json', 'bridge'])
      expect(await feeds.read(`/feeds/${path}`)).not.toMatch(/Main Street|rust|closes|The Paper/)
    const emptied = await atomOf(feeds)
    expect(emptied.map(({ id, published }) => [id, published])).toEqual(
      before.map(({ id, published }) => [id, published]),
    )
    expect(emptied.every(({ html }) => html.replace(/<[^>]+>/g, '') === notice)).toBe(true)
    expect(emptied.every(({ updated }, at) => updated > before[at]!.updated)).toBe(true)
    expect(await feeds.read('/feeds/bridge.atom')).toContain('<at:deleted-entry ref="urn:uuid:')
    expect((await titlesOf(feeds, 'morning')).toSorted()).toEqual(['The road', 'Withdrawn'])

    feeds.wait(DAY)
    await feeds.save([...files, ...road])
    const back = await atomOf(feeds)
    expect(back.map(({ title }) => title)).toEqual(before.map(({ title }) => title))
    expect(back.every(({ updated }, at) => updated > emptied[at]!.updated)).toBe(true)
    expect(await feeds.read('/feeds/bridge.atom')).not.toContain('deleted-entry')
  })

  test('a story that was withdrawn before anybody followed it says so, and nothing else', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]), [{ slug: 'bridge', on: '2026-05-06', reason: 'It was wrong.' }])
    const feed = readAtom(await feeds.read('/feeds/bridge.atom'), `${PUBLIC_URL}/feeds/bridge.atom`)
    expect(feed).toEqual({ title: 'bridge', entries: [] })
    expect(await feeds.read('/feeds/bridge.rss')).toContain('this story was taken down: It was wrong.')
  })

  test('what is under embargo does not exist before its time', async () => {
    const feeds = await open(new Date(EMBARGO_END - DAY).toISOString())
    const library = await feeds.save(embargoedFiles())
    const missing = await feeds.ask('/feeds/no-such-story.atom')
    expect(missing.status).toBe(404)
    for (const name of ['secret-merger', 'deals', 'takeovers', 'zeppelin'])
      for (const format of ['', '.atom', '.rss', '.json'])
        expect(await feeds.ask(`/feeds/${name}${format}`)).toEqual(missing)
    const names = [...library.stories.map(({ slug }) => slug), 'morning', 'city']
    for (const name of names)
      for (const format of ['', '.atom', '.rss', '.json'])
        expect(await feeds.read(`/feeds/${name}${format}`)).not.toMatch(SECRETS)

    feeds.wait(DAY + MINUTE)
    await feeds.save(embargoedFiles())
    feeds.wait(MINUTE)
    const [newest] = await atomOf(feeds, 'secret-merger')
    expect(newest!.published).toBeGreaterThanOrEqual(EMBARGO_END)
    expect(await feeds.read('/feeds/morning.rss')).toMatch(SECRETS)
  })

  test('a part that was taken out is emptied, and a story that is gone is too', async () => {
    const feeds = await open()
    const road = storyFiles('road', { meta: { title: 'The road', dek: 'It is long.' } })
    await feeds.save([...bridge([RUST, CLOSED]), ...road])
    await atomOf(feeds)
    await atomOf(feeds, 'morning')
    feeds.wait(DAY)
    await feeds.save(bridge([RUST]))
    expect(await titlesOf(feeds)).toContain('No longer available')
    expect(await feeds.read('/feeds/bridge.json')).not.toContain('closes the bridge')
    const gone = (await atomOf(feeds, 'morning')).find(({ title }) => title === 'No longer available')
    expect(gone!.html).toBe('<p>What was shown here about one story is no longer available.</p>')
    expect((await feeds.ask('/feeds/road.atom')).status).toBe(404)
  })

  test('signs of markup in titles and words stay words', async () => {
    const feeds = await open('2026-05-05T12:00:00Z', 'https://bot.example.org/news/')
    const title = `Tom & "Jerry" <script>alert('1')</script>`
    await feeds.save(
      bridge([event('x', '2026-05-03', `It's \\<b>1 \\< 2\\</b> & ]]> over.`)], { meta: { title } }),
    )
    const address = 'https://bot.example.org/news/feeds/bridge'
    const atom = readAtom(await feeds.read('/feeds/bridge.atom'), `${address}.atom`)
    expect(atom.title).toBe(title)
    expect(atom.entries.find(({ html }) => html.includes(']]'))!.html).toContain('&#x3C;b&#x3E;1 &#x3C; 2')
    expect(readRss(await feeds.read('/feeds/bridge.rss'), `${address}.rss`)).toEqual(atom)
    expect(await feeds.read('/feeds/bridge')).not.toContain('<script')
  })
})

describe('a feed of a digest', () => {
  test('has each story as one entry, and what is added to it since, without its past', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, CLOSED]))
    expect(await titlesOf(feeds, 'morning')).toEqual(['The bridge on Main Street'])
    feeds.wait(DAY)
    await feeds.save(bridge([RUST, CLOSED, RIGHT]))
    expect(await titlesOf(feeds, 'morning')).toEqual([
      '4 May 2026: Drivers protest on Monday.',
      'The bridge on Main Street',
    ])
    // The same entry in both feeds.
    const ids = async (name: string) => (await atomOf(feeds, name)).map(({ id }) => id)
    expect((await ids('morning'))[0]).toBe((await ids('bridge'))[0])
  })

  test('has a path of its own where a story has its name', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST], {}, [{ ...MORNING, name: 'bridge', title: 'Bridges' }]))
    expect(
      readJsonFeed(await feeds.read('/feeds/bridge.json'), `${PUBLIC_URL}/feeds/bridge.json`).title,
    ).toBe('The bridge on Main Street')
    const address = `${PUBLIC_URL}/feeds/digest/bridge.json`
    expect(readJsonFeed(await feeds.read('/feeds/digest/bridge.json'), address).title).toBe('Bridges')
  })
})

describe('readers that ask', () => {
  test('are told at little cost that nothing has changed', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]))
    for (const path of ['bridge.atom', 'bridge.rss', 'bridge.json', 'bridge']) {
      const { headers } = await feeds.ask(`/feeds/${path}`)
      expect(headers['cache-control']).toBe('public, max-age=300')
      feeds.wait(MINUTE)
      for (const known of [headers.etag!, `W/${headers.etag}`, `"x", ${headers.etag}`, '*'])
        expect(await feeds.ask(`/feeds/${path}`, known)).toEqual({ status: 304, headers })
      expect((await feeds.ask(`/feeds/${path}`, '"x"')).status).toBe(200)
    }
    const { etag } = (await feeds.ask('/feeds/bridge.atom')).headers
    await feeds.save(bridge([RUST, CLOSED]))
    expect((await feeds.ask('/feeds/bridge.atom', etag)).status).toBe(200)
  })

  test('that know a date alone are told so too, and never that old words stand', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST]))
    const ask = (ifModifiedSince?: string, more: object = {}) =>
      feeds.question({ path: '/feeds/bridge.atom', ifModifiedSince, ...more })
    const since = (await ask()).headers['last-modified']!
    feeds.wait(MINUTE)
    expect((await ask(since)).status).toBe(304)
    expect((await ask('Mon, 04 May 2026 00:00:00 GMT')).status).toBe(200)
    expect((await ask('soon')).status).toBe(200)
    // A tag counts before a date.
    expect((await ask(since, { ifNoneMatch: '"x"' })).status).toBe(200)
    // Two states within one second are two seconds.
    await feeds.save(bridge([RUST, CLOSED]))
    const changed = await ask(since)
    await feeds.save(bridge([RUST, CLOSED], { meta: { title: 'The old bridge' } }))
    expect([changed.status, (await ask(changed.headers['last-modified'])).status]).toEqual([200, 200])
  })

  test('are sent to the one address of a feed', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST], { meta: { command: 'span' } }))
    expect(await feeds.ask('/feeds/span.rss')).toMatchObject({
      status: 301,
      headers: { location: `${PUBLIC_URL}/feeds/bridge.rss` },
    })
    expect(await feeds.ask('/feeds/digest/morning.atom')).toMatchObject({
      status: 301,
      headers: { location: `${PUBLIC_URL}/feeds/morning.atom` },
    })
    for (const path of ['', 'bridge.xml', 'bridge/x.atom', '../health', 'BRIDGE.rss', '%62ridge.rss'])
      expect((await feeds.ask(`/feeds/${path}`)).status).toBe(404)
  })

  test('are asked to wait while another process has other content, and nothing is emptied', async () => {
    const feeds = await open()
    await feeds.save(bridge([RUST, CLOSED]))
    const before = await atomOf(feeds)
    feeds.wait(DAY)
    feeds.show(bridge([RUST]))
    expect(await feeds.ask('/feeds/bridge.atom')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '30' },
    })
    feeds.show(bridge([RUST, CLOSED]))
    expect(await atomOf(feeds)).toEqual(before)
  })
})

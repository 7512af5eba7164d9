import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Reply, text } from '../../../src/chat/reply.ts'
import { createPreview, type Preview } from '../../../src/platforms/preview/preview.ts'
import type { ReplayRequest, Replays } from '../../../src/platforms/preview/replay-routes.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import { commands, fakeDraws, handlersFor } from '../../support/preview/fake-preview.ts'
import { recordingLog } from '../../support/recording-log.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AT = Date.UTC(2017, 6, 26, 8)

const brief = (words: string): Reply => ({
  label: { state: 'developing', line: words },
  blocks: [text(words)],
  buttons: [{ label: 'Summary', line: '/lawsuit summary' }],
  parts: [],
  audience: 'place',
})

/** What was asked to be replayed. */
let asked: ReplayRequest[] = []
const replays: Replays = {
  choices: () => ({ digests: [{ name: 'morning: Morning brief', value: 'morning' }], story: 'lawsuit' }),
  replay: async request => {
    asked.push(request)
    if (request.stories.includes('nowhere'))
      return { problems: ['There is no story “nowhere”.', 'Nor a day.'] }
    return {
      heading: 'Replay · Chicago v. Sessions',
      about: 'As if.',
      steps: [
        { line: '1 quiet day: nothing posted' },
        { at: AT, moment: 'Wed 26 July 2017 08:00', reply: brief('First.'), thread: brief('More.') },
      ],
      total: '1 brief · 2 entries',
    }
  },
}

let preview: Preview
let server: WebServer
let url: string
beforeEach(async () => {
  asked = []
  const log = recordingLog()
  preview = createPreview({ draws: fakeDraws, log, commands, replays })
  server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    health: () => ({ ok: true }),
    ready: () => true,
    preview: preview.app.fetch,
    log,
  })
  const { port } = await server.start()
  await preview.start(handlersFor(preview))
  url = `http://localhost:${port}`
})
afterEach(async () => {
  await preview.stop()
  await server.stop()
})

async function replay(body: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(`${url}/preview/replay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

test('a replay is drawn for both platforms at its own moments, and posted nowhere', async () => {
  const { json } = await replay({ stories: ['lawsuit'], digest: 'morning', from: '', to: '2017-09-20' })
  expect(asked).toEqual([{ stories: ['lawsuit'], digest: 'morning', to: '2017-09-20' }])
  expect(json).toMatchObject({
    heading: 'Replay · Chicago v. Sessions',
    steps: [
      { line: '1 quiet day: nothing posted' },
      {
        moment: 'Wed 26 July 2017 08:00',
        brief: { text: 'First.\n\nFirst.' },
        thread: { text: 'More.\n\nMore.' },
      },
    ],
    total: '1 brief · 2 entries',
  })
  const times = JSON.stringify(json).match(/"tag":"time","inside":\["Wed 26 July 2017 08:00"\]/g)
  expect(times).toHaveLength(4)
  expect(await preview.findPost('preview:local', 'replay', { since: 0 })).toBeUndefined()
})

test('what cannot be replayed is said, and what is no request of the page is refused', async () => {
  expect(await replay({ stories: ['nowhere'] })).toEqual({
    status: 400,
    json: { problem: 'There is no story “nowhere”.\nNor a day.' },
  })
  for (const body of [
    { stories: 'lawsuit' },
    { stories: [1] },
    { stories: [], digest: 1 },
    { stories: [], from: 'x'.repeat(201) },
    { stories: Array.from({ length: 51 }, () => 'lawsuit') },
  ])
    expect(await replay(body), JSON.stringify(body).slice(0, 60)).toEqual({
      status: 400,
      json: { problem: 'That is no replay.' },
    })
})

describe.skipIf(!CHROMIUM_FILE)('in a browser', { timeout: 60_000 }, () => {
  let browser: Browser
  let tab: Page
  beforeAll(async () => {
    browser = await launchChromium()
    tab = await browser.newPage({ viewport: { width: 390, height: 844 } })
    tab.setDefaultTimeout(10_000)
  }, 60_000)
  afterAll(() => browser?.close())

  test('the button opens a form, and the briefs follow one below the other, marked as a replay', async () => {
    await tab.goto(url)
    await tab.getByRole('button', { name: 'Replay a story…' }).click()
    const form = tab.getByRole('dialog', { name: 'Replay a story' })
    await form.getByLabel('From').fill('2017-07-25')
    expect(await seriousViolations(tab)).toEqual([])
    await form.getByRole('button', { name: 'Replay', exact: true }).click()
    const shown = tab.getByRole('region', { name: 'Replay · Chicago v. Sessions' })
    await shown.getByText('1 brief · 2 entries').waitFor()
    expect(asked).toEqual([{ stories: ['lawsuit'], digest: 'morning', from: '2017-07-25' }])
    expect(await shown.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Replay · Chicago v. Sessions',
      'REPLAY Wed 26 July 2017 08:00',
      'REPLAY Wed 26 July 2017 08:00, in the thread',
    ])
    await expect
      .poll(() => tab.evaluate('document.activeElement.textContent'))
      .toBe('Replay · Chicago v. Sessions')
    expect(await tab.locator('#heard').textContent()).toBe('1 brief · 2 entries')
    expect(await seriousViolations(tab)).toEqual([])
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await shown.getByRole('button', { name: 'Summary' }).first().click()
    await expect.poll(() => tab.locator('article').count()).toBe(3)
  })

  test('a problem is said in the form, which stays open', async () => {
    await tab.goto(`${url}/?again`)
    await tab.getByRole('button', { name: 'Replay a story…' }).click()
    const form = tab.getByRole('dialog', { name: 'Replay a story' })
    await form.getByRole('button', { name: 'Remove lawsuit' }).click()
    await form.getByRole('combobox', { name: 'Stories' }).fill('nowhere')
    await form.getByRole('button', { name: 'Replay', exact: true }).click()
    await form.getByText('There is no story “nowhere”.').waitFor()
  })

  test('the address of a page may ask for a replay', async () => {
    await tab.goto(`${url}/?address#replay?story=lawsuit&story=ordinance&to=2017-09-20`)
    await tab.getByText('1 brief · 2 entries').last().waitFor()
    expect(asked).toEqual([{ stories: ['lawsuit', 'ordinance'], to: '2017-09-20' }])
  })
})

async function seriousViolations(tab: Page): Promise<string[]> {
  await tab.evaluate(AXE)
  const results = (await tab.evaluate('axe.run(document)')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Preview, preview } from '../../src/preview/browser.ts'
import { text } from '../../src/reply.ts'
import { type WebServer, webServer } from '../../src/web/server.ts'
import { commands, draws, HOSTILE, handlersFor, quietLog } from './fakes.ts'

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
].find(path => path && existsSync(path))

const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

if (!CHROMIUM) console.warn('page.test: skipped, no Chromium here. Install it, or name it in CHROMIUM_PATH.')

describe.skipIf(!CHROMIUM)('the preview page in a browser', { timeout: 60_000 }, () => {
  let browser: Browser
  let page: Preview
  let server: WebServer
  let url: string

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: FLAGS.split(' ') })
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    const log = quietLog()
    page = preview({ draws, log, commands })
    server = webServer({
      host: '127.0.0.1',
      port: 0,
      health: () => ({ ok: true }),
      ready: () => true,
      preview: page.app.fetch,
      log,
    })
    const { port } = await server.start()
    await page.start(handlersFor(page))
    url = `http://localhost:${port}`
  })
  afterEach(async () => {
    await page.stop()
    await server.stop()
  })

  /** A page of its own; whatever it asks of another host, and whatever it logs as an error, fails the test. */
  async function open(run: (tab: Page) => Promise<void>, how: { dark?: boolean; width?: number } = {}) {
    const context = await browser.newContext({
      colorScheme: how.dark ? 'dark' : 'light',
      viewport: { width: how.width ?? 1280, height: 900 },
    })
    const tab = await context.newPage()
    tab.setDefaultTimeout(10_000)
    const wrong: string[] = []
    tab.on('pageerror', cause => wrong.push(cause.message))
    tab.on('console', message => message.type() === 'error' && wrong.push(message.text()))
    tab.on('request', request => request.url().startsWith(url) || wrong.push(request.url()))
    await tab.goto(url)
    await run(tab)
    await context.close()
    expect(wrong).toEqual([])
  }

  const type = async (tab: Page, line: string) => {
    await tab.getByLabel('Command', { exact: true }).fill(line)
    await tab.keyboard.press('Enter')
  }
  const last = (tab: Page, platform: string) =>
    tab.getByRole('region', { name: `As ${platform} would draw it` }).last()

  test('a newcomer presses an example and sees the answer as both platforms draw it', () =>
    open(async tab => {
      await tab.getByRole('button', { name: '/lawsuit summary' }).click()
      for (const platform of ['Slack', 'Discord']) {
        await last(tab, platform).getByText('ARCHIVED STORY').first().waitFor()
        await last(tab, platform).locator('strong', { hasText: '7 Aug 2017' }).waitFor()
      }
      await last(tab, 'Slack').getByText('Only visible to you').waitFor()
      await last(tab, 'Discord').getByText('Only you can see this').waitFor()
      expect(await tab.locator('#heard').textContent()).toMatch(/^ARCHIVED STORY/)
      expect(await tab.getByText('Ask it something').isVisible()).toBe(false)
    }))

  test('a typed command, its JSON one click away, and a button of each platform', () =>
    open(async tab => {
      await type(tab, '/lawsuit summary')
      await tab.getByText('JSON for Slack').click()
      await tab.getByText('"type": "rich_text"', { exact: false }).waitFor()
      await last(tab, 'Slack').getByRole('button', { name: 'Sources' }).click()
      await tab.getByText('One source').first().waitFor({ state: 'attached' })
      await type(tab, '/lawsuit summary')
      await expect.poll(() => tab.locator('article').count()).toBe(3)
      await last(tab, 'Discord').getByRole('button', { name: 'Sources' }).click()
      await expect.poll(() => tab.locator('article').count()).toBe(4)
    }))

  test('the picker follows what is typed; arrows, Tab, Enter and history work', () =>
    open(async tab => {
      const field = tab.getByRole('combobox', { name: 'Command' })
      await field.pressSequentially('/quo')
      await tab.getByRole('option', { name: '/quote sessions' }).waitFor()
      await tab.keyboard.press('Tab')
      await expect.poll(() => field.inputValue()).toBe('/quote ')
      await tab.keyboard.type('sess')
      await expect.poll(() => tab.getByRole('option').count()).toBe(1)
      await tab.keyboard.press('ArrowDown')
      await tab.keyboard.press('Enter')
      await last(tab, 'Slack').waitFor()
      expect(await tab.locator('article h2').last().textContent()).toContain('/quote sessions')
      await tab.keyboard.press('ArrowUp')
      expect(await field.inputValue()).toBe('/quote sessions')
    }))

  test('hostile markup is text on both sides and makes no element', () =>
    open(async tab => {
      await type(tab, '/hostile')
      for (const platform of ['Slack', 'Discord']) {
        const side = last(tab, platform)
        await side.getByText('<img src=x onerror=', { exact: false }).first().waitFor()
        expect(await side.locator('img, script').count()).toBe(0)
        expect(await side.textContent()).toContain(HOSTILE.split('\u001b')[0]!.trim())
      }
      expect(await tab.title()).toBe('nutgraf preview')
    }))

  test('Share posts for everyone, live on every open page; an edit replaces it', () =>
    open(async tab => {
      await type(tab, '/lawsuit summary')
      await last(tab, 'Slack').getByRole('button', { name: 'Share to channel' }).click()
      await tab.getByText('Posted in the channel, for everyone to see.').waitFor()
      const post = tab.locator('.post').last()
      await post.getByText('everyone sees it').waitFor()
      expect(await post.getByText('Only visible to you').count()).toBe(0)
      const reply = { blocks: [text('Brief')], parts: [], audience: 'place' as const }
      const ref = await page.post('preview:local', reply, { key: 'brief' })
      await expect.poll(() => tab.locator('.post').count()).toBe(2)
      await page.edit(ref, reply)
      await tab.locator('.post').last().getByText('Edited in the channel').waitFor()
      expect(await tab.locator('.post').count()).toBe(2)
    }))

  test.each([
    { name: 'light', dark: false, width: 1280 },
    { name: 'dark', dark: true, width: 1280 },
    { name: 'phone', dark: false, width: 375 },
    { name: 'phone-dark', dark: true, width: 375 },
  ])('axe finds nothing serious and nothing spills over: $name', ({ name, dark, width }) =>
    open(
      async tab => {
        const shoot = async (what: string) => {
          if (process.env.SCREENSHOTS)
            await tab.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${what}.png` })
        }
        await tab.getByRole('button', { name: '/quote sessions' }).waitFor()
        expect(await serious(tab)).toEqual([])
        await shoot('empty')
        await type(tab, '/lawsuit summary')
        await last(tab, 'Discord').waitFor()
        await shoot('answer')
        await tab.getByText('JSON for Discord').last().click()
        await tab.getByLabel('Command', { exact: true }).pressSequentially('/law')
        await tab.getByRole('option').first().waitFor()
        await tab.keyboard.press('ArrowDown')
        expect(await serious(tab)).toEqual([])
        await shoot('picker')
        const wide = await tab.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(wide).toBeLessThanOrEqual(0)
      },
      { dark, width },
    ),
  )

  test('a page opened while nutgraf starts, or left open over a restart, comes alive by itself', async () => {
    await page.stop()
    const tab = await browser.newPage()
    await tab.goto(url)
    await tab.getByText('Not connected').waitFor()
    await page.start(handlersFor(page))
    await tab.getByText('Live', { exact: true }).waitFor()
    await tab.getByRole('button', { name: '/lawsuit summary' }).waitFor()
    await tab.close()
  })

  test('the toggle turns the colours and is remembered', () =>
    open(async tab => {
      const paper = () => tab.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await paper()
      await tab.getByRole('button', { name: 'Switch to dark colours' }).click()
      expect(await paper()).not.toBe(light)
      await tab.reload()
      expect(await paper()).not.toBe(light)
      await tab.getByRole('button', { name: 'Switch to light colours' }).waitFor()
    }))
})

/** What axe calls serious or critical. It comes in through the debugger, past the page's policy. */
async function serious(tab: Page): Promise<string[]> {
  await tab.evaluate(AXE)
  const found = (await tab.evaluate('axe.run(document)')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
}

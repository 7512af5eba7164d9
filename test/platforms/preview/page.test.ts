import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, ConsoleMessage, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Reply, text } from '../../../src/chat/reply.ts'
import { createPreview, type Preview } from '../../../src/platforms/preview/preview.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import {
  CARD_REPLY,
  commands,
  fakeDraws,
  fakePaint,
  HOSTILE_TEXT,
  handlersFor,
} from '../../support/preview/fake-preview.ts'
import { recordingLog } from '../../support/recording-log.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

if (!CHROMIUM_FILE)
  console.warn('page.test: skipped, no Chromium here. Install it, or name it in CHROMIUM_PATH.')

describe.skipIf(!CHROMIUM_FILE)('the preview page in a browser', { timeout: 60_000 }, () => {
  let browser: Browser
  let tab: Page
  let preview: Preview
  let server: WebServer
  let url: string

  beforeAll(async () => {
    browser = await launchChromium()
    tab = await browser.newPage()
    tab.setDefaultTimeout(10_000)
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    const log = recordingLog()
    preview = createPreview({ draws: fakeDraws, log, commands, paint: fakePaint })
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

  /**
   * Opens the page in the one tab (a new tab takes as long as a test), at an address of its own, so that nothing is
   * remembered. A request to another host and an error in the console fail the test.
   */
  async function open(run: (tab: Page) => Promise<void>, options: { dark?: boolean; width?: number } = {}) {
    await tab.emulateMedia({ colorScheme: options.dark ? 'dark' : 'light' })
    await tab.setViewportSize({ width: options.width ?? 1280, height: 900 })
    const errors: string[] = []
    const onError = (cause: Error) => void errors.push(cause.message)
    const onMessage = (message: ConsoleMessage) => message.type() === 'error' && errors.push(message.text())
    const onRequest = (request: Request) => request.url().startsWith(url) || errors.push(request.url())
    tab.on('pageerror', onError).on('console', onMessage).on('request', onRequest)
    try {
      await tab.goto(url)
      await run(tab)
    } finally {
      tab.off('pageerror', onError).off('console', onMessage).off('request', onRequest)
      await tab.goto('about:blank')
    }
    expect(errors).toEqual([])
  }

  const type = async (tab: Page, line: string) => {
    await tab.getByLabel('Command', { exact: true }).fill(line)
    await tab.keyboard.press('Enter')
  }
  const last = (tab: Page, platform: string) =>
    tab.getByRole('region', { name: `As ${platform} would draw it` }).last()

  test('pressing an example shows the answer as both platforms draw it', () =>
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

  test('a typed command is answered, with its JSON and with buttons that work on each platform', () =>
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

  test('the picker follows the typed text; arrow keys, Tab, Enter and history work', () =>
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

  test('Tab waits for the offers of the typed text', () =>
    open(async tab => {
      const field = tab.getByRole('combobox', { name: 'Command' })
      await field.pressSequentially('/')
      await tab.getByRole('option').first().waitFor()
      await tab.route('**/preview/commands?typed=*', async route => {
        await sleep(200)
        await route.continue()
      })
      await tab.keyboard.type('quo')
      await tab.keyboard.press('Tab')
      await expect.poll(() => field.inputValue()).toBe('/quote ')
      await tab.unrouteAll({ behavior: 'wait' })
    }))

  test('hostile markup is text on both sides and makes no element', () =>
    open(async tab => {
      await type(tab, '/hostile')
      for (const platform of ['Slack', 'Discord']) {
        const side = last(tab, platform)
        await side.getByText('<img src=x onerror=', { exact: false }).first().waitFor()
        expect(await side.locator('img, script').count()).toBe(0)
        expect(await side.textContent()).toContain(HOSTILE_TEXT.split('\u001b')[0]!.trim())
      }
      expect(await tab.title()).toBe('nutgraf preview')
    }))

  test('Share posts for everyone, at once on every open page; an edit replaces the post', () =>
    open(async tab => {
      await type(tab, '/lawsuit summary')
      await last(tab, 'Slack').getByRole('button', { name: 'Share to channel' }).click()
      await tab.getByText('Posted in the channel, for everyone to see.').waitFor()
      const post = tab.locator('.post').last()
      await post.getByText('everyone sees it').waitFor()
      expect(await post.getByText('Only visible to you').count()).toBe(0)
      const reply = { blocks: [text('Brief')], parts: [], audience: 'place' as const }
      const ref = await preview.post('preview:local', reply, { key: 'brief' })
      await expect.poll(() => tab.locator('.post').count()).toBe(2)
      await preview.edit(ref, reply)
      await tab.locator('.post').last().getByText('Edited in the channel').waitFor()
      expect(await tab.locator('.post').count()).toBe(2)
    }))

  test('a picture is shown on both sides in the size that was reserved, and a correction replaces it at once', () =>
    open(
      async tab => {
        await type(tab, '/card')
        for (const [platform, width] of [
          ['Slack', 360],
          ['Discord', 550],
        ] as const) {
          const picture = last(tab, platform).getByRole('img', {
            name: 'A quotation: “exact words”, Jeff Sessions.',
          })
          await expect
            .poll(() =>
              picture.evaluate(image => (image as unknown as { naturalWidth: number }).naturalWidth),
            )
            .toBe(1200)
          expect(await picture.getAttribute('width')).toBe(String(width))
          expect((await picture.boundingBox())!.width).toBeLessThanOrEqual(width)
        }
        expect(await seriousViolations(tab)).toEqual([])
        const post: Reply = { ...CARD_REPLY, audience: 'place' }
        const ref = await preview.post('preview:local', post, { key: 'card' })
        const source = () => tab.locator('.post img').first().getAttribute('src')
        await expect.poll(source).toMatch(/^\/preview\/picture\/[\w-]{43}\.png$/)
        const before = await source()
        const [block] = CARD_REPLY.blocks
        if (block?.kind !== 'picture') throw new Error('no picture')
        const blocks = [{ ...block, picture: { ...block.picture, foot: 'CORRECTED' } }]
        await preview.edit(ref, { ...post, blocks })
        await expect.poll(source).not.toBe(before)
        expect(await tab.locator('.post').count()).toBe(1)
      },
      { dark: true },
    ))

  test('a form is filled in with the keyboard; problems are shown at their fields, and it becomes a line', () =>
    open(
      async tab => {
        await type(tab, '/digest')
        const form = tab.getByRole('dialog', { name: 'Digest settings' })
        await expect.poll(() => focused(tab)).toBe('field-digest')
        await tab.keyboard.press('Escape')
        await form.waitFor({ state: 'detached' })
        expect(await focused(tab)).toBe('line')

        await type(tab, '/digest')
        await form.getByLabel('Digest').selectOption('evening')
        await expect.poll(() => form.getByLabel('Time', { exact: true }).inputValue()).toBe('18:00')
        expect(await focused(tab)).toBe('field-digest')
        await form.getByLabel('Monday').uncheck()
        await form.getByRole('combobox', { name: 'Time zone' }).fill('nowhere')
        await tab.keyboard.press('Enter')
        const days = form.getByRole('group', { name: 'Days' })
        await days.getByText('Choose at least one day.').waitFor()
        expect(await days.getAttribute('aria-describedby')).toBe('field-days-problem')
        expect(await seriousViolations(tab)).toEqual([])

        await form.getByLabel('Monday').check()
        await form.getByRole('button', { name: 'Switch on' }).click()
        await form.getByText('No zone “nowhere” here.').waitFor()
        const zone = form.getByRole('combobox', { name: 'Time zone' })
        await zone.fill('ber')
        const berlin = form.getByRole('option', { name: 'Europe/Berlin' })
        await berlin.waitFor()
        await tab.keyboard.press('Escape')
        await berlin.waitFor({ state: 'hidden' })
        await tab.keyboard.press('ArrowDown')
        await berlin.waitFor()
        await tab.keyboard.press('ArrowDown')
        await tab.keyboard.press('Enter')
        expect(await zone.inputValue()).toBe('Europe/Berlin')
        await form.getByRole('combobox', { name: 'Stories' }).fill('law')
        await form.getByRole('option', { name: 'lawsuit' }).click()
        await form.getByRole('button', { name: 'Remove lawsuit' }).waitFor()
        await form.getByRole('button', { name: 'Switch on' }).click()
        await tab.getByText('/digest on evening 18:00 Europe/Berlin mon lawsuit').first().waitFor()
        await last(tab, 'Discord').getByText('small print', { exact: true }).waitFor()
        expect(await form.count()).toBe(0)
      },
      { dark: true },
    ))

  test('a button under a brief opens the form; the page stays where it was, and the focus comes back', () =>
    open(async tab => {
      const blocks = Array.from({ length: 30 }, (_, index) => text(`Line ${index}`))
      const buttons = [{ label: 'Change or stop', line: '/digest' }]
      const reply = { blocks, buttons, parts: [], audience: 'place' as const }
      for (const key of ['monday', 'tuesday']) await preview.post('preview:local', reply, { key })
      const button = tab.getByRole('button', { name: 'Change or stop' }).first()
      await button.focus()
      const before = await button.boundingBox()
      await tab.keyboard.press('Enter')
      const form = tab.getByRole('dialog', { name: 'Digest settings' })
      await form.waitFor()
      expect(await button.boundingBox()).toEqual(before)
      expect(await tab.getByText('This opens a form.').count()).toBe(0)
      await tab.keyboard.press('Escape')
      await form.waitFor({ state: 'detached' })
      expect(await button.evaluate(node => node.matches(':focus'))).toBe(true)
    }))

  test('the menu of a message reports an error in it and checks its words', () =>
    open(async tab => {
      const reply = { blocks: [text('Brief')], parts: [], audience: 'place' as const }
      const { id } = await preview.post('preview:local', reply, { key: 'brief' })
      const button = tab.getByRole('button', { name: 'More actions on Discord' })
      await button.focus()
      await tab.keyboard.press('ArrowDown')
      await tab.getByRole('menuitem', { name: 'Report an error' }).waitFor()
      expect(await seriousViolations(tab)).toEqual([])
      await tab.keyboard.press('Escape')
      expect(await focused(tab)).toBe('More actions on Discord')
      expect(await button.getAttribute('aria-expanded')).toBe('false')

      await tab.keyboard.press('Enter')
      await tab.keyboard.press('Enter')
      const form = tab.getByRole('dialog', { name: 'Report an error' })
      await form.getByLabel('What is wrong?').fill('The date, "5 May"')
      expect(await seriousViolations(tab)).toEqual([])
      await form.getByRole('button', { name: 'Send' }).click()
      await expect.poll(() => tab.locator('#heard').textContent()).toContain(id)
      await button.click()
      await tab.getByRole('menuitem', { name: 'Check this quote' }).click()
      await expect.poll(() => tab.locator('#heard').textContent()).toBe('Checked: Brief')
    }))

  test('Phone makes both sides as narrow as a phone, side by side, and is remembered', () =>
    open(async tab => {
      await type(tab, '/lawsuit summary')
      await last(tab, 'Slack').waitFor()
      const boxes = () =>
        Promise.all(['Slack', 'Discord'].map(async name => (await last(tab, name).boundingBox())!))
      const phone = tab.getByRole('button', { name: 'Phone' })
      await phone.click()
      expect(await phone.getAttribute('aria-pressed')).toBe('true')
      const [slack, discord] = await boxes()
      expect([slack!.width, discord!.width]).toEqual([392, 392])
      expect(discord!.y).toBe(slack!.y)
      expect(await seriousViolations(tab)).toEqual([])
      await tab.reload()
      expect(await phone.getAttribute('aria-pressed')).toBe('true')
      await phone.click()
      expect(await phone.getAttribute('aria-pressed')).toBe('false')
    }))

  test.each([
    { name: 'light', dark: false, width: 1280 },
    { name: 'dark', dark: true, width: 1280 },
    { name: 'phone', dark: true, width: 375 },
  ])('axe finds nothing serious, and nothing is wider than the page: $name', ({ name, dark, width }) =>
    open(
      async tab => {
        const takeScreenshot = async (what: string) => {
          if (process.env.SCREENSHOTS)
            await tab.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${what}.png` })
        }
        await tab.getByRole('button', { name: '/quote sessions' }).waitFor()
        expect(await seriousViolations(tab)).toEqual([])
        await takeScreenshot('empty')
        await type(tab, '/lawsuit summary')
        await last(tab, 'Discord').waitFor()
        await takeScreenshot('answer')
        await tab.getByText('JSON for Discord').last().click()
        await tab.getByLabel('Command', { exact: true }).pressSequentially('/law')
        await tab.getByRole('option').first().waitFor()
        await tab.keyboard.press('ArrowDown')
        expect(await seriousViolations(tab)).toEqual([])
        await takeScreenshot('picker')
        const overflow = await tab.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(overflow).toBeLessThanOrEqual(0)
      },
      { dark, width },
    ),
  )

  test('a page that is opened while nutgraf starts, or stays open over a restart, connects by itself', async () => {
    await preview.stop()
    await tab.goto(url)
    await tab.getByText('Not connected').waitFor()
    await preview.start(handlersFor(preview))
    await tab.getByText('Live', { exact: true }).waitFor()
    await tab.getByRole('button', { name: '/lawsuit summary' }).waitFor()
    await tab.goto('about:blank')
  })

  test('the colour switch works and is remembered', () =>
    open(async tab => {
      const background = () => tab.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await background()
      await tab.getByRole('button', { name: 'Switch to dark colours' }).click()
      expect(await background()).not.toBe(light)
      await tab.reload()
      expect(await background()).not.toBe(light)
      await tab.getByRole('button', { name: 'Switch to light colours' }).waitFor()
    }))
})

/** The id or the name of the focused element. */
const focused = (tab: Page) =>
  tab.evaluate('document.activeElement.id || document.activeElement.getAttribute("aria-label")')

/** The serious and critical violations that axe finds. It runs through the debugger, which the page's policy allows. */
async function seriousViolations(tab: Page): Promise<string[]> {
  await tab.evaluate(AXE)
  const results = (await tab.evaluate('axe.run(document)')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
}

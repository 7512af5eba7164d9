import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPublish } from '../../../src/delivery/publish.ts'
import { renderWithPicture as renderDiscord } from '../../../src/platforms/discord/pictures.ts'
import { createPreview, type Preview } from '../../../src/platforms/preview/preview.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import { bundledAnswers } from '../../support/platforms/bundled-answers.ts'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import { commands } from '../../support/preview/fake-preview.ts'
import { recordingLog } from '../../support/recording-log.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const EVENT = '19 Apr 2018 · 7th Circuit upholds the nationwide block'

describe.skipIf(!CHROMIUM_FILE)('pages that turn in the preview', { timeout: 60_000 }, () => {
  let browser: Browser
  let tab: Page
  let preview: Preview
  let server: WebServer
  let url: string

  beforeAll(async () => {
    browser = await launchChromium()
    tab = await browser.newPage()
    tab.setDefaultTimeout(10_000)
    const log = recordingLog()
    const draws = [
      { name: 'slack', render: renderSlack },
      { name: 'discord', render: renderDiscord },
    ]
    preview = createPreview({ draws, log, commands })
    server = createWebServer({
      host: '127.0.0.1',
      port: 0,
      health: () => ({ ok: true }),
      ready: () => true,
      preview: preview.app.fetch,
      log,
    })
    const { port } = await server.start()
    await preview.start({ ...bundledAnswers, publish: createPublish({ platforms: () => [preview], log }) })
    url = `http://localhost:${port}`
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await preview.stop()
    await server.stop()
  })
  beforeEach(async () => {
    await tab.goto('about:blank')
    await tab.goto(url)
  })

  const side = (platform: string) => tab.getByRole('region', { name: `As ${platform} would draw it` }).last()
  const ask = async (line: string) => {
    await tab.getByLabel('Command', { exact: true }).fill(line)
    await tab.keyboard.press('Enter')
    await side('Discord').waitFor()
  }
  const answers = () => tab.locator('article').count()
  const focusedText = () => tab.evaluate('document.activeElement.textContent')

  test('by keyboard, the next page takes the place of the one before, with the focus on its first line', async () => {
    await ask('/lawsuit facts')
    await side('Discord').getByRole('button', { name: 'Next page' }).focus()
    for (const page of [2, 3, 4]) {
      await tab.keyboard.press('Enter')
      await side('Discord').getByText(`Page ${page} of 4`, { exact: true }).waitFor()
      await expect.poll(focusedText).toMatch(/^ARCHIVED STORY/)
      expect(await side('Discord').locator(':focus').count()).toBe(1)
      await tab.keyboard.press('Tab')
      expect(await focusedText()).toBe(page < 4 ? 'Next page' : 'Open a fact')
    }
    expect(await answers()).toBe(1)
    expect(await tab.locator('article h2').textContent()).toContain('/lawsuit facts --page 4')
  })

  test('a menu is opened and picked from by keyboard, with first letters; its pick takes the place of the list', async () => {
    await ask('/lawsuit timeline')
    const menu = side('Slack').getByRole('button', { name: 'Open an event' })
    await menu.focus()
    await tab.keyboard.press('ArrowDown')
    await side('Slack').getByRole('menuitem', { name: EVENT }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await tab.keyboard.press('Escape')
    await expect.poll(focusedText).toBe('Open an event')
    await tab.keyboard.press('Enter')
    for (let steps = 0; (await focusedText()) !== EVENT; steps++) {
      expect(steps).toBeLessThan(5)
      await tab.keyboard.press('1')
    }
    await tab.keyboard.press('Enter')
    await side('Slack').getByRole('button', { name: 'Back to the list' }).waitFor()
    await expect.poll(focusedText).toMatch(/^ARCHIVED STORY/)
    expect(await answers()).toBe(1)
    expect(await seriousViolations()).toEqual([])
  })

  test('a press in a message that everybody sees opens a copy, and that one turns', async () => {
    await ask('/lawsuit facts --public')
    const post = tab.locator('.post')
    await post.getByText('Page 1 of 4').first().waitFor()
    const before = await answers()
    await post.getByRole('button', { name: 'Next page' }).first().click()
    await tab.getByText('Page 2 of 4').first().waitFor()
    expect(await answers()).toBe(before + 1)
    await side('Slack').getByRole('button', { name: 'Next page' }).click()
    await tab.getByText('Page 3 of 4').first().waitFor()
    expect(await answers()).toBe(before + 1)
    expect(await post.getByText('Page 1 of 4').count()).toBeGreaterThan(0)
  })

  test.each([375, 1280])(
    'axe finds nothing serious in a list with menus, and nothing is too wide: %i',
    async width => {
      await tab.setViewportSize({ width, height: 900 })
      await ask('/lawsuit timeline 2018')
      await side('Discord').getByRole('button', { name: 'Choose a time' }).click()
      const menu = side('Discord').getByRole('menu')
      await menu.waitFor()
      expect(await seriousViolations()).toEqual([])
      const { x, width: shown } = (await menu.boundingBox())!
      expect([x >= 0, x + shown <= width]).toEqual([true, true])
      expect(await tab.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      if (process.env.SCREENSHOTS)
        await tab.screenshot({ path: `${process.env.SCREENSHOTS}/menus-${width}.png` })
    },
  )

  async function seriousViolations(): Promise<string[]> {
    await tab.evaluate(AXE)
    const { violations } = (await tab.evaluate('axe.run(document)')) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[]
    }
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`))
  }
})

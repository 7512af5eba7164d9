import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import { startCardProcess } from '../../support/wire/card-process.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

test.skipIf(!CHROMIUM_FILE)(
  'a report becomes an event with two clicks on the page, on a phone too; one click takes it back',
  { timeout: 60_000 },
  async () => {
    const desk = await startCardProcess('preview:local', {
      DESK_CHANNEL: 'preview:local',
      DESK_USERS: 'preview:you',
    })
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      const errors: string[] = []
      tab.on('pageerror', cause => errors.push(cause.message))
      tab.on('console', message => message.type() === 'error' && errors.push(message.text()))
      await tab.setViewportSize({ width: 360, height: 740 })
      await tab.goto(desk.address)
      await tab.getByText('Live', { exact: true }).waitFor()
      await desk.bring('p-17', 'Bridge reopens <today>')
      const card = tab.locator('.post').filter({ hasText: 'bridge: “bridge”' })
      const press = (name: string) => card.getByRole('button', { name, exact: true }).first().click()
      await card.getByText('Bridge reopens <today>').first().waitFor()

      await press('Add to timeline')
      const dialog = tab.getByRole('dialog')
      await dialog.getByRole('heading', { name: 'Add to timeline' }).waitFor()
      expect(await dialog.getByLabel('What happened').inputValue()).toBe('Bridge reopens <today>')
      expect(await dialog.getByLabel('Day', { exact: true }).inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(await dialog.getByLabel('Name of the event').inputValue()).toBe('bridge-reopens-today')
      await tab.evaluate(AXE)
      const { violations } = (await tab.evaluate('axe.run()')) as { violations: { id: string }[] }
      expect(violations.map(({ id }) => id)).toEqual([])
      const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
      expect(await tab.evaluate(isWide)).toBe(false)
      if (process.env.SCREENSHOT) await tab.screenshot({ path: process.env.SCREENSHOT })

      // A problem of no field stands at the foot of the form, and nothing is lost.
      await dialog.getByLabel('Name of the event').fill('Name!')
      await dialog.getByRole('button', { name: 'Add', exact: true }).click()
      await dialog.getByText('A name has small letters, digits and hyphens').waitFor()
      await dialog.getByLabel('Name of the event').fill('reopens')
      await dialog.getByRole('button', { name: 'Add', exact: true }).click()
      await card
        .getByText(/Added to bridge by you, \d\d:\d\d · event “\d+ \w+: Bridge reopens <today>”/)
        .first()
        .waitFor()

      const ask = async (line: string) => {
        await tab.getByRole('combobox', { name: 'Command' }).fill(line)
        await tab.keyboard.press('Enter')
      }
      await ask('/span timeline')
      await tab.locator('.turn:not(.post)').last().getByText('Bridge reopens <today>').first().waitFor()
      await desk.sendBrief()
      await tab
        .locator('.post')
        .filter({ hasText: 'developing' })
        .getByText('Bridge reopens <today>')
        .first()
        .waitFor()
      await press('Undo')
      await card.getByRole('button', { name: 'Ignore', exact: true }).first().waitFor()
      expect(await card.textContent()).not.toContain('Added to bridge')
      expect(await card.count()).toBe(1)
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }
    expect(await desk.stop()).toEqual([])
  },
)

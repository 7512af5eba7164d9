import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import { addressOf, startBot } from '../../support/start-process.ts'

const CORRECTION = {
  on: '2026-05-05',
  part: 'quote:mayor-1',
  was: 'Mayor at the time',
  now: 'Acting mayor at the time',
  why: 'She was elected later.',
}

test.skipIf(!CHROMIUM_FILE)(
  'a posted card changes on an open page when its quote is corrected',
  {
    timeout: 60_000,
  },
  async () => {
    const folder = await createContentFolder(storyFiles('bridge', { quotes: [QUOTE] }))
    const address = await addressOf(startBot({ CONTENT_DIR: folder, HOST: '127.0.0.1' }))
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      await tab.goto(address)
      await tab.getByText('Live', { exact: true }).waitFor()
      await tab.getByRole('combobox', { name: 'Command' }).fill('/quote example --card --public')
      await tab.keyboard.press('Enter')
      const pictures = tab.locator('.post img')
      await expect.poll(() => pictures.count(), { timeout: 20_000 }).toBe(2)
      const source = () => pictures.first().getAttribute('src')
      const before = await source()
      expect(await pictures.first().getAttribute('alt')).toContain('Mayor at the time')

      const corrected = [{ ...QUOTE, role: 'Acting mayor at the time' }]
      for (const { path, text } of storyFiles('bridge', { quotes: corrected, corrections: [CORRECTION] }))
        await writeFile(join(folder, path), text)
      await expect.poll(source, { timeout: 20_000 }).not.toBe(before)
      await tab.locator('.post').getByText('Edited in the channel').waitFor()
      expect(await pictures.first().getAttribute('alt')).toContain('Acting mayor at the time')
      const width = await pictures.first().evaluate(async image => {
        const picture = image as unknown as { decode(): Promise<void>; naturalWidth: number }
        await picture.decode()
        return picture.naturalWidth
      })
      expect(width).toBeGreaterThan(600)
      await tab.locator('.post').getByText('CORRECTED').first().waitFor()
      expect(await tab.locator('.post').count()).toBe(1)
    } finally {
      await browser.close()
    }
  },
)

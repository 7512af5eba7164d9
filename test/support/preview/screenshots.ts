import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { runCleanups } from '../after-each.ts'
import { addressOf, startBot, startProcess, temporaryFolder } from '../start-process.ts'
import { launchChromium } from './chromium.ts'
import { compressPng } from './compress-png.ts'

/**
 * Makes the pictures in docs/ again from the bundled content: screenshots of the preview, and pictures that nutgraf
 * draws. Run `node test/support/preview/screenshots.ts`, for all of them or with the names of some. The clock always
 * shows the same time.
 */
const root = new URL('../../..', import.meta.url).pathname
const AT = Date.parse('2026-11-30T13:20:05Z')
const MAX_BYTES = 250_000
/** So long the small icons of the page may take, which nothing waits for. */
const ICONS_MS = 300

type Shot = BrowserContextOptions & { take(tab: Page): Promise<void> }

const wide = { viewport: { width: 1280, height: 860 } }
const SHOTS: Record<string, Shot> = {
  preview: { ...wide, take: tab => askLine(tab, '/quote sessions') },
  'preview-dark': { ...wide, colorScheme: 'dark', take: tab => askLine(tab, '/lawsuit summary') },
  form: {
    ...wide,
    take: async tab => {
      await sendLine(tab, '/digest')
      const form = tab.getByRole('dialog')
      await form.getByRole('combobox', { name: 'Time zone' }).fill('chic')
      await form.getByRole('option', { name: 'Chicago' }).waitFor()
    },
  },
  brief: {
    viewport: { width: 390, height: 850 },
    deviceScaleFactor: 2,
    take: async tab => {
      await showReplay(tab, 'story=lawsuit&from=2017-09-16&to=2017-09-19')
      await tab
        .getByRole('heading', { name: /^REPLAY Mon/ })
        .first()
        .evaluate(scrollToTop)
    },
  },
  index: {
    viewport: { width: 1280, height: 1100 },
    take: async tab => {
      await askLine(tab, '/lawsuit timeline')
      await tab.getByRole('button', { name: 'Open an event' }).first().press('Enter')
      await tab.getByRole('menu').waitFor()
    },
  },
  words: { ...wide, take: tab => askLine(tab, 'what happened in june 2018') },
  digest: {
    viewport: { width: 1280, height: 1000 },
    take: async tab => {
      await sendLine(tab, '/digest on morning 7.30am chicago')
      await tab.locator('.post').waitFor()
      const send = startProcess(['node', 'src/cli.ts', 'digest', 'send', 'morning'], env)
      if ((await send.ended) !== 0) throw new Error(send.err())
      await tab.locator('.post').nth(1).waitFor()
      await tab
        .locator('.post')
        .nth(1)
        .evaluate(post => post.scrollIntoView({ block: 'end' }))
    },
  },
}

const DRAWINGS: Record<string, string> = {
  card: '/quote sessions --card',
  'card-dark': '/quote sessions --card --dark',
  timeline: '/lawsuit timeline --chart',
}

const env = {
  HOST: '127.0.0.1',
  TZ: 'America/Chicago',
  TZ_DEFAULT: 'America/Chicago',
  DATA_DIR: temporaryFolder(),
  CLOCK_STARTS_AT: String(AT),
  NODE_OPTIONS: `--import ${join(root, 'test/support/preview/slow-clock.ts')}`,
}

const sendLine = async (tab: Page, line: string) => {
  await tab.getByRole('combobox', { name: 'Command' }).fill(line)
  await tab.keyboard.press('Enter')
}

const askLine = async (tab: Page, line: string) => {
  await sendLine(tab, line)
  await tab.getByRole('region', { name: 'As Discord would draw it' }).waitFor()
}

const showReplay = async (tab: Page, asked: string) => {
  const { origin } = new URL(tab.url())
  await tab.goto('about:blank')
  await tab.goto(`${origin}/#replay?${asked}`)
  await tab.locator('.replay .side').first().waitFor()
}

const scrollToTop = (node: { scrollIntoView(options: object): void }) => {
  node.scrollIntoView({ block: 'start', behavior: 'instant' })
}

async function takeScreenshot(name: string, { take, ...options }: Shot) {
  const address = await addressOf(bot)
  const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options })
  const tab = await context.newPage()
  await tab.goto(address)
  await tab.getByText('Live', { exact: true }).waitFor()
  await take(tab)
  await tab.waitForTimeout(ICONS_MS)
  writePicture(name, await tab.screenshot({ caret: 'hide', animations: 'disabled' }))
  await context.close()
}

async function saveDrawing(name: string, line: string) {
  const file = join(temporaryFolder(), `${name}.png`)
  const ask = startProcess(['node', 'src/cli.ts', 'ask', line, '--save', file], env)
  if ((await ask.ended) !== 0) throw new Error(ask.err())
  writePicture(name, readFileSync(file))
}

function writePicture(name: string, png: Buffer) {
  const compressed = compressPng(png)
  const size = compressed.length
  writeFileSync(join(root, 'docs', `${name}.png`), compressed)
  console.log(`docs/${name}.png ${Math.round(size / 1000)} kB`)
  if (size > MAX_BYTES)
    throw new Error(`docs/${name}.png is too large: ${size} bytes, more than ${MAX_BYTES}`)
}

const names = process.argv.slice(2)
const isWanted = (name: string) => names.length === 0 || names.includes(name)
const bot = startBot(env)
const browser = await launchChromium()
try {
  for (const [name, shot] of Object.entries(SHOTS)) if (isWanted(name)) await takeScreenshot(name, shot)
  for (const [name, line] of Object.entries(DRAWINGS)) if (isWanted(name)) await saveDrawing(name, line)
} finally {
  await browser.close()
  await runCleanups()
}

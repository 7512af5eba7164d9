import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { endAll } from '../after-each.ts'
import { addressOf, bot, scratch, started } from '../start-process.ts'
import { launched } from './chromium.ts'
import { smaller } from './compress-png.ts'

/**
 * Makes the pictures in docs/ anew, of the preview and those that nutgraf draws, from the bundled content:
 * `node test/support/preview/screenshots.ts`, or with some of their names. Its clock always shows the same time.
 */
const root = new URL('../../..', import.meta.url).pathname
const AT = Date.parse('2026-11-30T13:20:05Z')
const MOST_BYTES = 250_000

type Shot = BrowserContextOptions & { take(tab: Page): Promise<void> }

const wide = { viewport: { width: 1280, height: 860 } }
const SHOTS: Record<string, Shot> = {
  preview: { ...wide, take: tab => ask(tab, '/quote sessions') },
  'preview-dark': { ...wide, colorScheme: 'dark', take: tab => ask(tab, '/lawsuit summary') },
  'preview-phone': {
    viewport: { width: 860, height: 900 },
    take: async tab => {
      await tab.getByRole('button', { name: 'Phone' }).click()
      await ask(tab, '/quote emanuel')
    },
  },
  'preview-card': {
    viewport: { width: 1280, height: 1130 },
    take: async tab => {
      await ask(tab, '/quote sessions --card')
      await painted(tab)
    },
  },
  form: {
    ...wide,
    take: async tab => {
      await send(tab, '/digest')
      const form = tab.getByRole('dialog')
      await form.getByRole('combobox', { name: 'Time zone' }).fill('chic')
      await form.getByRole('option', { name: 'Chicago' }).waitFor()
    },
  },
  digest: {
    viewport: { width: 1280, height: 1000 },
    take: async tab => {
      await send(tab, '/digest on morning 7.30am chicago')
      await tab.locator('.post').waitFor()
      const sent = started(['node', 'src/cli.ts', 'digest', 'send', 'morning'], env)
      if ((await sent.ended) !== 0) throw new Error(sent.err())
      await tab.locator('.post').nth(1).waitFor()
      await tab
        .locator('.post')
        .nth(1)
        .evaluate(it => it.scrollIntoView({ block: 'end' }))
    },
  },
}

const DRAWN: Record<string, string> = {
  card: '/quote sessions --card',
  'card-dark': '/quote sessions --card --dark',
  timeline: '/lawsuit timeline --chart',
}

const env = {
  HOST: '127.0.0.1',
  TZ: 'America/Chicago',
  TZ_DEFAULT: 'America/Chicago',
  DATA_DIR: scratch(),
  CLOCK_STARTS_AT: String(AT),
  NODE_OPTIONS: `--import ${join(root, 'test/support/preview/slow-clock.ts')}`,
}

const send = async (tab: Page, line: string) => {
  await tab.getByRole('combobox', { name: 'Command' }).fill(line)
  await tab.keyboard.press('Enter')
}

const ask = async (tab: Page, line: string) => {
  await send(tab, line)
  await tab.getByRole('region', { name: 'As Discord would draw it' }).waitFor()
}

const painted = async (tab: Page) => {
  for (const picture of await tab.locator('.picture img').all())
    await picture.evaluate(it => (it as unknown as { decode(): Promise<void> }).decode())
}

async function shoot(name: string, { take, ...how }: Shot) {
  const address = await addressOf(running)
  const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...how })
  const tab = await context.newPage()
  await tab.goto(address)
  await tab.getByText('Live', { exact: true }).waitFor()
  await take(tab)
  keep(name, await tab.screenshot({ caret: 'hide', animations: 'disabled' }))
  await context.close()
}

async function draw(name: string, line: string) {
  const file = join(scratch(), `${name}.png`)
  const asked = started(['node', 'src/cli.ts', 'ask', line, '--save', file], env)
  if ((await asked.ended) !== 0) throw new Error(asked.err())
  keep(name, readFileSync(file))
}

function keep(name: string, png: Buffer) {
  const small = smaller(png)
  const size = small.length
  writeFileSync(join(root, 'docs', `${name}.png`), small)
  console.log(`docs/${name}.png ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) throw new Error(`docs/${name}.png has ${size} bytes, at most ${MOST_BYTES}`)
}

const names = process.argv.slice(2)
const wanted = (name: string) => names.length === 0 || names.includes(name)
const running = bot(env)
const browser = await launched()
try {
  for (const [name, shot] of Object.entries(SHOTS)) if (wanted(name)) await shoot(name, shot)
  for (const [name, line] of Object.entries(DRAWN)) if (wanted(name)) await draw(name, line)
} finally {
  await browser.close()
  await endAll()
}

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { CHROMIUM_FILE, launchChromium } from '../../support/preview/chromium.ts'
import { startCardProcess } from '../../support/wire/card-process.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const DATED = 'The council voted on 1 May 2026 for <b>the repair</b>.'
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge stays closed</title>
<meta property="og:site_name" content="WQAD"><meta property="article:published_time" content="2026-05-02T12:00:00-05:00"></head>
<body><article><h1>Bridge stays closed</h1>
<p>“We found rust in every beam of the bridge,” said Ann Mori, the city engineer.</p>
<p>Bo Lind, a shop owner, said, “Nobody asked us before they closed the bridge.”</p>
<p>${DATED.replace(/</g, '&lt;')}</p></article></body></html>`

test.skipIf(!CHROMIUM_FILE)(
  'on the page, the forms of a draft correct a speaker, rewrite an event and publish a story; what is refused stays typed',
  { timeout: 60_000 },
  async () => {
    const site = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE),
    )
    await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(site.address() as AddressInfo).port}`
    const desk = await startCardProcess('preview:local', { DESK_USERS: 'preview:you', FEED_HOSTS: host })
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      tab.setDefaultTimeout(8_000)
      const errors: string[] = []
      tab.on('pageerror', cause => errors.push(cause.message))
      tab.on('console', message => message.type() === 'error' && errors.push(message.text()))
      await tab.setViewportSize({ width: 360, height: 740 })
      await tab.goto(desk.address)
      await tab.getByText('Live', { exact: true }).waitFor()
      const ask = async (line: string) => {
        await tab.getByRole('combobox', { name: 'Command' }).fill(line)
        await tab.keyboard.press('Enter')
      }
      const answer = tab.locator('.turn:not(.post)').last()
      const press = (name: string) => answer.getByRole('button', { name, exact: true }).first().click()
      const sees = (words: string | RegExp) => answer.getByText(words).first().waitFor()
      const dialog = tab.getByRole('dialog')
      const send = (name: string) => dialog.getByRole('button', { name, exact: true }).click()
      const isClosed = () => dialog.waitFor({ state: 'hidden' })

      await ask(`/desk import http://${host}/bridge --into bridge`)
      await sees('Draft page for bridge: 5 pieces to decide, 4 sure')
      await ask('/desk draft page e1')
      await sees('These are the outlet’s own words until an editor rewrites them.')
      await press('Rewrite…')
      await dialog.getByRole('heading', { name: 'From a page' }).waitFor()
      expect(await dialog.getByLabel('Day', { exact: true }).inputValue()).toBe('2026-05-01')
      expect(await dialog.getByLabel('What happened').inputValue()).toBe(`In WQAD’s words: ${DATED}`)
      await tab.evaluate(AXE)
      const { violations } = (await tab.evaluate('axe.run()')) as { violations: { id: string }[] }
      expect(violations.map(({ id }) => id)).toEqual([])
      const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
      expect(await tab.evaluate(isWide)).toBe(false)
      if (process.env.SCREENSHOT) await tab.screenshot({ path: process.env.SCREENSHOT })
      await dialog.getByLabel('What happened').fill('The council <b>pays</b>.')
      await dialog.getByLabel('Day', { exact: true }).fill('1 May')
      await send('Confirm so')
      await dialog.getByText('A day is typed as 2018-04-19').waitFor()
      expect(await dialog.getByLabel('What happened').inputValue()).toBe('The council <b>pays</b>.')
      await dialog.getByLabel('Day', { exact: true }).fill('2026-05-01')
      await send('Confirm so')
      await isClosed()
      await sees('Confirmed: e1')
      await ask('/desk draft page q1')
      await sees('Ann Mori, the city engineer')
      await press('Correct speaker…')
      await dialog.getByRole('heading', { name: 'From a page' }).waitFor()
      await dialog.getByLabel('Role').fill(' ')
      await send('Confirm so')
      await dialog.getByText('What were they then?').waitFor()
      await dialog.getByLabel('Role').fill('City engineer')
      await send('Confirm so')
      await isClosed()
      await sees('Confirmed: q1')
      await ask('/span quotes')
      await sees(/Ann Mori.*City engineer/)
      await ask('/span timeline')
      await sees('The council <b>pays</b>.')
      await ask('/desk draft page undo e1 q1')
      await sees('Undone: e1, q1')

      await ask(`/desk import http://${host}/bridge --as levy`)
      await sees('Draft levy for a new story')
      await ask('/desk draft levy confirm sure')
      await sees('4 decided')
      await press('All pieces')
      await press('Publish…')
      await dialog.getByRole('heading', { name: 'From a page' }).waitFor()
      await dialog.getByLabel('How things stand').fill('The bridge is shut.')
      const copied = 'We found rust in every beam of the bridge, said Ann Mori, the city engineer.'
      await dialog.getByLabel('Summary').fill(copied)
      await send('Publish')
      await dialog.getByText(/Nothing was published\. What is left to do/).waitFor()
      expect(await dialog.getByLabel('Summary').inputValue()).toBe(copied)
      await dialog.getByLabel('Summary').fill('Money was found.')
      await send('Publish')
      await isClosed()
      await sees('is a story now')
      await press('Undo story')
      await sees('levy is no story any more')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      site.close()
    }
    expect(await desk.stop()).toEqual([])
  },
)

import { expect } from 'vitest'
import type { Log, Platform } from '../../../src/chat/platform.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { fetchPage } from '../../../src/import/page/fetch-page.ts'
import { stopReadingPages } from '../../../src/import/page/read-page.ts'
import { afterEachTest } from '../after-each.ts'
import { startFeedServer } from '../wire/feed-server.ts'
import { PARAGRAPHS, startImportConversation } from './import-conversation.ts'

const open: Platform[] = []
afterEachTest(async () => {
  for (const platform of open.splice(0)) await platform.stop()
  await stopReadingPages()
})

/** The page of these conversations, as a site serves it. */
export const html = (paragraphs = PARAGRAPHS): string => `<!doctype html><html><head>
<title>Bridge stays closed</title><meta property="og:site_name" content="WQAD">
<meta property="article:published_time" content="2026-05-02T09:00:00Z"></head>
<body><nav>Sign up for our newsletter</nav><article><h1>Bridge stays closed</h1>
${paragraphs.map(paragraph => `<p>${paragraph}</p>`).join('\n')}</article></body></html>`

/**
 * Starts a bot of editors on the platform that `make` gives, and a site on 127.0.0.1 with the page: it is fetched and read
 * as the program does.
 */
export async function startImportBot(
  users: string[],
  make: (handle: Awaited<ReturnType<typeof startImportConversation>>) => Platform,
  log: Log,
) {
  const site = await startFeedServer()
  const page = `${site.origin}/bridge`
  const serve = (paragraphs?: string[]) =>
    site.serve('/bridge', html(paragraphs), { 'content-type': 'text/html; charset=utf-8' })
  serve()
  const ownHosts = [`127.0.0.1:${site.port}`]
  const bot = await startImportConversation(
    {},
    { users, readPage: address => fetchPage(address, { userAgent: 'nutgraf test', ownHosts }) },
  )
  const platform = make(bot)
  open.push(platform)
  await platform.start({ ...bot, publish: createPublish({ platforms: () => [platform], log }) })
  /** Waits until the page was read for a draft: on a busy machine, that takes longer than an answer may. */
  const untilRead = (slug: string) =>
    expect
      .poll(async () => (await bot.store.drafts.find(slug))?.state, { timeout: 20_000, interval: 20 })
      .toBe('ready')
  return { ...bot, platform, site, page, serve, untilRead }
}

/** Run by itself: serves a feed of 5 MB with 1,000 items; with each answer, none, some or all of its titles are others. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chanceFrom } from '../test/support/wire/newsroom.ts'

const ITEMS = 1_000
const TEXT = 4_700
const WORDS =
  'city court judge bridge river council mayor police school budget vote storm train harbor'.split(' ')

const chance = chanceFrom(7)
const sentence = (count: number) =>
  Array.from({ length: count }, () => WORDS[chance.below(WORDS.length)]).join(' ')
const texts = Array.from({ length: ITEMS }, () => sentence(TEXT / 5).slice(0, TEXT))
const titles = Array.from({ length: ITEMS }, (_, number) => `${sentence(9)} ${number}`)
const begun = Date.now() - 86_400_000
let round = 0

function write(): string {
  round++
  const every = [ITEMS * 2, 1, 100][round % 3]!
  for (let number = 0; number < ITEMS; number += every) titles[number] = `${sentence(9)} ${number}, ${round}`
  const items = titles.map(
    (title, number) =>
      `<item><guid>https://large.example/?p=${number}</guid><title>${title}</title><link>https://large.example/${number}/story</link><pubDate>${new Date(begun - number * 60_000).toUTCString()}</pubDate><description>${texts[number]}</description></item>`,
  )
  return `<rss version="2.0"><channel><title>Large</title>${items.join('')}</channel></rss><!-- ${round} -->`
}

const server = createServer((_, res) =>
  res.writeHead(200, { 'content-type': 'application/rss+xml' }).end(write()),
)
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))

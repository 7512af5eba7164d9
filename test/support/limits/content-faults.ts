import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Inline, Reply } from '../../../src/chat/reply.ts'
import { allLines } from '../../../src/check/all-lines.ts'
import type { Library } from '../../../src/content/library.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { createInMemoryBot, messageLink, PLACES } from './in-memory-bot.ts'
import { lostTextFaults } from './lost-text.ts'
import { postedMessages } from './posted-messages.ts'
import { linksIn, replyFaults } from './reply-faults.ts'
import { type TypedInput, typedLineFor, UNKNOWN_WORD } from './typed-lines.ts'
import { viewFaults } from './view-faults.ts'

/**
 * All that is wrong with what can be asked of some stories, each with the line that leads to it. At most `most` lines are
 * followed from button to button and from hint to hint, begun everywhere.
 */
export async function contentFaults(
  books: Library,
  typings: TypedInput[],
  most: number,
): Promise<{ faults: string[]; asked: number }> {
  const bot = await createInMemoryBot(books)
  const { ask, errors, store, addPostedMessages: posted } = bot
  await posted(7)
  const links = linksIn(books)
  for (const place of PLACES) links.add(messageLink(place))
  const faults: string[] = []
  const seen = new Set<string>()
  let asked = 0

  const look = async (typed: string, more: Partial<Call>): Promise<Reply> => {
    const reply = await ask(typed, more)
    asked++
    const tell = (fault: string) =>
      void faults.push(`${typed} (${more.audience}, ${more.place?.slice(0, 7)}): ${fault}`)
    const drawn = JSON.stringify({ ...reply, audience: undefined })
    if (!seen.has(drawn)) for (const fault of replyFaults(reply, links)) tell(fault)
    seen.add(drawn)
    for (const cause of errors.splice(0))
      tell(`it failed: ${JSON.stringify(cause)} ${(cause as { err?: Error }).err?.stack}`)
    return reply
  }

  for (const [place, audience] of [
    [PLACES[0]!, 'caller'],
    [PLACES[1]!, 'place'],
  ] as const) {
    const all = allLines(books)
    const each = Math.max(1, Math.ceil(all.length / (most / 2)))
    const queue = [
      ...all.filter((_, at) => at % each === 0),
      '/digest preview morning',
      '/digest preview one',
      '/digest status',
      '/desk',
    ]
    const done = new Set<string>()
    for (let typed = queue.pop(); typed !== undefined && done.size < most; typed = queue.pop()) {
      if (done.has(typed)) continue
      done.add(typed)
      const reply = await look(typed, { place, audience })
      queue.push(...linesIn(reply))
    }
  }

  faults.push(...(await lostTextFaults(books, ask)))
  const posts = await postedMessages(books, store, PLACES)
  asked += posts.length
  for (const { what, reply } of posts)
    for (const fault of replyFaults(reply, links, { posted: true })) faults.push(`${what}: ${fault}`)

  for (const typing of typings) {
    const typed = typedLineFor(typing, books)
    for (const [at, place] of PLACES.entries()) {
      await look(typed, { place, audience: 'caller', fromButton: true })
      const reply = await look(typed, { place, audience: 'place' })
      const read = toPlainText(reply) + safely(() => renderDiscord(reply).content)
      if (read.includes(UNKNOWN_WORD))
        faults.push(`${typed} (${at}): for all to read it repeats what was typed`)
    }
  }
  faults.push(...(await viewFaults(books, bot, { typings, links })))
  for (const cause of errors.splice(0)) faults.push(`it failed: ${JSON.stringify(cause)}`)
  await store.close()
  return { faults, asked }
}

const safely = (draw: () => string): string => {
  try {
    return draw()
  } catch {
    return ''
  }
}

/** The lines of the buttons of a reply, and those that its text names. */
function linesIn({ buttons = [], blocks }: Reply): string[] {
  const named: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { code } = value as { code?: Inline }
    if (typeof code === 'string' && /^[/@]/.test(code)) named.push(code)
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  return [...buttons.map(({ line }) => line), ...named].filter(
    line => !/--(?:public|confirm)|^\/digest (?:on|off|now|set)/.test(line),
  )
}

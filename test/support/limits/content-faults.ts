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
 * Finds what is wrong with everything that can be asked about these stories, each with the line that leads to it. Buttons
 * and hints are followed from lines spread over all that can be asked, up to `maxLines` lines a place.
 */
export async function contentFaults(
  library: Library,
  typedInputs: TypedInput[],
  maxLines: number,
): Promise<{ faults: string[]; asked: number }> {
  const bot = await createInMemoryBot(library)
  const { ask, errors, store } = bot
  await bot.addPostedMessages(7)
  const links = linksIn(library)
  for (const place of PLACES) links.add(messageLink(place))
  const faults: string[] = []
  const seen = new Set<string>()
  let asked = 0

  /** Asks a line and notes what is wrong with its reply; the same reply is checked only once. */
  const checkReply = async (typed: string, call: Partial<Call>): Promise<Reply> => {
    const reply = await ask(typed, call)
    asked++
    const addFault = (fault: string) =>
      void faults.push(`${typed} (${call.audience}, ${call.place?.slice(0, 7)}): ${fault}`)
    const json = JSON.stringify({ ...reply, audience: undefined })
    if (!seen.has(json)) for (const fault of replyFaults(reply, links)) addFault(fault)
    seen.add(json)
    for (const details of errors.splice(0))
      addFault(`it failed: ${JSON.stringify(details)} ${(details as { err?: Error }).err?.stack}`)
    return reply
  }

  for (const [place, audience] of [
    [PLACES[0]!, 'caller'],
    [PLACES[1]!, 'place'],
  ] as const) {
    const lines = allLines(library)
    const step = Math.max(1, Math.ceil(lines.length / (maxLines / 2)))
    const queue = [
      ...lines.filter((_, at) => at % step === 0),
      '/digest preview morning',
      '/digest preview one',
      '/digest status',
      '/desk',
    ]
    const done = new Set<string>()
    for (let typed = queue.pop(); typed !== undefined && done.size < maxLines; typed = queue.pop()) {
      if (done.has(typed)) continue
      done.add(typed)
      const reply = await checkReply(typed, { place, audience })
      queue.push(...linesIn(reply))
    }
  }

  faults.push(...(await lostTextFaults(library, ask)))
  const posts = await postedMessages(library, store, PLACES)
  asked += posts.length
  for (const { what, reply } of posts)
    for (const fault of replyFaults(reply, links, { posted: true })) faults.push(`${what}: ${fault}`)

  for (const input of typedInputs) {
    const typed = typedLineFor(input, library)
    for (const [at, place] of PLACES.entries()) {
      await checkReply(typed, { place, audience: 'caller', fromButton: true })
      const reply = await checkReply(typed, { place, audience: 'place' })
      const visible = toPlainText(reply) + drawnOrEmpty(() => renderDiscord(reply).content)
      if (visible.includes(UNKNOWN_WORD))
        faults.push(`${typed} (${at}): a public reply repeats what was typed`)
    }
  }
  faults.push(...(await viewFaults(library, bot, { typedInputs, links })))
  for (const details of errors.splice(0)) faults.push(`it failed: ${JSON.stringify(details)}`)
  await store.close()
  return { faults, asked }
}

const drawnOrEmpty = (draw: () => string): string => {
  try {
    return draw()
  } catch {
    return ''
  }
}

/** Lists the lines of a reply's buttons and the lines that its text names, without those that post or change settings. */
function linesIn({ buttons = [], blocks }: Reply): string[] {
  const lines = buttons.map(({ line }) => line)
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { code } = value as { code?: Inline }
    if (typeof code === 'string' && /^[/@]/.test(code)) lines.push(code)
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  return lines.filter(line => !/--(?:public|confirm)|^\/digest (?:on|off|now|set)/.test(line))
}

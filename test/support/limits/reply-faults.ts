import { toPlainText } from '../../../src/chat/plain-text.ts'
import { type Block, type Inline, pictureOf, type Reply, withPictureAsText } from '../../../src/chat/reply.ts'
import type { Library } from '../../../src/content/library.ts'
import { LONGEST_FOOTER, withSharer } from '../../../src/delivery/shared-by.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { discordFaults, discordLengthFaults, visibleOnDiscord } from './discord-faults.ts'
import { normalizeUrl, slackFaults, visibleOnSlack } from './slack-faults.ts'

/** Room for what is corrected in a message: it must stand there together with all else. */
const CORRECTION = 600

/** What no chat shows, half of a sign, and what turns the direction of all that follows. */
const BREAKING = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** Every address that some stories may link. */
export function linksIn(books: Library): Set<string> {
  const links = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'url' || key === 'link') && typeof inner === 'string') links.add(normalizeUrl(inner))
      else walk(inner)
    }
  }
  walk(books.stories)
  return links
}

/**
 * What is wrong with a reply on either platform: as it is, and as its picture. An answer may be shared by somebody, and
 * then says so; what is `posted` already says all there is to say.
 */
export function replyFaults(reply: Reply, links: Set<string>, { posted = false } = {}): string[] {
  const shared =
    reply.label && !reply.guide && !reply.refusal && !posted ? [withSharer(reply, LONGEST_FOOTER)] : []
  const words = pictureOf(reply) ? [withPictureAsText(reply)] : []
  const faults = [reply, ...words].flatMap(one => faultsOf(one, links))
  // What is added there is the same every time, so that only its length counts.
  for (const one of shared) {
    const slack = drawOrFault(() => renderSlack(one), faults)
    if (slack) faults.push(...slackFaults(slack, { room: CORRECTION, links }))
    const discord = drawOrFault(() => renderDiscord(one), faults)
    if (discord) faults.push(...discordLengthFaults(discord, CORRECTION))
  }
  return [...new Set(faults)]
}

function faultsOf(reply: Reply, links: Set<string>): string[] {
  const room = reply.corrections ? 0 : CORRECTION
  const runs = runsOf(reply.blocks)
  const dates = runs.some(run => typeof run === 'object' && 'time' in run)
  const faults: string[] = []
  if (BREAKING.test(toPlainText(reply)))
    faults.push(`a sign that breaks what follows: ${JSON.stringify(toPlainText(reply))}`)
  const slack = drawOrFault(() => renderSlack(reply), faults)
  const meant = toPlainText(reply)
  if (slack) {
    faults.push(...slackFaults(slack, { room, links }))
    // The description of a picture stands for what it says.
    const read = pictureOf(reply) ? unescaped(slack.text) : visibleOnSlack(slack.blocks)
    faults.push(...textDifference('slack', read, meant))
  }
  const discord = drawOrFault(() => renderDiscord(reply), faults)
  if (discord) {
    faults.push(...discordFaults(discord, { room, links, dates }))
    // An address that is its own name is written as it is called.
    const written = runs.reduce<string>(
      (text, run) =>
        typeof run === 'object' && 'link' in run && run.text === run.link
          ? text.replace(run.text, normalizeUrl(run.link))
          : text,
      meant,
    )
    if (!dates) faults.push(...textDifference('discord', visibleOnDiscord(discord), written))
  }
  return faults
}

function drawOrFault<Message>(draw: () => Message, faults: string[]): Message | undefined {
  try {
    return draw()
  } catch (cause) {
    faults.push(cause instanceof Error ? cause.message : String(cause))
    return undefined
  }
}

const unescaped = (text: string) =>
  text.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

/** A text without blanks and the signs that a layout adds, as it is compared. */
export const comparableText = (text: string): string =>
  text
    .replaceAll('(link)', '')
    .replaceAll('%7C', '|')
    .replace(/[\s•:-]/g, '')

/** Where two texts begin to differ. */
function textDifference(platform: string, read: string, meant: string): string[] {
  const [one, other] = [comparableText(read), comparableText(meant)]
  if (one === other) return []
  let at = 0
  while (one[at] === other[at]) at++
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 15), at + 25))
  return [`${platform}: it reads otherwise: ${near(one)} is not ${near(other)}`]
}

function runsOf(blocks: Block[]): Inline[] {
  return blocks.flatMap(block => {
    if (block.kind === 'text' || block.kind === 'note') return block.text
    if (block.kind === 'list') return block.items.flat()
    return block.kind === 'fields' ? block.fields.flatMap(({ value }) => value) : []
  })
}

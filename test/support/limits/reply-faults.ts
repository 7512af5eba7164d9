import { toPlainText } from '../../../src/chat/plain-text.ts'
import { type Block, type Inline, pictureOf, type Reply, withPictureAsText } from '../../../src/chat/reply.ts'
import type { Library } from '../../../src/content/library.ts'
import { LONGEST_FOOTER, withSharer } from '../../../src/delivery/shared-by.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { discordFaults, discordLengthFaults, visibleOnDiscord } from './discord-faults.ts'
import { normalizeUrl, slackFaults, visibleOnSlack } from './slack-faults.ts'

/** How many characters a message keeps free for its corrections, which are added to all the rest. */
const CORRECTION_ROOM = 600

/** Characters that no chat shows, halves of a character, and those that change the direction of what follows. */
const BREAKING = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** Collects every address that these stories link to. */
export function linksIn(library: Library): Set<string> {
  const links = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'url' || key === 'link') && typeof inner === 'string') links.add(normalizeUrl(inner))
      else walk(inner)
    }
  }
  walk(library.stories)
  return links
}

/**
 * Finds what is wrong with a reply on each platform: as it is, with its picture as text, and as an answer that a person
 * shares, which then names them. A `posted` message is complete, and is not shared again.
 */
export function replyFaults(reply: Reply, links: Set<string>, { posted = false } = {}): string[] {
  const shared =
    reply.label && !reply.guide && !reply.refusal && !posted ? [withSharer(reply, LONGEST_FOOTER)] : []
  const asText = pictureOf(reply) ? [withPictureAsText(reply)] : []
  const faults = [reply, ...asText].flatMap(variant => faultsOf(variant, links))
  // The line that is added is always the same: on Discord only its length can be wrong.
  for (const sharedReply of shared) {
    const slack = drawOrFault(() => renderSlack(sharedReply), faults)
    if (slack) faults.push(...slackFaults(slack, { room: CORRECTION_ROOM, links }))
    const discord = drawOrFault(() => renderDiscord(sharedReply), faults)
    if (discord) faults.push(...discordLengthFaults(discord, CORRECTION_ROOM))
  }
  return [...new Set(faults)]
}

function faultsOf(reply: Reply, links: Set<string>): string[] {
  const room = reply.corrections ? 0 : CORRECTION_ROOM
  const runs = runsOf(reply.blocks)
  const dates = runs.some(run => typeof run === 'object' && 'time' in run)
  const faults: string[] = []
  if (BREAKING.test(toPlainText(reply)))
    faults.push(`a character that breaks what follows: ${JSON.stringify(toPlainText(reply))}`)
  const slack = drawOrFault(() => renderSlack(reply), faults)
  const expected = toPlainText(reply)
  if (slack) {
    faults.push(...slackFaults(slack, { room, links }))
    // A picture's description is in the text of the message, not in its blocks.
    const visible = pictureOf(reply) ? unescapeMrkdwn(slack.text) : visibleOnSlack(slack.blocks)
    faults.push(...textDifference('slack', visible, expected))
  }
  const discord = drawOrFault(() => renderDiscord(reply), faults)
  if (discord) {
    faults.push(...discordFaults(discord, { room, links, dates }))
    // Discord shows a bare address (a link whose text is the address) as it is called.
    const expectedOnDiscord = runs.reduce<string>(
      (text, run) =>
        typeof run === 'object' && 'link' in run && run.text === run.link
          ? text.replace(run.text, normalizeUrl(run.link))
          : text,
      expected,
    )
    if (!dates) faults.push(...textDifference('discord', visibleOnDiscord(discord), expectedOnDiscord))
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

const unescapeMrkdwn = (text: string) =>
  text.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

/** Reduces a text to what is compared: no white space, and none of the characters that a layout adds. */
export const comparableText = (text: string): string =>
  text
    .replaceAll('(link)', '')
    .replaceAll('%7C', '|')
    .replace(/[\s•:-]/g, '')

/** Says where the text that is read begins to differ from the expected one; empty where they are equal. */
function textDifference(platform: string, visible: string, expected: string): string[] {
  const [actual, wanted] = [comparableText(visible), comparableText(expected)]
  if (actual === wanted) return []
  let at = 0
  while (actual[at] === wanted[at]) at++
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 15), at + 25))
  return [`${platform}: the text differs: ${near(actual)} is not ${near(wanted)}`]
}

function runsOf(blocks: Block[]): Inline[] {
  return blocks.flatMap(block => {
    if (block.kind === 'text' || block.kind === 'note') return block.text
    if (block.kind === 'list') return block.items.flat()
    return block.kind === 'fields' ? block.fields.flatMap(({ value }) => value) : []
  })
}

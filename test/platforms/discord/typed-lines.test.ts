import { expect, test } from 'vitest'
import type { Block, Inline, Reply } from '../../../src/chat/reply.ts'
import type { CommandContext } from '../../../src/commands/context.ts'
import { deskCommand } from '../../../src/commands/desk/desk.ts'
import { digestCommand } from '../../../src/commands/digest/digest.ts'
import { parseLine } from '../../../src/commands/line.ts'
import { commandCall, type InteractionPayload } from '../../../src/platforms/discord/payload.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'
import { lineAsOptions } from '../../support/discord/line-as-options.ts'
import { CHANNEL, commandBody, GUILD } from '../../support/discord/payloads.ts'
import { NOON } from '../../support/noon.ts'

const MAX_LINES = 600
const PLACE = `discord:${GUILD}/${CHANNEL}` as const
const { ask, commands } = startConversation(bundledLibrary, { place: PLACE })

const FIRST_LINES = [
  ...['/nutgraf help', '/nutgraf story list', '/nutgraf changes --since 2017-01-01', '/nutgraf find city'],
  ...[
    '/lawsuit help',
    '/quote',
    '/quote sessions',
    '/quote nobody',
    '/quote court --card',
    '/nutgraf help quote',
  ],
  ...commands()
    .filter(({ name }) => name === 'lawsuit')
    .flatMap(({ subcommands = [] }) => subcommands.map(({ name }) => `/lawsuit ${name}`)),
]

const codes = (inlines: Inline[]): string[] =>
  inlines.flatMap(inline => (typeof inline === 'object' && 'code' in inline ? [inline.code] : []))

const inlinesOf = (block: Block): Inline[] => {
  if (block.kind === 'text' || block.kind === 'note') return block.text
  if (block.kind === 'list') return block.items.flat()
  if (block.kind === 'fields') return block.fields.flatMap(({ value }) => value)
  if (block.kind === 'quote') return [...block.attribution, ...(block.note ?? [])]
  return block.kind === 'picture' ? block.fallback.flatMap(inlinesOf) : []
}

/** The lines that a reply prints or puts behind its buttons. */
const linesOf = ({ blocks, buttons = [] }: Reply) => [
  ...codes(blocks.flatMap(inlinesOf)).filter(code => code.startsWith('/')),
  ...buttons.map(({ line }) => line),
]

/** Follows the lines of replies from page to page. */
function printedLines(): string[] {
  const lines = new Set(FIRST_LINES)
  for (const line of lines) {
    if (lines.size > MAX_LINES) break
    for (const next of linesOf(ask(line))) lines.add(next)
  }
  return [...lines]
}

const lines = printedLines()

test('there are many lines to try, and Discord has the command of each', () => {
  expect(lines.length).toBeGreaterThan(300)
  expect(lines.filter(line => /^\/quote .* #\d/.test(line)).length).toBeGreaterThan(10)
  expect(
    lines.filter(line => !lineAsOptions(line, commands()) && !/^\/(?:digest|desk)\b/.test(line)),
  ).toEqual([])
})

test('a line that we print, filled into the fields of Discord, has the answer that it has when it is typed', () => {
  for (const line of lines) {
    const filled = lineAsOptions(line, commands())
    if (!filled) continue
    const body = commandBody(filled.path, filled.values) as InteractionPayload
    const command = commands().find(({ name }) => name === body.data?.name)
    const { call } = commandCall(body, command, NOON)
    expect(ask(`/${call.command} ${call.text}`.trim()), `${line} as ${JSON.stringify(filled)}`).toEqual(
      ask(line),
    )
  }
})

test.each([
  '/desk retry "edition slack:T1/C1 morning 1"',
  '/desk retry "bridge/withdrawn:2026-05-05"',
  '/desk correct lawsuit/event:2020-04-30-1 --was "29 April" --now "30 April" --why "Misread."',
  '/desk audit "answer discord:1/2 3"',
  '/digest on morning 07:30 America/Chicago',
  '/digest off morning',
])('a line for editors and of digests can be typed as well: %s', line => {
  const all = [...commands(), deskCommand({} as CommandContext), digestCommand({} as CommandContext)]
  const { path, values } = lineAsOptions(line, all)!
  const body = commandBody(path, values) as InteractionPayload
  const { call } = commandCall(
    body,
    all.find(({ name }) => name === body.data?.name),
    NOON,
  )
  const joined = (text: string) => {
    const { args, flags } = parseLine(text)
    return { words: args.join(' '), flags }
  }
  expect(joined(call.text)).toEqual(joined(line.replace(/^\/\w+ /, '')))
})

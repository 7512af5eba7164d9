import { expect, test } from 'vitest'
import type { Reply } from '../../src/chat/reply.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { libraryFromFiles, type StoryFields } from '../support/content/story-files.ts'
import { court, event, FRIDAY, fridayBrief, SUIT } from '../support/digests/friday-brief.ts'

const WHY = 'It decides whether Congress or a department sets the terms of a grant. [4]'
const source = (number: number, outlet: string) => ({
  number,
  outlet,
  title: `Page ${number}`,
  kind: 'news',
  date: '2018-04-19',
  url: `https://${outlet.toLowerCase().replaceAll(/\W+/g, '-')}.example/${number}`,
  ...(number === 1 && { text: 'paper.txt', rights: 'ours' }),
})
const SOURCES = ['The Paper', 'National Law Journal', 'AP', '7th Circuit'].map((outlet, index) =>
  source(index + 1, outlet),
)
const PAPER = '"The Attorney General used the sword of federal funding," Judge Ilana Rovner wrote.\n'
const UPHELD = event(
  '2018-04-19',
  'The 7th Circuit upholds the order that blocks two of the three conditions nationwide, 2 to 1.',
  { major: true, short: '7th Circuit keeps block on grant conditions', sources: [4, 2] },
)
const MANION = event('2018-04-19', 'Judge Manion would have limited the order to Chicago.', { sources: [2] })
const COMMENT = event('2018-04-19', 'The Justice Department says that it disagrees.', { sources: [3] })
const ARGUMENT = event('2018-06-26', 'The Supreme Court hears the request for a stay.', {
  expected: true,
  sources: [3],
})
const ROVNER = {
  id: 'rovner-1',
  speaker: 'Judge Ilana Rovner',
  role: 'for the court',
  kind: 'partial',
  words: 'used the sword of federal funding',
  source: 1,
  saidOn: '2018-04-19',
}
const body = (status: string) =>
  `## Summary\n\nChicago sued. [1]\n\n## Status\n\n${status} [4]\n\n## Terms\n\nA grant. [1]\n`

const story = ({ meta, ...fields }: StoryFields = {}) =>
  libraryFromFiles(
    court({
      meta: { why: WHY, ...meta },
      body: body('The order stands.'),
      sources: SOURCES,
      stored: { 'paper.txt': PAPER },
      people: [],
      ...fields,
    }),
  )

/** Friday's brief as plain text, with its thread reply and the first lines that each platform sends. */
function brief(before: StoryFields, after: StoryFields, more: { now?: number; date?: string } = {}): string {
  const { says, below, reply, thread } = fridayBrief(story(before), story(after), more)!
  for (const message of [reply, ...(thread ? [thread.reply] : [])]) {
    const links = JSON.stringify(renderSlack(message)).match(/"type":"link"|<https/g)?.length ?? 0
    const discord = renderDiscord(message)
    // Each entry has a link, on both platforms; on Discord in the embed, if its address has no room in the text.
    expect(links).toBeGreaterThanOrEqual(entriesOf(message))
    expect(JSON.stringify(discord).split('https://').length - 1).toBeGreaterThanOrEqual(entriesOf(message))
  }
  const slack = renderSlack(reply)
  const first = JSON.stringify(slack.blocks.slice(0, 2))
  return [
    says,
    ...(below === undefined ? [] : [`--- thread\n${below}`]),
    `--- slack text: ${slack.text.split('\n')[0]}`,
    `--- slack blocks: ${first}`,
    `--- discord: ${renderDiscord(reply).content.split('\n').slice(0, 2).join(' / ')}`,
  ].join('\n')
}

const entriesOf = ({ lead, blocks }: Reply) =>
  blocks.reduce((sum, block) => sum + (block.kind === 'list' ? block.items.length : 0), lead ? 1 : 0)

test('three events of a day, one of them a turning point', () => {
  const events = [SUIT, UPHELD, MANION, COMMENT, ARGUMENT]
  expect(
    brief(
      { timeline: [SUIT, ARGUMENT] },
      {
        timeline: events,
        body: body('Two of the three conditions stay blocked nationwide. An appeal is open.'),
      },
    ),
  ).toMatchInlineSnapshot(`
    "7th Circuit keeps block on grant conditions

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 40 s

    NEW Thu 19 Apr · The 7th Circuit upholds the order that blocks two of the three conditions nationwide, 2 to 1. [7th Circuit, National Law Journal]
    Now: Two of the three conditions stay blocked nationwide. [7th Circuit]
    Why it matters: It decides whether Congress or a department sets the terms of a grant. [7th Circuit]

    • NEW Thu 19 Apr · Judge Manion would have limited the order to Chicago. [National Law Journal]
    • NEW Thu 19 Apr · The Justice Department says that it disagrees. [AP]

    Next: Tue 26 June, The Supreme Court hears the request for a stay. [AP]
    Morning brief · since Thu 07:30
    --- slack text: 7th Circuit keeps block on grant conditions
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"7th Circuit keeps block on grant conditions"}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 40 s","emoji":false}]}]
    --- discord: 7th Circuit keeps block on grant conditions / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 40 s"
  `)
})

test('a day with only a revised status', () => {
  expect(
    brief({}, { body: body('Two of the three conditions stay blocked. An appeal is open.') }),
  ).toMatchInlineSnapshot(`
    "Two of the three conditions stay blocked.

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s

    REVISED Fri 20 Apr · Status · An appeal is open. [7th Circuit]
    Why it matters: It decides whether Congress or a department sets the terms of a grant. [7th Circuit]

    Morning brief · since Thu 07:30
    --- slack text: Two of the three conditions stay blocked.
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Two of the three conditions stay blocked."}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s","emoji":false}]}]
    --- discord: Two of the three conditions stay blocked. / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s"
  `)
})

test('a quotation and its event', () => {
  expect(
    brief({}, { timeline: [SUIT, COMMENT, { ...MANION, sources: [1, 2] }], quotes: [ROVNER] }),
  ).toMatchInlineSnapshot(`
    "Judge Manion would have limited the order to Chicago.

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s

    NEW Thu 19 Apr [The Paper, National Law Journal]

    • NEW Thu 19 Apr · partial quote · “used the sword of federal funding” Judge Ilana Rovner, for the court [The Paper]
    • NEW Thu 19 Apr · The Justice Department says that it disagrees. [AP]

    Morning brief · since Thu 07:30
    --- slack text: Judge Manion would have limited the order to Chicago.
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Judge Manion would have limited the order to Chicago."}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s","emoji":false}]}]
    --- discord: Judge Manion would have limited the order to Chicago. / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s"
  `)
})

test('a correction', () => {
  const corrections = [
    {
      on: '2018-04-20',
      part: 'event:2018-04-17-1',
      was: 'The court ruled on 16 April.',
      now: 'The court ruled on 17 April.',
      why: 'The order is dated 17 April.',
    },
  ]
  const ruled = event('2018-04-17', 'The court rules.', { id: '2018-04-17-1', sources: [4] })
  expect(
    brief(
      { timeline: [SUIT, { ...ruled, text: 'The court ruled.' }] },
      { timeline: [SUIT, ruled, COMMENT], corrections },
    ),
  ).toMatchInlineSnapshot(`
    "CORRECTED, timeline, 17 Apr 2018: The court ruled on 17 April.

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · corrected 20 Apr 2018 · Fri 20 Apr · 20 s

    Was: The court ruled on 16 April. · why: The order is dated 17 April. [7th Circuit]

    • NEW Thu 19 Apr · The Justice Department says that it disagrees. [AP]

    Morning brief · since Thu 07:30
    --- slack text: CORRECTED, timeline, 17 Apr 2018: The court ruled on 17 April.
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"CORRECTED, timeline, 17 Apr 2018: "},{"type":"text","text":"The court ruled on 17 April."}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · corrected 20 Apr 2018 · Fri 20 Apr · 20 s","emoji":false}]}]
    --- discord: CORRECTED, timeline, 17 Apr 2018: The court ruled on 17 April. / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · corrected 20 Apr 2018 · Fri 20 Apr · 20 s"
  `)
})

test('twelve entries', () => {
  const hearings = Array.from({ length: 12 }, (_, index) =>
    event('2018-04-19', `Party ${index + 1} argues for twenty minutes that it should win the case.`, {
      sources: [2 + (index % 3)],
    }),
  )
  expect(brief({}, { timeline: [SUIT, ...hearings] })).toMatchInlineSnapshot(`
    "Party 1 argues for twenty minutes that it should win the case.

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 30 s

    NEW Thu 19 Apr [National Law Journal]

    • NEW Thu 19 Apr · Party 2 argues for twenty minutes that it should win the case. [AP]
    • NEW Thu 19 Apr · Party 3 argues for twenty minutes that it should win the case. [7th Circuit]
    • NEW Thu 19 Apr · Party 4 argues for twenty minutes that it should win the case. [National Law Journal]
    • NEW Thu 19 Apr · Party 5 argues for twenty minutes that it should win the case. [AP]

    7 more in the thread · Morning brief · since Thu 07:30
    --- thread
    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · continued

    • NEW Thu 19 Apr · Party 6 argues for twenty minutes that it should win the case. [7th Circuit]
    • NEW Thu 19 Apr · Party 7 argues for twenty minutes that it should win the case. [National Law Journal]
    • NEW Thu 19 Apr · Party 8 argues for twenty minutes that it should win the case. [AP]
    • NEW Thu 19 Apr · Party 9 argues for twenty minutes that it should win the case. [7th Circuit]
    • NEW Thu 19 Apr · Party 10 argues for twenty minutes that it should win the case. [National Law Journal]
    • NEW Thu 19 Apr · Party 11 argues for twenty minutes that it should win the case. [AP]
    • NEW Thu 19 Apr · Party 12 argues for twenty minutes that it should win the case. [7th Circuit]
    --- slack text: Party 1 argues for twenty minutes that it should win the case.
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Party 1 argues for twenty minutes that it should win the case."}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 30 s","emoji":false}]}]
    --- discord: Party 1 argues for twenty minutes that it should win the case. / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 30 s"
  `)
})

test('late', () => {
  expect(brief({}, { timeline: [SUIT, UPHELD] }, { now: FRIDAY + 130 * 60_000 })).toMatchInlineSnapshot(`
    "7th Circuit keeps block on grant conditions

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · sent 09:40 instead of 07:30 · 20 s

    NEW Thu 19 Apr · The 7th Circuit upholds the order that blocks two of the three conditions nationwide, 2 to 1. [7th Circuit, National Law Journal]
    Why it matters: It decides whether Congress or a department sets the terms of a grant. [7th Circuit]

    Morning brief · since Thu 07:30
    --- slack text: 7th Circuit keeps block on grant conditions
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"7th Circuit keeps block on grant conditions"}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · sent 09:40 instead of 07:30 · 20 s","emoji":false}]}]
    --- discord: 7th Circuit keeps block on grant conditions / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · sent 09:40 instead of 07:30 · 20 s"
  `)
})

test('a story of dates without days', () => {
  const meta = { coversTo: '2018-04-19' }
  const months = [
    event('2017-09', 'The first grants are held back.', { sources: [3] }),
    event('2018-04', 'Cities begin to sign the new terms.', { sources: [3] }),
    event('2018', 'The department counts the cities.', { expected: true, sources: [3] }),
  ]
  expect(brief({ meta, timeline: [SUIT] }, { meta, timeline: [SUIT, ...months] })).toMatchInlineSnapshot(`
    "Cities begin to sign the new terms.

    Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s

    NEW Apr 2018 [AP]

    • COMING 2018 · The department counts the cities. [AP]
    • ADDED · event of Sept 2017 · The first grants are held back. [AP]

    Morning brief · since Thu 07:30
    --- slack text: Cities begin to sign the new terms.
    --- slack blocks: [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Cities begin to sign the new terms."}]}]},{"type":"context","elements":[{"type":"plain_text","text":"Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s","emoji":false}]}]
    --- discord: Cities begin to sign the new terms. / -# Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 20 s"
  `)
})

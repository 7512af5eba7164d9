import { expect, test } from 'vitest'
import { discordMarkdown } from '../../../src/platforms/preview/discord-markdown.ts'
import { discordView } from '../../../src/platforms/preview/discord-view.ts'
import { slackDate, slackMrkdwn } from '../../../src/platforms/preview/slack-text.ts'
import { slackView } from '../../../src/platforms/preview/slack-view.ts'
import type { View } from '../../../src/platforms/preview/view.ts'

/** A view in short, `[tag.class: text]`, so that a test reads like the page. */
function short(view: View | View[]): string {
  if (Array.isArray(view)) return view.map(short).join('')
  if (typeof view === 'string') return view
  const { tag, href, inside } = view
  if (tag === 'br') return '/'
  const name = view.class ? `${tag}.${view.class.replaceAll(' ', '.')}` : tag
  return `[${name}${href ? ` ${href}` : ''}: ${short(inside)}]`
}

test.each([
  ['a \\*b\\* **bold** snake\\_case', '[p: a *b* [strong: bold] snake_case]'],
  ['[the \\] text](<https://a.b/c_(d)>)', '[p: [a https://a.b/c_(d): the ] text]]'],
  ['[x](javascript:alert(1))', '[p: [span: x]]'],
  ['> one\n> two\nafter', '[blockquote: [p: one/two]][p: after]'],
  ['> quote\n-# small **print**', '[blockquote: [p: quote]][p.subtext: small [strong: print]]'],
  ['- one\n- two\n  - deep', '[ul: [li.indent-0: one][li.indent-0: two][li.indent-1: deep]]'],
  ['\\- no list\n\\> no quote\n\\-# no print', '[p: - no list/> no quote/-# no print]'],
  ['## Title\ntext', '[p.heading.h2: Title][p: text]'],
  ['`a\\*b` <b>&amp;', '[p: [code: a\\*b] <b>&amp;]'],
  ['```js\n- x\n```\nend', '[pre: - x][p: end]'],
  ['a\n\nb', '[p: a//b]'],
  ['<t:1524132000:D>', '[p: [time: April 19, 2018]]'],
])('Discord Markdown %j', (markdown, expected) => {
  expect(short(discordMarkdown(markdown))).toBe(expected)
})

test.each([
  ['*bold* _it_ ~no~ `a*b`', '[strong: bold] [em: it] [s: no] [code: a*b]'],
  ['snake_case_word 2*3*4', 'snake_case_word 2*3*4'],
  ['&lt;b&gt; &amp;amp;', '<b> &amp;'],
  ['<https://a.b/c|text> <https://a.b>', '[a https://a.b/c: text] [a https://a.b/: https://a.b]'],
  ['<javascript:alert(1)|x>', '[span: x]'],
  ['&gt; quoted\nafter', '[blockquote: quoted]after'],
  ['<!here> <@U1>', '[span.mention: @here] [span.mention: @U1]'],
])('Slack mrkdwn %j', (mrkdwn, expected) => {
  expect(short(slackMrkdwn(mrkdwn)).replace('https://a.b:', 'https://a.b/:')).toBe(expected)
})

test('a Slack date is shown by its format', () => {
  expect(short(slackDate(1524132000, 'on {date_long}', 'fallback'))).toBe(
    '[time: on Thursday, April 19, 2018]',
  )
})

test('plain text on Slack is not parsed', () => {
  const json = { blocks: [{ type: 'header', text: { type: 'plain_text', text: '*a* <b>' } }] }
  expect(short(slackView(json, { at: 0, callerOnly: false }))).toContain('[p.header: *a* <b>]')
})

test('parts that cannot be drawn are marked', () => {
  const frame = { at: 0, callerOnly: false }
  expect(short(slackView({ blocks: [{ type: 'video' }] }, frame))).toContain('does not draw the block video')
  expect(short(discordView({ components: [{ type: 99 }] }, frame))).toContain('component type 99')
  expect(short(slackView(null, frame))).toContain('nutgraf')
  expect(short(discordView('nonsense', frame))).toContain('nutgraf')
})

test('buttons run their line; others are disabled or links', () => {
  const buttons = [
    { type: 2, style: 2, label: 'Sources', custom_id: 'run:/lawsuit sources' },
    { type: 2, style: 1, label: 'Other', custom_id: 'key:1' },
    { type: 2, style: 5, label: 'Open', url: 'https://a.b/' },
  ]
  const view = JSON.stringify(
    discordView(
      { components: [{ type: 1, components: buttons }] },
      { at: 0, callerOnly: true, typedLine: '/x' },
    ),
  )
  expect(view).toContain('"run":"/lawsuit sources"')
  expect(view).toContain('"off":true')
  expect(view).toContain('"href":"https://a.b/"')
  expect(view).toContain(' used ')
})

import { expect, test } from 'vitest'
import { type Block, type Inline, note, text } from '../../../src/chat/reply.ts'
import { NO_FILE_YET, render, withFile } from '../../../src/platforms/slack/render.ts'
import { cardBlock } from '../../support/fake-pictures.ts'
import { replyOf } from '../../support/reply-of.ts'
import { HOSTILE_TEXTS, parsedTexts, visibleText } from '../../support/slack/drawn-message.ts'

const only = (...blocks: Block[]) => render(replyOf(...blocks)).blocks

test('a reply is drawn label first, then title, blocks, sources and buttons', () => {
  const { text: fallback, blocks } = render({
    label: { state: 'archived', line: 'ARCHIVED STORY · covers 2017' },
    title: 'Chicago v. Sessions',
    blocks: [
      text('Chicago ', { bold: 'sued' }, ' on ', { time: 1_502_064_000_000, style: 'date' }, '.'),
      {
        kind: 'quote',
        words: 'exact',
        marks: true,
        attribution: ['Sessions, ', { link: 'https://x.org', text: 'WQAD' }],
        note: ['a note'],
      },
      {
        kind: 'sources',
        sources: [
          { number: 1, name: 'A', url: 'https://a.org/x?y=1&z|2' },
          { number: 4, name: 'B' },
        ],
        line: 'Sources 1, 4 · checked 22 Nov',
        checked: 'checked 22 Nov',
      },
    ],
    buttons: [{ label: 'Sources', line: '/lawsuit sources' }],
    parts: [],
    audience: 'caller',
  })
  expect(fallback.split('\n')[0]).toBe('ARCHIVED STORY · covers 2017')
  expect(blocks).toEqual([
    {
      type: 'context',
      elements: [{ type: 'plain_text', text: 'ARCHIVED STORY · covers 2017', emoji: false }],
    },
    { type: 'header', text: { type: 'plain_text', text: 'Chicago v. Sessions', emoji: false } },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Chicago ' },
            { type: 'text', text: 'sued', style: { bold: true } },
            { type: 'text', text: ' on ' },
            { type: 'date', timestamp: 1_502_064_000, format: '{date_short}', fallback: '2017-08-07' },
            { type: 'text', text: '.' },
          ],
        },
      ],
    },
    {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_quote', elements: [{ type: 'text', text: '“exact”' }] },
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Sessions, ' },
            { type: 'link', url: 'https://x.org/', text: 'WQAD' },
          ],
        },
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: '\n' },
            { type: 'text', text: 'a note' },
          ],
        },
      ],
    },
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          verbatim: true,
          text: 'Sources <https://a.org/x?y=1&amp;z%7C2|1>, 4 · checked 22 Nov',
        },
      ],
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'run:0',
          text: { type: 'plain_text', text: 'Sources', emoji: false },
          value: '/lawsuit sources',
        },
      ],
    },
  ])
})

test.each(HOSTILE_TEXTS)('%j stays what it is, everywhere', hostile => {
  const message = render({
    label: { state: 'archived', line: hostile },
    title: hostile,
    blocks: [
      text(hostile, { bold: hostile }, { link: 'https://x.org', text: hostile }),
      { kind: 'quote', words: hostile, marks: true, attribution: [hostile], note: [{ italic: hostile }] },
      { kind: 'list', items: [[hostile], []] },
      { kind: 'fields', fields: [{ name: hostile, value: [hostile] }] },
      note(hostile),
      note({ link: 'https://x.org', text: hostile }, ' ', { code: hostile }),
      {
        kind: 'sources',
        sources: [{ number: 1, name: hostile, url: 'https://x.org' }],
        line: `Source 1 · ${hostile}`,
        checked: hostile,
      },
    ],
    buttons: [{ label: hostile, line: hostile }],
    parts: [],
    audience: 'place',
  })
  for (const parsed of parsedTexts(message)) expect(parsed).not.toMatch(/<[!@#]|<http:\/\/evil/)
  expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"(user|usergroup|broadcast|channel)"/)
  expect(visibleText(message.blocks).split(hostile).length - 1).toBe(15)
})

test('small print is mrkdwn only where every character of it stays itself', () => {
  const form = (...runs: Inline[]) => {
    const [block] = only(note(...runs))
    const [element] = (block?.elements ?? []) as { type: string; text?: string }[]
    return block?.type === 'context' ? `${element?.type}: ${element?.text}` : block?.type
  }
  expect(form('Page 1 of 2 *')).toBe('plain_text: Page 1 of 2 *')
  expect(form('Try ', { code: '/quote a&b' }, '.')).toBe('mrkdwn: Try `/quote a&amp;b`.')
  expect(form('Editor’s ', { bold: 'note' }, ': x')).toBe('mrkdwn: Editor’s *note*: x')
  expect(form({ link: 'javascript:alert(1)', text: 'x' }, ' y')).toBe('mrkdwn: x y')
  expect(form('Sent ', { time: 0, style: 'datetime' })).toBe(
    'mrkdwn: Sent <!date^0^{date_short}, {time}|1970-01-01 00:00 UTC>',
  )
  for (const risky of ['a*b', 'snake_case', '~', '`', ':smile:', '\n> x']) {
    expect(form({ bold: 'x' }, ' ', risky)).toBe('rich_text')
  }
  expect(form('un', { bold: 'believ' }, 'able')).toBe('rich_text')
  expect(form({ link: 'https://x.org', text: 'two\nlines' })).toBe('rich_text')
})

test('a link that is not of the web is drawn as its words', () => {
  for (const link of ['javascript:alert(1)', 'slack://x', 'file:///etc/passwd', 'no address', ''])
    expect(JSON.stringify(only(text({ link, text: 'words' })))).not.toContain('link')
})

test('a picture is an image with its description, and its words are in the text', () => {
  const message = render(replyOf(cardBlock('see you in <court>')))
  const image = { type: 'image', alt_text: 'ARCHIVED STORY. “see you in <court>” Sessions.' }
  expect(message.blocks).toEqual([{ ...image, slack_file: { id: NO_FILE_YET } }])
  expect(message.text).toBe('“see you in &lt;court&gt;”\nSessions')
  expect(withFile(message, 'F123').blocks).toEqual([{ ...image, slack_file: { id: 'F123' } }])
  expect(() => only({ ...cardBlock('x'), alt: 'x'.repeat(1_025) })).toThrow(
    'the description of a picture has 1,025 characters, at most 1,024',
  )
})

test('what does not fit is refused with its number, never cut', () => {
  const actions = (count: number, label = 'x', line = 'x') => ({
    ...replyOf(text('x')),
    buttons: Array(count).fill({ label, line }),
  })
  expect(() => only(text('x'.repeat(3_401)))).toThrow('slack: text has 3,401 characters, at most 3,400')
  expect(() => only(text('&'.repeat(700)))).toThrow('slack: text has 3,500 characters')
  expect(() => only(...Array(51).fill({ kind: 'divider' }))).toThrow('slack: 51 blocks, at most 50')
  expect(() => render(actions(5))).toThrow('slack: 5 buttons, at most 4')
  expect(() => render(actions(1, 'x'.repeat(76)))).toThrow('label of a button has 76')
  expect(() => render(actions(1, 'x', 'x'.repeat(2_001)))).toThrow('line of a button has 2,001')
  expect(() => render(actions(1, ''))).toThrow('needs a label')
  const long = `https://x.org/${'a'.repeat(2_500)}`
  expect(() => only(...Array(4).fill(text({ link: long, text: 'x' })))).toThrow('the blocks has')
  expect(render({ ...replyOf(), title: 'x'.repeat(151) }).blocks[0]?.type).toBe('rich_text')
})

test('nothing empty is sent, since Slack refuses it', () => {
  expect(only(text(''), note(''), text(), { kind: 'sources', sources: [], line: '' })).toEqual([])
  expect(only(text('', { bold: '' }, 'x'))[0]).toMatchObject({ elements: [{ elements: [{ text: 'x' }] }] })
})

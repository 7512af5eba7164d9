import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Block, type Inline, note, type Reply, text } from '../../../src/chat/reply.ts'
import { render } from '../../../src/platforms/discord/render.ts'
import {
  asEachInline,
  HOSTILE_TEXTS,
  normalizeWhitespace,
  parseNodes,
  visibleText,
  withoutWhitespace,
} from '../../support/discord/drawn-message.ts'
import { cardBlock } from '../../support/fake-pictures.ts'
import { replyOf } from '../../support/reply-of.ts'

const only = (...blocks: Block[]) => render(replyOf(...blocks))
const drawn = (...inlines: Inline[]) => only(text(...inlines)).content

const QUOTE: Reply = {
  label: { state: 'archived', line: 'PARTIAL QUOTE · archived story · covers 25 Jan 2017 to 28 Apr 2021' },
  blocks: [
    {
      kind: 'quote',
      words: 'every sanctuary city\nto re-think these policies.',
      marks: true,
      attribution: [{ bold: 'Jeff Sessions' }, ', U.S. Attorney General\nWQAD, 6 Aug 2017, line 17'],
      note: [{ bold: 'Editor’s note:' }, ' close to remarks of 21 July.'],
    },
    {
      kind: 'sources',
      sources: [{ number: 1, name: 'WQAD, 6 Aug 2017', url: 'https://wqad.com/a_b' }],
      line: 'Source 1 · checked 22 Nov 2026',
      checked: 'checked 22 Nov 2026',
    },
    note('1 of 8'),
  ],
  buttons: [
    { label: 'Next', line: '/quote sessions #2' },
    { label: 'Source', line: '/lawsuit sources #1' },
  ],
  parts: ['lawsuit/quote:sessions-1'],
  audience: 'caller',
}

test('a quotation reads in one piece: label, words, who said them, note; the source by name in the embed', () => {
  expect(render(QUOTE)).toEqual({
    content: [
      '-# PARTIAL QUOTE · archived story · covers 25 Jan 2017 to 28 Apr 2021',
      '> “every sanctuary city',
      '> to re-think these policies.”',
      '**Jeff Sessions**, U.S. Attorney General',
      'WQAD, 6 Aug 2017, line 17',
      '-# **Editor’s note:** close to remarks of 21 July.',
      '',
      '-# Source 1 · checked 22 Nov 2026',
      '-# 1 of 8',
    ].join('\n'),
    embeds: [{ color: 0x6b7280, description: '[1 WQAD, 6 Aug 2017](<https://wqad.com/a_b>)' }],
    components: [
      {
        type: 1,
        components: [
          { type: 2, style: 2, label: 'Next', custom_id: 'run:/quote sessions #2' },
          { type: 2, style: 2, label: 'Source', custom_id: 'run:/lawsuit sources #1' },
        ],
      },
    ],
    allowed_mentions: { parse: [] },
  })
})

test('label and title come first, so that with embeds hidden nobody takes an old story for new', () => {
  const label = { state: 'developing' as const, line: 'DEVELOPING · covers to 1 May' }
  const { content, embeds } = render({ ...replyOf(text('Body.')), label, title: 'A *title*' })
  expect(content).toBe('-# DEVELOPING · covers to 1 May\n**A \\*title\\***\n\nBody.')
  expect(embeds).toBeUndefined()
})

test('every kind of block has its layout', () => {
  const { content, embeds } = only(
    text('Before'),
    { kind: 'list', items: [['One\ntwo'], ['', ' '], [{ code: '/quote x' }, ' · three']] },
    {
      kind: 'fields',
      fields: [
        { name: 'Kind', value: ['court'] },
        { name: 'Date', value: ['2018'] },
      ],
    },
    { kind: 'divider' },
    cardBlock('see you in court'),
    note('small\nprint'),
    { kind: 'sources', sources: [{ number: 2, name: 'No link' }], line: 'Source 2' },
    text('After'),
  )
  expect(content).toBe(
    'Before\n- One\n  two\n- `/quote x` · three\n\n**Kind:** court\n**Date:** 2018\n\n> “see you in court”\nSessions\n\n-# small\n-# print\n-# Source 2\n\nAfter',
  )
  expect(embeds).toEqual([{ color: 0x1d3557, description: '2 No link' }])
})

test('words that are an outlet’s own have no quotation marks', () => {
  const quote = { kind: 'quote', words: 'see you in court', marks: false, attribution: [] } as const
  expect(only({ ...quote, attribution: [] }).content).toBe('> see you in court')
})

test('runs of text have the marks of Discord', () => {
  expect(drawn('a ', { bold: ' b ' }, { italic: 'c' }, '!')).toBe('a  **b** _c_!')
  expect(drawn({ bold: 'b' }, { italic: 'c' }, 'd')).toBe('**b**cd')
  expect(drawn({ bold: 'one\ntwo' })).toBe('**one**\n**two**')
  expect(drawn({ code: '/a *b*' }, ' ', { code: 'a`b' })).toBe('`/a *b*` a\\`b')
  expect(drawn({ time: 1_618_953_630_999, style: 'date' }, { time: 0, style: 'time' })).toBe(
    '<t:1618953630:D><t:0:t>',
  )
  expect(drawn('2017. A year\n- no list')).toBe('2017\\. A year\n\\- no list')
})

test('links that have no room in the text are listed below it, each once', () => {
  const page = (name: string) => ({ link: `https://x.org/${name}/${'a'.repeat(600)}`, text: name })
  const { content, embeds } = only(text(page('one'), page('two'), page('one')))
  expect(content).toBe('onetwoone')
  expect(
    String(embeds?.[0]?.description)
      .split('\n')
      .map(line => line.slice(0, 5)),
  ).toEqual(['[one]', '[two]'])
})

test('links lead to the web and nowhere else', () => {
  expect(drawn({ link: 'https://x.org/a(b) c', text: 'A *source*' })).toBe(
    '[A \\*source\\*](<https://x.org/a%28b%29%20c>)',
  )
  expect(drawn({ link: 'https://x.org', text: 'https://x.org/' })).toBe('<https://x.org/>')
  expect(drawn({ link: 'https://x.org', text: 'https://y.org' })).toBe(
    'https\\://y.org ([link](<https://x.org/>))',
  )
  expect(drawn({ link: 'https://x.org', text: 'a [b]' })).toBe('a \\[b\\] ([link](<https://x.org/>))')
  for (const link of ['javascript:alert(1)', 'discord://x', 'file:///etc/passwd', 'no address', ''])
    expect(drawn({ link, text: 'words' })).toBe('words')
})

test.each(HOSTILE_TEXTS)('hostile data stays data in every place: %j', data => {
  const message = render({
    ...replyOf(
      text(...asEachInline(data)),
      note(data),
      { kind: 'list', items: [[data]] },
      { kind: 'fields', fields: [{ name: data, value: [data] }] },
    ),
    label: { state: 'settled', line: data },
    title: data,
  })
  const nodes = parseNodes(message.content).filter(
    ({ type }) =>
      !['text', 'br', 'newline', 'twemoji', 'strong', 'em', 'inlineCode', 'subtext'].includes(type),
  )
  expect(nodes.map(({ type, target }) => [type, target])).toEqual([['link', 'https://example.org/a']])
  expect(
    withoutWhitespace(visibleText(message.content)).startsWith(
      withoutWhitespace(normalizeWhitespace(data + data)),
    ),
  ).toBe(true)
  expect(message.content.replace(/`[^`\n]*`/g, '')).not.toMatch(/(^|[^\\])<[@#:/a]|(^|[^\\])@everyone/m)
  const sources = only({
    kind: 'sources',
    sources: [{ number: 1, name: data, url: 'https://example.org/a' }],
    line: 'Source 1',
  })
  const links = parseNodes(sources.embeds?.[0]?.description ?? '').filter(
    ({ target }) => target !== undefined,
  )
  expect(links.map(({ target }) => target)).toEqual(['https://example.org/a'])
})

test('links whose addresses have no room in the text move into the embed', () => {
  const link = (index: number) => ({
    link: `https://x.org/${'a'.repeat(400)}${index}`,
    text: `Source ${index}`,
  })
  const { content, embeds } = only({
    kind: 'list',
    items: [1, 2, 3, 4].map(index => [`${index} `, link(index)]),
  })
  expect(content).toBe('- 1 Source 1\n- 2 Source 2\n- 3 Source 3\n- 4 Source 4')
  expect(embeds?.[0]?.description?.split('\n')).toHaveLength(4)
  expect(embeds?.[0]?.description).toContain(`[Source 4](<https://x.org/${'a'.repeat(400)}4>)`)
})

test('a button whose line is too long has a key; a second button with the same line becomes small print', () => {
  const long = `/quote "${'x'.repeat(100)}"`
  const custom_id = `kept:${createHash('sha256').update(long).digest('base64url')}`
  const buttons = [
    { label: 'Next page', line: long },
    { label: 'One', line: '/a' },
    { label: 'Two', line: '/a' },
  ]
  const { content, components } = render({ ...replyOf(text('x')), buttons })
  expect(content).toBe('x\n\n-# Two: `/a`')
  expect(components).toEqual([
    {
      type: 1,
      components: [
        { type: 2, style: 2, label: 'Next page', custom_id },
        { type: 2, style: 2, label: 'One', custom_id: 'run:/a' },
      ],
    },
  ])
})

test('what does not fit is refused with its number, never cut', () => {
  const actions = (count: number, label = 'x', line = 'x') => ({
    ...replyOf(text('x')),
    buttons: Array(count).fill({ label, line }),
  })
  expect(() => drawn('x'.repeat(1_401))).toThrow('discord: a message has 1,401 characters, at most 1,400')
  expect(drawn('x'.repeat(1_400))).toHaveLength(1_400)
  expect(() => render(actions(5))).toThrow('discord: 5 buttons, at most 4')
  expect(() => render(actions(1, 'x'.repeat(81)))).toThrow('label of a button has 81')
  expect(() => render(actions(1, ''))).toThrow('needs a label')
  const long = `https://x.org/${'a'.repeat(1_500)}`
  expect(() => only(...[1, 2, 3, 4].map(page => text({ link: `${long}${page}`, text: 'x' })))).toThrow(
    'the links and sources has',
  )
  expect(() => only(text(''), note(' '))).toThrow('nothing to send')
})

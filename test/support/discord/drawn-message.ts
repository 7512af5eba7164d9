import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser'
import type { Inline } from '../../../src/chat/reply.ts'

/** Texts that try to break a layout, to ping, or to hide a link. */
export const HOSTILE_TEXTS = [
  '@everyone @here <@1234567890123456789> <@!1> <@&1> <#1234567890123456789>',
  '*bold* **bold** _it_ __under__ ~~strike~~ ||spoiler|| `code` ``co`de``',
  '```js\nblock\n```',
  '[click me](https://evil.example) [x](<https://evil.example>) ![y](https://evil.example)',
  'https://evil.example steam://run <https://evil.example> <mailto:a@b.example> discord://x',
  '> quoted\n>>> the rest',
  '# big\n## less\n-# small\n- item\n  - inner\n* star\n+ plus\n1. one\n2017. A year',
  '<t:1618953630:R> <:name:123456789012345678> <a:b:123456789012345678> </lawsuit:123456789012345678> <id:browse>',
  '\\*a\\* \\<@1> \\\\',
  '¯\\_(ツ)_/¯ :smile: 👩‍👩‍👧‍👦 é ñ',
  '\u202egnitirw \u2067right to left\u2069',
  '| a | b |\n|---|---|\n***\n---\n===',
]

/** Makes an inline of each kind with the same text. */
export const asEachInline = (text: string): Inline[] => [
  text,
  { bold: text },
  { italic: text },
  { code: text },
  { link: 'https://example.org/a', text },
]

type Node = { type: string; content?: unknown; target?: string; name?: string; timestamp?: string }

const parse = SimpleMarkdown.parserFor(rulesExtended)

/** Lists every node that the parser finds, inner ones too. */
export function parseNodes(markdown: string): Node[] {
  const inside = (list: Node[]): Node[] =>
    list.flatMap(node => [node, ...(Array.isArray(node.content) ? inside(node.content as Node[]) : [])])
  return inside(parse(markdown, { inline: true }) as Node[])
}

/** Reads what a reader sees, character by character. */
export const visibleText = (markdown: string): string =>
  parseNodes(markdown)
    .map(node => {
      if (node.type === 'br' || node.type === 'newline') return '\n'
      if (node.type === 'twemoji') return node.name
      return typeof node.content === 'string' ? node.content : ''
    })
    .join('')

/** Changes whitespace as the parser does: tabs become blanks, form feeds disappear. */
export const normalizeWhitespace = (text: string) =>
  text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').replace(/\f/g, '')

/** Removes blanks and line breaks, which a layout may add or drop. */
export const withoutWhitespace = (text: string) => text.replace(/\s+/g, '')

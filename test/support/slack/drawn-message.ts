import type { SlackBlock } from '../../../src/platforms/slack/render.ts'

/** Texts that try to break a layout, to ping, or to hide a link. */
export const HOSTILE_TEXTS = [
  '<!channel> <!here> <!everyone>',
  '<@U1> <#C1|general> <!subteam^S1>',
  '*bold* _italic_ ~strike~ `code`',
  '```\nblock\n```',
  '<http://evil.example|click me>',
  '> quoted\n> twice',
  '&lt;!channel&gt; &amp;amp;',
  ':smile: @here #general https://example.org',
  '\u202egnitirw \u2067right to left\u2069',
  '👩‍👩‍👧‍👦 é ñ \u0000',
]

/** Lists every text that Slack parses for markup: the fallback text, and all mrkdwn. */
export function parsedTexts({ text, blocks }: { text: string; blocks: SlackBlock[] }): string[] {
  const texts: string[] = [text]
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    if ((value as { type?: string }).type === 'mrkdwn') texts.push((value as { text: string }).text)
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  return texts
}

/** Reads what a reader sees of the blocks, in order. */
export function visibleText(blocks: SlackBlock[]): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join('')
    if (typeof value !== 'object' || value === null) return ''
    const element = value as Record<string, unknown>
    if (element.type === 'button') return ''
    if (element.type === 'date') return element.fallback as string
    if (element.type === 'image') return element.alt_text as string
    if (element.type === 'mrkdwn') return stripMrkdwn(element.text as string)
    if (typeof element.text === 'string') return element.text
    return walk(element.elements ?? element.text)
  }
  return walk(blocks)
}

const stripMrkdwn = (mrkdwn: string) =>
  mrkdwn
    .replace(/<[^|>]*\|([^>]*)>/g, '$1')
    .replace(/[*_`]/g, '')
    .replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

import type { Block, Reply } from '../../../src/chat/reply.ts'
import type { SlackBlock } from '../../../src/platforms/slack/render.ts'

/** What people may write to break a layout, to ping, or to hide a link. */
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

/** A reply of these blocks. */
export const replyOf = (...blocks: Block[]): Reply => ({ blocks, parts: [], audience: 'caller' })

/** Every text that Slack parses for markup: the fallback, and whatever is mrkdwn. */
export function parsedTexts({ text, blocks }: { text: string; blocks: SlackBlock[] }): string[] {
  const found: string[] = [text]
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    if ((value as { type?: string }).type === 'mrkdwn') found.push((value as { text: string }).text)
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  return found
}

/** All that a reader sees of the blocks, in order. */
export function visibleText(blocks: SlackBlock[]): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join('')
    if (typeof value !== 'object' || value === null) return ''
    const one = value as Record<string, unknown>
    if (one.type === 'button') return ''
    if (one.type === 'date') return one.fallback as string
    if (one.type === 'image') return one.alt_text as string
    if (one.type === 'mrkdwn') return stripMrkdwn(one.text as string)
    if (typeof one.text === 'string') return one.text
    return walk(one.elements ?? one.text)
  }
  return walk(blocks)
}

const stripMrkdwn = (mrkdwn: string) =>
  mrkdwn
    .replace(/<[^|>]*\|([^>]*)>/g, '$1')
    .replace(/[*_`]/g, '')
    .replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

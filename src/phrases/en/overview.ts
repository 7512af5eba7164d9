import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Texts of the overview page: which digests go where, the stories, and how to ask. */
export const overview = {
  digests: 'Digests in this workspace',
  paused: 'Paused',
  notShown: (count: number, line: string): Inline[] => [
    `${count === 1 ? 'One more is posted in a conversation that is' : `${thousands(count)} more are posted in conversations that are`} not shown here. Ask there: `,
    { code: line },
  ],
  noDigests: (line: string): Inline[] => [
    'None yet. Type ',
    { code: line },
    ' in the channel that should get one.',
  ],
  stories: 'Stories',
  howToAsk: 'How to ask',
  examples: (): Inline[][] => [
    [{ code: '/nutgraf help' }, ' · what you can ask, by example'],
    [{ code: '/quote' }, ' · exact words, with speaker and source'],
    [{ code: '/quote check "…"' }, ' · are these words in our sources? Also in the menu of every message'],
    [{ code: '/digest' }, ' · what a channel gets, and when'],
    ['Or mention me, or write to me: I answer below your message.'],
  ],
}

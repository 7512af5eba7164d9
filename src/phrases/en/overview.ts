import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** The page of what comes where, which stories there are, and how to ask. */
export const overview = {
  digests: 'Digests in this workspace',
  paused: 'Paused',
  notShown: (count: number, line: string): Inline[] => [
    `${count === 1 ? 'One more comes' : `${thousands(count)} more come`} to conversations that are not shown here. Ask there: `,
    { code: line },
  ],
  noDigests: (line: string): Inline[] => [
    'None yet. Type ',
    { code: line },
    ' in the channel that is to have one.',
  ],
  stories: 'Stories',
  howToAsk: 'How to ask',
  examples: (): Inline[][] => [
    [{ code: '/nutgraf help' }, ' · what you can ask, by example'],
    [{ code: '/quote' }, ' · exact words, with speaker and source'],
    [
      { code: '/quote check "…"' },
      ' · whether words stand in our sources; also in the menu of every message',
    ],
    [{ code: '/digest' }, ' · what comes to a channel by itself, and when'],
    ['Or mention me, or write to me: the answer stands below your message.'],
  ],
}

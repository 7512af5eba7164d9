import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** A message that a second one is about: its title, if it is a digest, and when it was posted. */
type NamedMessage = { title?: string; moment: string }

/** Sentences of a second message, which says what is right where the first cannot be edited. */
export const secondMessage = {
  /** Names the messages that are wrong; `more` are not named. */
  about: (named: NamedMessage[], more: number): Inline[] => {
    const names = [...named.map(messageName), ...(more > 0 ? [`${thousands(more)} more`] : [])].join(', ')
    return named.length + more === 1
      ? [`This is about ${names}, above. It can’t be changed there.`]
      : [
          `This is about ${plural(named.length + more, 'message')} above: ${names}. They can’t be changed there.`,
        ]
  },
  takenBack: (last: string): Inline[] => [
    { bold: 'CORRECTION TAKEN BACK' },
    ` ${last} · A correction that was posted here no longer applies.`,
  ],
  restored: (last: string): Inline[] => [
    { bold: 'RESTORED' },
    ` ${last} · A story that was taken down is there again.`,
  ],
}

const messageName = ({ title, moment }: NamedMessage): string =>
  title === undefined ? `the message of ${moment}` : `“${title}” of ${moment}`

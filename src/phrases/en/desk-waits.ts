import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Sentences of `/desk` about what waits for an editor, and what waits for a story that is gone. */
export const deskWaits = {
  aboutDrop: 'Let go of what waits for a story that is gone',
  aboutGone: 'Which story that is gone',

  title: 'Waiting for an editor',
  counts: (count: { reports: number; drafts: number; editions: number }): Inline[][] => [
    ...waiting(plural(count.editions, 'edition'), '/desk approve', count.editions),
    ...waiting(plural(count.reports, 'report'), '/desk cards', count.reports),
    ...waiting(plural(count.drafts, 'new draft'), '/desk draft', count.drafts),
  ],
  forGone: (slug: string, count: number): Inline[] => [
    { bold: `${slug} is gone` },
    ` · ${plural(count, 'addition waits', 'additions wait')} for it: put the story back into the folder, or let go of ${count === 1 ? 'it' : 'them'}: `,
    { code: `/desk drop ${slug}` },
  ],
  nothingToDrop: (gone: string[]): Inline[] =>
    gone.length === 0
      ? ['Nothing waits for a story that is gone. Nothing was changed.']
      : [
          'Nothing waits for a story of that name that is gone. Additions wait for: ',
          ...gone.flatMap((name, index): Inline[] => [
            ...(index === 0 ? [] : [', ']),
            { code: `/desk drop ${name}` },
          ]),
        ],
  dropPreview: (slug: string, count: number): Inline[] => [
    { bold: `${plural(count, 'addition')} to ${slug}` },
    `, which is not in the folder any more. ${count === 1 ? 'It' : 'They'} would be let go of; the editors’ log keeps the entries, and no stored text. Nothing has been changed yet.`,
  ],
  moreToDrop: (count: number) => `and ${thousands(count)} more`,
  dropped: (slug: string, count: number): Inline[] => [
    { bold: `${plural(count, 'addition')} to ${slug}` },
    ' let go of. Drafts and cards of them say what was decided until it is undone there.',
  ],
}

const waiting = (what: string, line: string, count: number): Inline[][] =>
  count === 0 ? [] : [[`${what}: `, { code: line }]]

import type { DraftFile, DraftFolder } from './draft.ts'
import { withTicks } from './marks.ts'

/** Which entries are meant: the sure ones, those of one file that are sure, all, or some by their ids and names. */
export type Chosen = 'sure' | 'all' | readonly string[]

/** The files of a draft that change when entries are ticked, or not ticked any more. */
export function tickEntries(draft: DraftFolder, chosen: Chosen, ticked = true): DraftFile[] {
  const isChosen = ({ id, sure }: { id: string; sure: boolean }) =>
    chosen === 'all' || (chosen === 'sure' ? sure : chosen.includes(id))
  const entries = draft.entries.filter(entry => isChosen(entry) && entry.ticked !== ticked)
  return [...Map.groupBy(entries, ({ file }) => file)].flatMap(([file, own]) => {
    const path = `drafts/${draft.name}/${file}`
    const known = draft.files.find(each => each.path === path)
    if (!known) return []
    return [
      {
        path,
        text: withTicks(
          known.text,
          own.map(({ place }) => place),
          ticked,
        ),
      },
    ]
  })
}

import { draftsIn } from '../../check/drafts.ts'
import type { DraftFolder } from '../../import/draft/draft.ts'

/** Finds a draft by the name of its folder; throws with the names of those that there are. */
export function findDraft(contentDir: string, name: string): DraftFolder {
  const { drafts } = draftsIn(contentDir)
  const draft = drafts.find(each => each.name === name)
  if (draft) return draft
  const names = drafts.map(each => each.name).join(', ')
  throw new Error(
    `There is no draft “${name}”. ${names === '' ? 'There is none at all.' : `There are: ${names}`}`,
  )
}

import type { Store } from '../../../src/store/store.ts'

/** Makes a posted message due for an edit, as the withdrawal of a story that it shows would. */
export async function markWrong(store: Store, key: string, story: string): Promise<void> {
  const cause = { cause: `${story}/withdrawn:${key}`, kind: 'withdrawal' as const, story, part: `${story}/` }
  const marked = await store.corrections.applyCause(
    { ...cause, revision: 0, waits: false },
    { lane: place => `${place} edits` },
  )
  if (marked === 0) throw new Error(`no message with the key ${key} shows the story`)
}

import { type Reply, refusal } from '../reply.ts'

/** Words of the grammar that this version does not answer yet: no picker, manifest or help shows them. */
const LATER = new Map(
  Object.entries({
    desk: 'There is no desk here yet: stories are corrected in their files',
  }),
)

/** An honest refusal for a word that will mean something one day; undefined for any other. */
export function later(word: string): Reply | undefined {
  const sentence = LATER.get(word)
  if (sentence === undefined) return undefined
  return refusal([`${sentence}. Nothing was changed. What I can do: `, { code: '/nutgraf help' }])
}

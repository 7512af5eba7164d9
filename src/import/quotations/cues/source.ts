import type { Mention } from '../names/mention.ts'

/** How a paragraph names whoever speaks: by name, by a pronoun, or by a noun with what belongs to it. Numbers of tokens. */
export type Source =
  | { kind: 'name'; first: number; last: number; mention: Mention }
  | { kind: 'pronoun'; first: number; last: number }
  | { kind: 'noun'; first: number; last: number; head: number; owner?: Mention }

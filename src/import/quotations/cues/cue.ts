import type { Source } from './source.ts'

/**
 * What tells whose words a run is. `near` means that nothing but the run is governed: a comma, a colon or the verb itself
 * stands beside it. `judging` is a cue by a verb such as “called” or “blamed”. `guessed` says that the verb has
 * no subject that could speak, and the source is whoever else its sentence names.
 */
export type Cue = {
  source?: Source
  verb?: number
  at: 'after' | 'trailing' | 'before' | 'around' | 'colon' | 'according' | 'dash'
  near: boolean
  judging?: boolean
  guessed?: boolean
}

/** A source as a property, or none. */
export const withSource = (source: Source | undefined) => (source ? { source } : {})

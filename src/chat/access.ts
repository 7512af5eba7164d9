/** How a message that is wrong gets right in a place: it is edited, or a second message names it and says what is right. */
export type RepairClass = 'edits' | 'second message'

/**
 * What we may do in a place: post, correct our posts, and look for a post of ours. `name` is the name of the place;
 * `why` says what to do if something is not allowed. `repairs` is set where it is known otherwise than by asking.
 */
export type Access = {
  post: boolean
  correct: boolean
  look: boolean
  name?: string
  why?: string
  repairs?: RepairClass
}

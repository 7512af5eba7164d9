import type { Reply } from './reply.ts'

const replies = new WeakSet<Reply>()

/** Marks a reply that is given to everybody who asks the same, so that what is drawn of it is worth keeping. */
export const keepDrawings = (reply: Reply): void => void replies.add(reply)

/** Whether what is drawn of a reply is worth keeping: of one that is given once, it would only be in the way. */
export const mayKeepDrawings = (reply: Reply): boolean => replies.has(reply)

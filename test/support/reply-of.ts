import type { Block, Reply } from '../../src/chat/reply.ts'

/** A reply of these blocks, for the caller alone. */
export const replyOf = (...blocks: Block[]): Reply => ({ blocks, parts: [], audience: 'caller' })

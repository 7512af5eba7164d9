import type { ButtonLines, Handlers } from '../../../src/chat/platform.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { bundledLibrary } from '../conversations/conversation.ts'
import { NOON } from '../noon.ts'
import { recordingLog } from '../recording-log.ts'

const handler = createHandler({ library: () => bundledLibrary, version: '1', zone: 'UTC' }, recordingLog())

/** The answers of the real commands to the bundled stories, always at noon of the same day. */
export const bundledAnswers: Pick<Handlers, 'answer' | 'suggest'> = {
  answer: call => handler.answer({ ...call, at: NOON }),
  suggest: handler.suggest,
}

/** Lines that are stored for buttons and menus, in memory. */
export function createButtonLines(): ButtonLines & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    save: async lines => {
      for (const { key, line } of lines) all.set(key, line)
    },
    find: async key => all.get(key),
  }
}

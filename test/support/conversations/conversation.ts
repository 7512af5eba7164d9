import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLibrary, type Library, revisionOfFiles } from '../../../src/content/library.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { loadContent } from '../../../src/content/read/load.ts'

/** When every conversation takes place, unless it says otherwise: a Tuesday at noon UTC. */
export const NOON = Date.parse('2026-05-05T12:00:00Z')

/** A conversation about some stories: `ask` gives the reply, `say` what is read of it; what went wrong is in `wrong`. */
export function startConversation(books: Library, usual: Partial<Call> = {}) {
  const errors: unknown[] = []
  const none = () => {}
  const log = { debug: none, info: none, warn: none, error: (details: object) => errors.push(details) }
  const { answer, suggest, commands } = createHandler(
    { library: () => books, version: '1.2.3', zone: 'America/Chicago' },
    log,
  )
  const ask = (typed: string, call: Partial<Call> = {}): Reply => {
    const reply = answer({
      ...splitCommand(typed),
      place: 'slack:T1/C1',
      caller: { id: 'slack:T1/U1', rights: ['member'] },
      audience: 'caller',
      at: NOON,
      ...usual,
      ...call,
    })
    if (reply instanceof Promise) throw new Error(`${typed} is not answered from memory`)
    return reply
  }
  const say = (typed: string, call: Partial<Call> = {}) => toPlainText(ask(typed, call))
  const buttons = (typed: string, call: Partial<Call> = {}) =>
    (ask(typed, call).buttons ?? []).map(action => `${action.label}: ${action.line}`)
  return { ask, say, buttons, suggest, commands, errors }
}

const { files } = await readFolder('content')
const { stories, digests } = loadContent(files)

/** The stories that come with the program. */
export const bundledLibrary = createLibrary(stories, revisionOfFiles(files), digests)

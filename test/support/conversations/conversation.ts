import { plain } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { handler } from '../../../src/commands/handler.ts'
import { headOf } from '../../../src/commands/line.ts'
import { type Library, library, revisionOf } from '../../../src/content/library.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { load } from '../../../src/content/read/load.ts'

/** When every conversation takes place, unless it says otherwise: a Tuesday at noon UTC. */
export const NOON = Date.parse('2026-05-05T12:00:00Z')

/** A conversation about some stories: `ask` gives the reply, `say` what is read of it; what went wrong is in `wrong`. */
export function conversation(books: Library, usual: Partial<Call> = {}) {
  const wrong: unknown[] = []
  const none = () => {}
  const log = { debug: none, info: none, warn: none, error: (details: object) => wrong.push(details) }
  const { answer, suggest, commands } = handler(
    { library: () => books, version: '1.2.3', zone: 'America/Chicago' },
    log,
  )
  const ask = (typed: string, call: Partial<Call> = {}): Reply => {
    const reply = answer({
      ...headOf(typed),
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
  const say = (typed: string, call: Partial<Call> = {}) => plain(ask(typed, call))
  const lines = (typed: string, call: Partial<Call> = {}) =>
    (ask(typed, call).actions ?? []).map(action => `${action.label}: ${action.line}`)
  return { ask, say, lines, suggest, commands, wrong }
}

const { files } = await readFolder('content')
const { stories, digests } = load(files)

/** The stories that come with the program. */
export const bundled = library(stories, revisionOf(files), digests)

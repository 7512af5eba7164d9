import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { CommandContext } from '../../../src/commands/context.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLibrary, type Library } from '../../../src/content/library.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import { NOON } from '../noon.ts'
import { recordingLog } from '../recording-log.ts'

/**
 * Starts a conversation about these stories: `ask` gives the reply, `say` its plain text, `buttons` their labels and lines.
 * `errors` are the details of the errors logged so far.
 */
export function startConversation(
  library: Library,
  usual: Partial<Call> = {},
  more: Partial<CommandContext> = {},
) {
  const log = recordingLog()
  const { answer, suggest, commands } = createHandler(
    { library: () => library, version: '1.2.3', zone: 'America/Chicago', ...more },
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
  return { ask, say, buttons, suggest, commands, errors: log.errors }
}

const { files } = await readFolder('content')
const { stories, digests } = loadContent(files)

/** The stories that come with the program. */
export const bundledLibrary = createLibrary(stories, 'bundled', digests)

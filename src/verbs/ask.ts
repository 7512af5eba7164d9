import { handler } from '../commands/answer.ts'
import { headOf } from '../commands/line.ts'
import type { Config } from '../config.ts'
import { render as discord } from '../discord/render.ts'
import { createLog } from '../log.ts'
import { plain } from '../plain.ts'
import type { Reply } from '../reply.ts'
import { render as slack } from '../slack/render.ts'
import { storiesAlone } from './open.ts'

const FORMS: Record<string, (reply: Reply) => string> = {
  text: reply =>
    [plain(reply), ...(reply.actions ?? []).map(action => `${action.label}: ${action.line}`)].join('\n\n'),
  slack: reply => JSON.stringify(slack(reply), null, 2),
  discord: reply => JSON.stringify(discord(reply), null, 2),
}

/** The verb `ask`: one answer without a session. A refusal goes to standard error, and the exit code is 1. */
export async function ask(config: Config, version: string, args: string[]): Promise<number> {
  const at = args.indexOf('--as')
  const form = at < 0 ? 'text' : (args[at + 1] ?? '')
  const shape = FORMS[form]
  if (!shape) throw new Error(`ask: --as takes text, slack or discord`)
  const typed = (at < 0 ? args : args.toSpliced(at, 2)).join(' ')
  const stories = await storiesAlone(config)
  const log = createLog('error')
  const { answer } = handler({ library: stories.library, version, zone: config.zone }, log)
  const platform = form === 'text' ? 'preview' : form
  const reply = await answer({
    ...headOf(typed),
    place: `${platform}:ask`,
    caller: { id: 'ask', rights: ['member'] },
    audience: 'caller',
    at: Date.now(),
  })
  const output = reply.refusal ? process.stderr : process.stdout
  output.write(`${shape(reply)}\n`)
  return reply.refusal ? 1 : 0
}

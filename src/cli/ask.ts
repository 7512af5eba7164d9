import { writeFile } from 'node:fs/promises'
import { createLog } from '../bot/log.ts'
import { toPlainText } from '../chat/plain-text.ts'
import { pictureOf, type Reply } from '../chat/reply.ts'
import { createHandler } from '../commands/handler.ts'
import { splitCommand } from '../commands/line.ts'
import type { Config } from '../config.ts'
import { createPainter } from '../pictures/painter.ts'
import { renderWithPicture as discord } from '../platforms/discord/pictures.ts'
import { render as slack } from '../platforms/slack/render.ts'
import { openStoriesOnly } from './open.ts'

const FORMATS: Record<string, (reply: Reply) => string> = {
  text: reply =>
    [toPlainText(reply), ...(reply.buttons ?? []).map(action => `${action.label}: ${action.line}`)].join(
      '\n\n',
    ),
  slack: reply => JSON.stringify(slack(reply), null, 2),
  discord: reply => JSON.stringify(discord(reply), null, 2),
}

/**
 * The verb `ask`: one answer without a session, and its picture in a file where one is named. A refusal goes to standard
 * error, and the exit code is 1.
 */
export async function ask(config: Config, version: string, args: string[]): Promise<number> {
  const { value: form = 'text', rest } = takeOption(args, '--as')
  const { value: file, rest: line } = takeOption(rest, '--save')
  const shape = FORMATS[form]
  if (!shape) throw new Error(`ask: --as takes text, slack or discord`)
  if (file === '') throw new Error('ask: --save takes the name of a file, such as card.png')
  const typed = line.join(' ')
  const stories = await openStoriesOnly(config)
  const log = createLog('error')
  const { answer } = createHandler({ library: stories.library, version, zone: config.zone }, log)
  const platform = form === 'text' ? 'preview' : form
  const reply = await answer({
    ...splitCommand(typed),
    place: `${platform}:ask`,
    caller: { id: 'ask', rights: ['member'] },
    audience: 'caller',
    at: Date.now(),
  })
  const output = reply.refusal ? process.stderr : process.stdout
  output.write(`${shape(reply)}\n`)
  if (file !== undefined && !(await savePicture(reply, file))) return 1
  return reply.refusal ? 1 : 0
}

/** An option with its value, which is empty where it was left out, and the arguments without them. */
function takeOption(args: string[], name: string): { value?: string; rest: string[] } {
  const at = args.indexOf(name)
  return at < 0 ? { rest: args } : { value: args[at + 1] ?? '', rest: args.toSpliced(at, 2) }
}

async function savePicture(reply: Reply, file: string): Promise<boolean> {
  const drawn = pictureOf(reply)
  if (!drawn) {
    process.stderr.write(`Nothing saved: this answer has no picture. Ask with --card or --chart.\n`)
    return false
  }
  await writeFile(file, await createPainter()(drawn.picture))
  process.stderr.write(`The picture is in ${file}.\n`)
  return true
}

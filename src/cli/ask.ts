import { writeFile } from 'node:fs/promises'
import { createLog } from '../bot/log.ts'
import { toPlainText } from '../chat/plain-text.ts'
import { pictureOf, type Reply } from '../chat/reply.ts'
import { createHandler } from '../commands/handler.ts'
import { splitCommand } from '../commands/line.ts'
import type { Config } from '../config.ts'
import { createPainter } from '../pictures/painter.ts'
import { renderWithPicture as renderDiscord } from '../platforms/discord/pictures.ts'
import { render as renderSlack } from '../platforms/slack/render.ts'
import { openStoriesOnly } from './open.ts'

const FORMATS: Record<string, (reply: Reply) => string> = {
  text: reply => [toPlainText(reply), ...choices(reply)].join('\n\n'),
  slack: reply => JSON.stringify(renderSlack(reply), null, 2),
  discord: reply => JSON.stringify(renderDiscord(reply), null, 2),
}

/** The lines that the buttons and menus of a reply run, each with its label. */
const choices = ({ buttons = [], menus = [] }: Reply): string[] => [
  ...buttons.map(({ label, line }) => `${label}: ${line}`),
  ...menus.map(({ label, options }) => [label, ...options.map(({ line }) => `  ${line}`)].join('\n')),
]

/**
 * The verb `ask`: prints one answer, and saves its picture if a file is named. A refusal goes to standard error, with
 * exit code 1.
 */
export async function ask(config: Config, version: string, args: string[]): Promise<number> {
  const { value: formatName = 'text', rest } = takeOption(args, '--as')
  const { value: file, rest: line } = takeOption(rest, '--save')
  const format = FORMATS[formatName]
  if (!format) throw new Error('ask: --as needs text, slack or discord')
  if (file === '') throw new Error('ask: --save needs the name of a file, such as card.png')
  const typed = line.join(' ')
  const stories = await openStoriesOnly(config)
  const log = createLog('error')
  const { answer } = createHandler({ library: stories.library, version, zone: config.zone }, log)
  const platform = formatName === 'text' ? 'preview' : formatName
  const reply = await answer({
    ...splitCommand(typed),
    place: `${platform}:ask`,
    caller: { id: 'ask', rights: ['member'] },
    audience: 'caller',
    at: Date.now(),
  })
  const output = reply.refusal ? process.stderr : process.stdout
  output.write(`${format(reply)}\n`)
  if (file !== undefined && !(await savePicture(reply, file))) return 1
  return reply.refusal ? 1 : 0
}

/** Takes an option and its value out of the arguments; the value is empty if it was left out. */
function takeOption(args: string[], name: string): { value?: string; rest: string[] } {
  const at = args.indexOf(name)
  return at < 0 ? { rest: args } : { value: args[at + 1] ?? '', rest: args.toSpliced(at, 2) }
}

async function savePicture(reply: Reply, file: string): Promise<boolean> {
  const block = pictureOf(reply)
  if (!block) {
    process.stderr.write('Nothing saved: this answer has no picture. Ask with --card or --chart.\n')
    return false
  }
  await writeFile(file, await createPainter()(block.picture))
  process.stderr.write(`The picture is in ${file}.\n`)
  return true
}

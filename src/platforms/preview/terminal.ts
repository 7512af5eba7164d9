import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'
import { plainInlines, toPlainText } from '../../chat/plain-text.ts'
import type { Answer, Call, Publish, Suggest } from '../../chat/platform.ts'
import { type Picture, pictureOf, type Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { splitCommand } from '../../commands/line.ts'
import { choiceLines, formatChoices } from './choices.ts'
import { completions, matchCompletions } from './completions.ts'
import { LOCAL_USER, PREVIEW_PLACE, TERMINAL_KEY_PREFIX } from './local-user.ts'
import { stripControls, wrap } from './wrap.ts'

/** The settings of the prompt. `interrupt` is called on Ctrl-C; by default it raises SIGINT. */
type TerminalOptions = {
  answer: Answer
  commands: () => Command[]
  suggest?: Suggest
  publish?: Publish
  input: Readable
  output: Writable & { columns?: number; isTTY?: boolean }
  interrupt?: () => void
}

/** The prompt. `notify` prints a text above it, also while something is being typed; `stop` closes it. */
export type Terminal = { notify(text: string): void; stop(): void }

const PROMPT = 'nutgraf> '
const HINT = 'Type a command, for example /nutgraf help. Tab completes it, exit closes the prompt.'
/** Longer lines are hard to read. */
const MAX_COLUMNS = 100

/** Creates a prompt in the terminal of the running bot: the same answers, as plain text. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { answer, commands, suggest, publish, input, output } = options
  const interrupt = options.interrupt ?? (() => process.kill(process.pid, 'SIGINT'))
  const prompt = createInterface({
    input,
    output,
    prompt: PROMPT,
    terminal: output.isTTY ?? true,
    historySize: 200,
    removeHistoryDuplicates: true,
    completer: (typed: string) => [tabCompletions(commands(), suggest, typed), typed],
  })
  let choices: string[] = []
  let open = true
  let queue = Promise.resolve()

  const print = (text: string) =>
    // A terminal of unknown width has 0 columns.
    output.write(`${wrap(text, Math.min(output.columns || 80, MAX_COLUMNS))}\n`)
  const show = (reply: Reply) => {
    choices = choiceLines(reply)
    print(`\n${formatReply(reply, output)}\n`)
  }

  const run = async (typed: string) => {
    const line = resolveLine(typed, choices)
    if (line === undefined) return print(HINT)
    if (line !== typed) print(line)
    const at = Date.now()
    const call: Call = {
      ...splitCommand(line),
      place: PREVIEW_PLACE,
      caller: LOCAL_USER,
      audience: 'caller',
      at,
    }
    const reply = await answer(call)
    const isPublic = reply.audience === 'place' && !reply.refusal
    const result =
      isPublic && publish ? await publish(call, reply, { key: `${TERMINAL_KEY_PREFIX}${at}` }) : undefined
    show(result && 'problem' in result ? result.problem : reply)
    const picture = pictureOf(reply)?.picture
    // Not wrapped, so that it can be copied.
    if (picture) output.write(`To save its picture: ${stripControls(saveCommand(line, picture))}\n\n`)
    if (result && 'message' in result) print('Posted in the preview for everyone.')
  }

  prompt.on('line', text => {
    const typed = text.trim()
    if (/^(?:exit|quit)$/i.test(typed)) return prompt.close()
    // One after the other: pasted lines are answered in their order.
    queue = queue
      .then(() => run(typed))
      .catch((cause: unknown) => void print(`That failed: ${stripControls(String(cause))}`))
      .then(() => {
        if (open) prompt.prompt()
      })
  })
  prompt.on('SIGINT', interrupt)
  prompt.on('close', () => {
    if (!open) return
    open = false
    output.write('\nThe prompt is closed; nutgraf keeps running. Ctrl-C stops it.\n')
  })
  prompt.prompt()

  return {
    notify: text => {
      if (!open) return void print(stripControls(text))
      // Clears the line first; otherwise the text would be printed after what is being typed.
      output.write('\r\u001b[K')
      print(stripControls(text))
      prompt.prompt(true)
    },
    stop: () => {
      if (!open) return
      open = false
      prompt.close()
      output.write('\n')
    },
  }
}

/** The line to run for a typed one: itself, or the line of the choice with that number; undefined if there is none. */
function resolveLine(typed: string, choices: string[]): string | undefined {
  if (typed === '') return undefined
  if (/^\d{1,2}$/.test(typed)) return choices[Number(typed) - 1]
  return /^help$/i.test(typed) ? '/nutgraf help' : typed
}

/** A reply as text: its lead and label first, then everything else, and the choices with the numbers that run them. */
function formatReply(reply: Reply, output: Writable): string {
  const { lead, label, title, ...rest } = reply
  const bold = (text: string) =>
    styleText('bold', stripControls(text), { stream: output as NodeJS.WritableStream })
  return [
    [lead && stripControls(plainInlines(lead)), label && stripControls(label.line), title && bold(title)]
      .filter(Boolean)
      .join('\n'),
    stripControls(toPlainText(rest)),
    stripControls(formatChoices(reply)),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** The shell command that saves the picture of a line. */
function saveCommand(line: string, { kind }: Picture): string {
  const quoted = /["$`\\!]/.test(line) ? `'${line.replaceAll("'", `'\\''`)}'` : `"${line}"`
  return `npm run -s ask -- ${quoted} --save ${kind}.png`
}

/** The completions for Tab: only the next word until a verb is typed, then the values of the verb. */
function tabCompletions(commands: Command[], suggest: Suggest | undefined, typed: string): string[] {
  const continuesTyped = (line: string) => line.toLowerCase().startsWith(typed.toLowerCase())
  const lines = matchCompletions(completions(commands, suggest, typed), typed)
    .map(offer => offer.line)
    .filter(continuesTyped)
  const wordCount = typed.split(/\s+/).length
  const shortLines = lines.filter(line => line.trim().split(/\s+/).length <= wordCount)
  return [...new Set(shortLines.length > 0 ? shortLines : lines)]
}

import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'
import { toPlainText } from '../../chat/plain-text.ts'
import type { Answer, Call, Publish, Suggest } from '../../chat/platform.ts'
import { type Button, type Picture, pictureOf, type Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { splitCommand } from '../../commands/line.ts'
import { completions, matchCompletions } from './completions.ts'
import { LOCAL_USER, PREVIEW_PLACE, TERMINAL_KEY_PREFIX } from './local-user.ts'
import { stripControls, wrap } from './wrap.ts'

/** What the prompt needs. `interrupt` is what Ctrl-C does: it raises SIGINT unless a test says otherwise. */
type TerminalOptions = {
  answer: Answer
  commands: () => Command[]
  suggest?: Suggest
  publish?: Publish
  input: Readable
  output: Writable & { columns?: number; isTTY?: boolean }
  interrupt?: () => void
}

/** The prompt. `notify` prints a text above it, whatever is being typed; `stop` closes it. */
export type Terminal = { notify(text: string): void; stop(): void }

const PROMPT = 'nutgraf> '
const HINT = 'Type a command, for example /nutgraf help. Tab completes it, exit closes the prompt.'
const MAX_COLUMNS = 100

/** A prompt in the terminal, beside the running bot: the same answers, as plain text. */
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
  let actions: Button[] = []
  let open = true
  let running = Promise.resolve()

  const print = (text: string) =>
    // A terminal that does not tell its width says 0.
    output.write(`${wrap(text, Math.min(output.columns || 80, MAX_COLUMNS))}\n`)
  const show = (reply: Reply) => {
    actions = reply.buttons ?? []
    print(`\n${formatReply(reply, output)}\n`)
  }

  const run = async (typed: string) => {
    const line = resolveLine(typed, actions)
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
    const posts = reply.audience === 'place' && !reply.refusal
    const result =
      posts && publish ? await publish(call, reply, { key: `${TERMINAL_KEY_PREFIX}${at}` }) : undefined
    show(result && 'problem' in result ? result.problem : reply)
    const picture = pictureOf(reply)?.picture
    // Not wrapped: it is there to be copied.
    if (picture) output.write(`Its picture as a file: ${stripControls(saveCommand(line, picture))}\n\n`)
    if (result && 'message' in result) print('Posted in the preview for everyone.')
  }

  prompt.on('line', given => {
    const typed = given.trim()
    if (/^(?:exit|quit)$/i.test(typed)) return prompt.close()
    // One after the other: a pasted block of lines is answered in its order.
    running = running
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
      // Back to the first column and clear, or the text would stand behind what is being typed.
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

/** What a typed line stands for: itself, the action of that number, or nothing. */
function resolveLine(typed: string, actions: Button[]): string | undefined {
  if (typed === '') return undefined
  if (/^\d$/.test(typed)) return actions[Number(typed) - 1]?.line
  return /^help$/i.test(typed) ? '/nutgraf help' : typed
}

/** The label first, then all the rest; choices with the number that runs them. */
function formatReply(reply: Reply, output: Writable): string {
  const { label, title, ...rest } = reply
  const bold = (text: string) =>
    styleText('bold', stripControls(text), { stream: output as NodeJS.WritableStream })
  const choices = (reply.buttons ?? []).map(
    (action, index) => `${index + 1}  ${stripControls(action.label)}  (${stripControls(action.line)})`,
  )
  return [
    [label && stripControls(label.line), title && bold(title)].filter(Boolean).join('\n'),
    stripControls(toPlainText(rest)),
    choices.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** What is typed in a shell to get the picture of a line as a file. */
function saveCommand(line: string, { kind }: Picture): string {
  const quoted = /["$`\\!]/.test(line) ? `'${line.replaceAll("'", `'\\''`)}'` : `"${line}"`
  return `npm run -s ask -- ${quoted} --save ${kind}.png`
}

/** What Tab offers: the next words only, until a verb is chosen; then its values. */
function tabCompletions(commands: Command[], suggest: Suggest | undefined, typed: string): string[] {
  const begins = (line: string) => line.toLowerCase().startsWith(typed.toLowerCase())
  const all = matchCompletions(completions(commands, suggest, typed), typed)
    .map(offer => offer.line)
    .filter(begins)
  const depth = typed.split(/\s+/).length
  const short = all.filter(line => line.trim().split(/\s+/).length <= depth)
  return [...new Set(short.length > 0 ? short : all)]
}

import { toPlainText } from '../../chat/plain-text.ts'
import { type Call, type Handlers, type Log, MAX_REPORT_CHARACTERS } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { formatLine, splitCommand } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { FAILED_REPLY, REPORT_QUESTION } from '../responder.ts'
import type { Answers } from './answers.ts'
import { completions, exampleLines, matchCompletions } from './completions.ts'
import { type Refusal, readBody } from './guard.ts'
import { LOCAL_USER, PREVIEW_PLACE } from './local-user.ts'
import type { Message } from './messages.ts'
import { loadForm, parseFormValues, settingsLine, suggestOptions } from './settings-form.ts'

const MAX_OFFERED = 200
const MAX_LINE_CHARACTERS = 4_000

/** One thing that the page asks for. `given` is the JSON of its body. */
type Route = (given: RequestBody, handlers: Handlers, url: URL) => Promise<object | Refusal>
type RequestBody = Record<string, unknown>

/** What stands in the menu of a message, and what its form asks. */
const MESSAGE_MENU = {
  report: { name: phrases.everyPlatform.reportAnError, ...REPORT_QUESTION, most: MAX_REPORT_CHARACTERS },
  check: { name: phrases.everyPlatform.checkThisQuote },
}

/** What the page may ask for, by method and path. `messageAt` finds a message in the channel. */
export function routes(options: {
  answers: Answers
  commands: () => Command[]
  messageAt: (id: unknown) => Message | undefined
  log: Log
}): Record<string, Route> {
  const { answers, commands, messageAt, log } = options

  const told = (reply: Reply, at: number, typedLine?: string) =>
    answers.drawForPage(reply, { at, callerOnly: true, ...(typedLine !== undefined && { typedLine }) })

  /** The answer to a line, or the form that it asks for. */
  const asked = async (typed: string, handlers: Handlers): Promise<object> => {
    const call = callOf(typed)
    try {
      const found = await loadForm(handlers.settings, call)
      if (found) return 'form' in found ? found : await told(found.reply, call.at, typed)
    } catch (cause) {
      log.error({ err: cause }, 'preview: a form could not be made')
      return told(FAILED_REPLY, call.at, typed)
    }
    const { reply: _, ...answer } = await answers.respond(handlers, call, typed)
    return answer
  }

  return {
    'POST /preview/ask': async ({ line: typed }, handlers) => {
      if (typeof typed !== 'string' || typed.trim() === '')
        return { status: 400, sentence: 'Type a command, for example /nutgraf help.' }
      if (typed.length > MAX_LINE_CHARACTERS)
        return { status: 413, sentence: `A line has at most ${MAX_LINE_CHARACTERS} characters.` }
      return asked(typed, handlers)
    },

    'POST /preview/form': async ({ of }, handlers) => {
      const { settings } = handlers
      if (!settings || typeof of !== 'string') return NO_FORM
      return asked(settingsLine(settings, of), handlers)
    },

    // What keeps the line from being done stands in the form, which stays open.
    'POST /preview/filled': async ({ filled: given }, handlers) => {
      const { settings } = handlers
      const filled = parseFormValues(given)
      if (!settings || !filled) return NO_FORM
      const made = settings.lineFor(filled)
      if ('problems' in made) return made
      if (made.line.length > MAX_LINE_CHARACTERS)
        return { problems: { [settings.subjectField]: 'That is too much at once.' } }
      const { reply, ...answer } = await answers.respond(handlers, callOf(made.line))
      if (reply.refusal) return { problems: { [settings.subjectField]: toPlainText(reply) } }
      return { ...answer, line: made.line }
    },

    'GET /preview/offers': async (_, handlers, { searchParams }) => ({
      offers: suggestOptions(handlers, searchParams.get('argument') ?? '', searchParams.get('typed') ?? ''),
    }),

    'POST /preview/report': async ({ message: id, sentence }, handlers) => {
      const message = messageAt(id)
      if (!message || typeof sentence !== 'string') return NO_MESSAGE
      const typed = `/nutgraf ${formatLine({ args: ['report', sentence], flags: {} })}`
      const { reply: _, ...answer } = await answers.respond(handlers, {
        ...callOf(typed),
        message: message.ref,
      })
      return answer
    },

    'POST /preview/check': async ({ message: id }, { checkMessage, ...handlers }) => {
      const message = messageAt(id)
      if (!message || !checkMessage) return NO_MESSAGE
      const answer = (call: Call) => checkMessage(call, toPlainText(message.reply))
      const { reply: _, ...answered } = await answers.respond({ ...handlers, answer }, callOf('/quote check'))
      return answered
    },

    'GET /preview/commands': async (_, { suggest, checkMessage }, { searchParams }) => {
      const typed = searchParams.get('typed')
      const all = completions(commands(), suggest, typed ?? '')
      const fit = typed === null ? all : matchCompletions(all, typed)
      const { report, ...more } = MESSAGE_MENU
      return {
        lines: fit.slice(0, MAX_OFFERED),
        examples: exampleLines(commands(), suggest),
        menu: { report, ...(checkMessage && more) },
      }
    },
  }
}

/** Asks a route, with what stands in the request. */
export async function handleRoute(route: Route, request: Request, handlers: Handlers): Promise<Response> {
  const body = request.method === 'POST' ? await readBody(request) : { json: {} }
  if ('status' in body) return refusalResponse(body)
  const given = typeof body.json === 'object' && body.json !== null ? (body.json as RequestBody) : {}
  const answer = await route(given, handlers, new URL(request.url))
  return 'sentence' in answer ? refusalResponse(answer as Refusal) : Response.json(answer)
}

/** Tells the page why there is no answer. */
export const refusalResponse = ({ status, sentence }: Refusal) =>
  Response.json({ problem: sentence }, { status })

const NO_FORM: Refusal = { status: 400, sentence: 'There is no such form here.' }
const NO_MESSAGE: Refusal = {
  status: 400,
  sentence: 'That message is not here any more: the preview forgets its messages when it stops.',
}

const callOf = (typed: string): Call => ({
  ...splitCommand(typed),
  place: PREVIEW_PLACE,
  caller: LOCAL_USER,
  audience: 'caller',
  at: Date.now(),
})

import { toPlainText } from '../../chat/plain-text.ts'
import { type Call, type Handlers, type Log, MAX_REPORT_CHARACTERS } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { formatLine, splitCommand } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { sourceOfForm } from '../form-sources.ts'
import { FAILED_REPLY, REPORT_QUESTION } from '../responder.ts'
import type { Answers } from './answers.ts'
import { completions, exampleLines, matchCompletions } from './completions.ts'
import { type Refusal, readBody } from './guard.ts'
import { LOCAL_USER, PREVIEW_PLACE } from './local-user.ts'
import type { Message } from './messages.ts'
import { loadForm, parseFormValues, settingsLine, suggestOptions } from './settings-form.ts'

/** More than a picker can show; the page asks again with each character that is typed. */
const MAX_OFFERED = 200
/** The field of the page has the same limit. */
const MAX_LINE_CHARACTERS = 4_000

/** Answers one kind of request of the page. */
export type Route = (body: RequestBody, handlers: Handlers, url: URL) => Promise<object | Refusal>
type RequestBody = Record<string, unknown>

/** The entries in the menu of a message, and the question that the report form asks. */
const MESSAGE_MENU = {
  report: { name: phrases.everyPlatform.reportAnError, ...REPORT_QUESTION, most: MAX_REPORT_CHARACTERS },
  check: { name: phrases.everyPlatform.checkThisQuote },
}

/** The routes of the page, by method and path. `messageAt` finds a message in the channel. */
export function routes(options: {
  answers: Answers
  commands: () => Command[]
  messageAt: (id: unknown) => Message | undefined
  log: Log
}): Record<string, Route> {
  const { answers, commands, messageAt, log } = options

  const drawPrivately = (reply: Reply, at: number, typedLine: string) =>
    answers.drawForPage(reply, { at, callerOnly: true, typedLine })

  /** Answers a line, or returns the form that it asks for. */
  const answerOrForm = async (typed: string, handlers: Handlers): Promise<object> => {
    const call = callOf(typed)
    try {
      const result = await loadForm(handlers, call)
      if (result) return 'form' in result ? result : await drawPrivately(result.reply, call.at, typed)
    } catch (cause) {
      log.error({ err: cause }, 'preview: a form could not be built')
      return drawPrivately(FAILED_REPLY, call.at, typed)
    }
    const { reply: _, ...answer } = await answers.respond(handlers, call, typed)
    return answer
  }

  return {
    'POST /preview/ask': async ({ line: typed }, handlers) => {
      if (typeof typed !== 'string' || typed.trim() === '')
        return { status: 400, sentence: 'Type a command, for example /nutgraf help.' }
      if (typed.length > MAX_LINE_CHARACTERS)
        return {
          status: 413,
          sentence: `A line has at most ${MAX_LINE_CHARACTERS} characters. Ask in a few words: /nutgraf help`,
        }
      return answerOrForm(typed, handlers)
    },

    'POST /preview/form': async ({ of: name }, handlers) => {
      const { settings } = handlers
      if (!settings || typeof name !== 'string') return NO_FORM
      return answerOrForm(settingsLine(settings, name), handlers)
    },

    // Problems are shown in the form, which stays open.
    'POST /preview/filled': async ({ of = '', filled }, handlers) => {
      const source = typeof of === 'string' ? sourceOfForm(handlers, of) : undefined
      const values = parseFormValues(filled)
      if (!source || !values || typeof of !== 'string') return NO_FORM
      const result = source.lineFor({ ...(of !== '' && { [source.subjectField]: [of] }), ...values })
      if ('problems' in result) return result
      const { line } = result
      if (line.length > MAX_LINE_CHARACTERS)
        return { problems: { [source.subjectField]: 'That is too much for one command.' } }
      const { reply, ...answer } = await answers.respond(handlers, callOf(line))
      if (reply.refusal) return { problems: { [source.subjectField]: toPlainText(reply) } }
      return { ...answer, line }
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
      const checkQuote = (call: Call) => checkMessage(call, toPlainText(message.reply))
      const { reply: _, ...answer } = await answers.respond(
        { ...handlers, answer: checkQuote },
        callOf('/quote check'),
      )
      return answer
    },

    'GET /preview/commands': async (_, { suggest, checkMessage }, { searchParams }) => {
      const typed = searchParams.get('typed')
      const offers = completions(commands(), suggest, typed ?? '')
      const matching = typed === null ? offers : matchCompletions(offers, typed)
      const { report, check } = MESSAGE_MENU
      return {
        lines: matching.slice(0, MAX_OFFERED),
        examples: exampleLines(commands(), suggest),
        menu: { report, ...(checkMessage && { check }) },
      }
    },
  }
}

/** Reads the body of a request, and answers it with its route. */
export async function handleRoute(route: Route, request: Request, handlers: Handlers): Promise<Response> {
  const body = request.method === 'POST' ? await readBody(request) : { json: {} }
  if ('status' in body) return refusalResponse(body)
  const fields = typeof body.json === 'object' && body.json !== null ? (body.json as RequestBody) : {}
  const answer = await route(fields, handlers, new URL(request.url))
  return 'sentence' in answer ? refusalResponse(answer as Refusal) : Response.json(answer)
}

/** The response to a refused request, which the page shows. */
export const refusalResponse = ({ status, sentence }: Refusal) =>
  Response.json({ problem: sentence }, { status })

const NO_FORM: Refusal = { status: 400, sentence: 'There is no such form.' }
const NO_MESSAGE: Refusal = {
  status: 400,
  sentence: 'That message is gone: the preview forgets its messages when it stops.',
}

const callOf = (typed: string): Call => ({
  ...splitCommand(typed),
  place: PREVIEW_PLACE,
  caller: LOCAL_USER,
  audience: 'caller',
  at: Date.now(),
})

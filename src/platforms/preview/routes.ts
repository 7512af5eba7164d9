import { plain } from '../../chat/plain-text.ts'
import { type Call, type Handlers, type Log, MOST_REPORTED } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { headOf, line } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { FAILED, WHAT_IS_WRONG } from '../answering.ts'
import type { Answers } from './answers.ts'
import { examples, fitting, offers } from './completions.ts'
import { bodyOf, type Refusal } from './guard.ts'
import { PLACE, YOU } from './local-user.ts'
import type { Message } from './messages.ts'
import { filledIn, formFor, lineFor, offersIn } from './settings.ts'

const MOST_OFFERED = 200
const MOST_TYPED = 4_000

/** One thing that the page asks for. `given` is the JSON of its body. */
type Route = (given: Given, handlers: Handlers, url: URL) => Promise<object | Refusal>
type Given = Record<string, unknown>

/** What stands in the menu of a message, and what its form asks. */
const MENU = {
  report: { name: phrases.asked.reportAnError, ...WHAT_IS_WRONG, most: MOST_REPORTED },
  check: { name: phrases.asked.checkThisQuote },
}

/** What the page may ask for, by method and path. `messageAt` finds a message in the channel. */
export function routes(options: {
  answers: Answers
  commands: () => Command[]
  messageAt: (id: unknown) => Message | undefined
  log: Log
}): Record<string, Route> {
  const { answers, commands, messageAt, log } = options

  const told = (reply: Reply, at: number, asked?: string) =>
    answers.shown(reply, { at, only: true, ...(asked !== undefined && { asked }) })

  /** The answer to a line, or the form that it asks for. */
  const asked = async (typed: string, handlers: Handlers): Promise<object> => {
    const call = callOf(typed)
    try {
      const found = await formFor(handlers.settings, call)
      if (found) return 'form' in found ? found : await told(found.reply, call.at, typed)
    } catch (cause) {
      log.error({ err: cause }, 'preview: a form could not be made')
      return told(FAILED, call.at, typed)
    }
    const { reply: _, ...answer } = await answers.answered(handlers, call, typed)
    return answer
  }

  return {
    'POST /preview/ask': async ({ line: typed }, handlers) => {
      if (typeof typed !== 'string' || typed.trim() === '')
        return { status: 400, sentence: 'Type a command, for example /nutgraf help.' }
      if (typed.length > MOST_TYPED)
        return { status: 413, sentence: `A line has at most ${MOST_TYPED} characters.` }
      return asked(typed, handlers)
    },

    'POST /preview/form': async ({ of }, handlers) => {
      const { settings } = handlers
      if (!settings || typeof of !== 'string') return NO_FORM
      return asked(lineFor(settings, of), handlers)
    },

    // What keeps the line from being done stands in the form, which stays open.
    'POST /preview/filled': async ({ filled: given }, handlers) => {
      const { settings } = handlers
      const filled = filledIn(given)
      if (!settings || !filled) return NO_FORM
      const made = settings.line(filled)
      if ('problems' in made) return made
      if (made.line.length > MOST_TYPED)
        return { problems: { [settings.about]: 'That is too much at once.' } }
      const { reply, ...answer } = await answers.answered(handlers, callOf(made.line))
      if (reply.refusal) return { problems: { [settings.about]: plain(reply) } }
      return { ...answer, line: made.line }
    },

    'GET /preview/offers': async (_, handlers, { searchParams }) => ({
      offers: offersIn(handlers, searchParams.get('argument') ?? '', searchParams.get('typed') ?? ''),
    }),

    'POST /preview/report': async ({ message: id, sentence }, handlers) => {
      const message = messageAt(id)
      if (!message || typeof sentence !== 'string') return NO_MESSAGE
      const typed = `/nutgraf ${line({ args: ['report', sentence], flags: {} })}`
      const { reply: _, ...answer } = await answers.answered(handlers, {
        ...callOf(typed),
        message: message.ref,
      })
      return answer
    },

    'POST /preview/check': async ({ message: id }, { check, ...handlers }) => {
      const message = messageAt(id)
      if (!message || !check) return NO_MESSAGE
      const answer = (call: Call) => check(call, plain(message.reply))
      const { reply: _, ...answered } = await answers.answered(
        { ...handlers, answer },
        callOf('/quote check'),
      )
      return answered
    },

    'GET /preview/commands': async (_, { suggest, check }, { searchParams }) => {
      const typed = searchParams.get('typed')
      const all = offers(commands(), suggest, typed ?? '')
      const fit = typed === null ? all : fitting(all, typed)
      const { report, ...more } = MENU
      return {
        lines: fit.slice(0, MOST_OFFERED),
        examples: examples(commands(), suggest),
        menu: { report, ...(check && more) },
      }
    },
  }
}

/** Asks a route, with what stands in the request. */
export async function routed(route: Route, request: Request, handlers: Handlers): Promise<Response> {
  const body = request.method === 'POST' ? await bodyOf(request) : { json: {} }
  if ('status' in body) return refused(body)
  const given = typeof body.json === 'object' && body.json !== null ? (body.json as Given) : {}
  const answer = await route(given, handlers, new URL(request.url))
  return 'sentence' in answer ? refused(answer as Refusal) : Response.json(answer)
}

/** Tells the page why there is no answer. */
export const refused = ({ status, sentence }: Refusal) => Response.json({ problem: sentence }, { status })

const NO_FORM: Refusal = { status: 400, sentence: 'There is no such form here.' }
const NO_MESSAGE: Refusal = {
  status: 400,
  sentence: 'That message is not here any more: the preview forgets its messages when it stops.',
}

const callOf = (typed: string): Call => ({
  ...headOf(typed),
  place: PLACE,
  caller: YOU,
  audience: 'caller',
  at: Date.now(),
})

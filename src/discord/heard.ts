import { type Asked, type Asking, FAILED, onlyOnce, outcomeOf } from '../asked.ts'
import type { Command } from '../commands/command.ts'
import type { Call, Handlers, KeptLines, Log } from '../platform.ts'
import { type Reply, refusal } from '../reply.ts'
import type { Packet } from './account.ts'
import { isButton, pressedLine } from './buttonid.ts'
import { codeOf, deliveryError, isRateLimit } from './delivery.ts'
import { FORM, filledIn, formOf, type Modal } from './formmodal.ts'
import { CHECK, REPORT } from './menu.ts'
import { isPicked, pickedCall, pickedText } from './messagecommand.ts'
import {
  buttonCall,
  commandCall,
  formCall,
  type InteractionPayload,
  KIND,
  type MessagePayload,
  messageCall,
  typingQuery,
} from './payload.ts'
import { type DiscordMessage, render } from './render.ts'
import { askWhatIsWrong, reportCall } from './report.ts'

const EPHEMERAL = 64
const RESPOND = { message: 4, choices: 8, form: 9 }
const MOST_CHOICES = 25
const MOST_CHARACTERS = 100
/** Interactions that nobody waits for any more, and those that have an answer: no fault of ours, nothing to repair. */
const TOO_LATE: Record<number, string> = {
  10062: 'discord: an answer came after Discord had given up on it',
  40060: 'discord: an interaction had its answer already',
}

/** Answers what the gateway hands on: commands, buttons, values being typed, mentions and direct messages. */
export function heard(options: {
  handlers: Handlers
  commands(): Command[]
  ownId(): string | undefined
  callback(interaction: InteractionPayload, body: object): Promise<unknown>
  asking: Asking<DiscordMessage>
  lines?: KeptLines
  log: Log
}): (packet: Packet) => Promise<void> | undefined {
  const { handlers, commands, ownId, callback, asking, lines, log } = options
  const form = handlers.settings
  const first = onlyOnce()

  async function interaction(given: InteractionPayload): Promise<void> {
    const at = Date.now()
    const command = () => commands().find(one => one.name === given.data?.name)
    if (given.type === KIND.typing) {
      const query = typingQuery(given, command(), at)
      const choices = (query ? handlers.suggest(query) : [])
        .filter(({ name, value }) => name.length <= MOST_CHARACTERS && value.length <= MOST_CHARACTERS)
        .slice(0, MOST_CHOICES)
      return respond(given, { type: RESPOND.choices, data: { choices } })
    }
    if (given.type === KIND.form) {
      const report = reportCall(given, at)
      return report ? answer(given, report) : filled(given, at)
    }
    if (given.type === KIND.command) {
      if (isPicked(given, CHECK)) return check(given, at)
      if (isPicked(given, REPORT)) return opened(given, askWhatIsWrong(given, ownId()))
      const asked = commandCall(given, command(), at)
      const asks = form?.asks(asked.call)
      return asks ? shown(given, asked.call, asks.name) : answer(given, asked)
    }
    const id = given.data?.custom_id ?? ''
    if (given.type !== KIND.button || !isButton(id)) return
    const line = await pressedLine(id, lines, log)
    if (typeof line === 'string') return answer(given, buttonCall(given, line, at))
    await say(given, render(line))
  }

  async function check(given: InteractionPayload, at: number): Promise<void> {
    const { check } = handlers
    if (!check) return
    const asked = pickedCall(given, 'quote', at)
    await say(
      given,
      await asking.answered({ ...handlers, answer: () => check(asked.call, pickedText(given)) }, asked),
    )
  }

  /** Shows the form of what comes to a place; a modal can only be the first answer, so it must be there in time. */
  async function shown(given: InteractionPayload, call: Call, name: string | undefined): Promise<void> {
    const made = await formOf(form!, call, name).catch((cause: unknown) => {
      log.error({ err: cause, place: call.place }, 'discord: a form could not be made')
      return FAILED
    })
    handlers.counted?.(call, 'components' in made ? 'answered' : outcomeOf(made))
    await opened(given, made)
  }

  const opened = (given: InteractionPayload, made: Modal | Reply) =>
    'components' in made ? respond(given, { type: RESPOND.form, data: made }) : say(given, render(made))

  /** Runs the line that a filled form stands for. */
  async function filled(given: InteractionPayload, at: number): Promise<void> {
    const { data } = given
    if (!form || !data?.custom_id?.startsWith(FORM)) return
    const made = form.line(filledIn(data, form.about))
    if ('line' in made) return answer(given, formCall(given, made.line, at))
    await say(given, render(refusal([`${Object.values(made.problems).join(' ')} Nothing was changed.`])))
  }

  const answer = async (given: InteractionPayload, asked: Asked) =>
    say(given, await asking.answered(handlers, asked))

  const say = (given: InteractionPayload, message: DiscordMessage) =>
    respond(given, { type: RESPOND.message, data: { ...message, flags: EPHEMERAL } })

  /**
   * The first response to an interaction. It needs no token of ours: the interaction brings its own. One that failed
   * on the way is tried once more, which is safe: Discord takes one and refuses the other.
   */
  async function respond(given: InteractionPayload, body: object, attempt = 1): Promise<void> {
    try {
      await callback(given, body)
    } catch (cause) {
      const late = TOO_LATE[codeOf(cause)]
      if (late !== undefined) return log.warn({ interaction: given.id, attempt }, late)
      const failure = deliveryError(cause, 'POST interaction callback', given.id)
      if (attempt > 1 || failure.retryInMs === undefined || isRateLimit(cause)) throw failure
      await respond(given, body, attempt + 1)
    }
  }

  return ({ t, d }) => {
    if (t === 'INTERACTION_CREATE') return interaction(d as InteractionPayload)
    if (t !== 'MESSAGE_CREATE') return undefined
    const asked = messageCall(d as MessagePayload, ownId(), Date.now())
    return asked && first(asked.key) ? asking.answeredOpenly(handlers, asked) : undefined
  }
}

import type { Call, Handlers, KeptLines, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Asked, type Asking, FAILED, onlyOnce, outcomeOf } from '../answering.ts'
import type { Packet } from './account.ts'
import { isButton, pressedLine } from './button-id.ts'
import { FORM, filledIn, formOf, type Modal } from './form-modal.ts'
import { CHECK, REPORT } from './message-commands.ts'
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
import { isPicked, pickedCall, pickedText } from './picked-message.ts'
import { render } from './render.ts'
import { askWhatIsWrong, reportCall } from './report.ts'
import type { Drawn, responses } from './responses.ts'

const RESPOND = { choices: 8, form: 9 }
const MOST_CHOICES = 25
const MOST_CHARACTERS = 100
/** Answers what the gateway hands on: commands, buttons, values being typed, mentions and direct messages. */
export function heard(
  options: ReturnType<typeof responses> & {
    handlers: Handlers
    commands(): Command[]
    ownId(): string | undefined
    asking: Asking<Drawn>
    lines?: KeptLines
    log: Log
  },
): (packet: Packet) => Promise<void> | undefined {
  const { handlers, commands, ownId, respond, say, asking, lines, log } = options
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
    await told(given, line)
  }

  async function check(given: InteractionPayload, at: number): Promise<void> {
    const { check } = handlers
    if (!check) return
    const asked = pickedCall(given, 'quote', at)
    const answer = () => check(asked.call, pickedText(given))
    await say(given, await asking.answered({ ...handlers, answer }, asked), at)
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
    'components' in made ? respond(given, { type: RESPOND.form, data: made }) : told(given, made)

  /** Runs the line that a filled form stands for. */
  async function filled(given: InteractionPayload, at: number): Promise<void> {
    const { data } = given
    if (!form || !data?.custom_id?.startsWith(FORM)) return
    const made = form.line(filledIn(data, form.about))
    if ('line' in made) return answer(given, formCall(given, made.line, at))
    await told(given, refusal([phrases.discord.notChanged(Object.values(made.problems))]))
  }

  const answer = async (given: InteractionPayload, asked: Asked) =>
    say(given, await asking.answered(handlers, asked), asked.call.at)

  /** Shows what is no answer. */
  const told = (given: InteractionPayload, reply: Reply) =>
    say(given, { reply, message: render(reply) }, Date.now())

  return ({ t, d }) => {
    if (t === 'INTERACTION_CREATE') return interaction(d as InteractionPayload)
    if (t !== 'MESSAGE_CREATE') return undefined
    const asked = messageCall(d as MessagePayload, ownId(), Date.now())
    return asked && first(asked.key) ? asking.answeredOpenly(handlers, asked) : undefined
  }
}

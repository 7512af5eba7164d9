import type { ButtonLines, Call, Handlers, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { phrases } from '../../phrases/phrases.ts'
import {
  createDeduplicator,
  FAILED_REPLY,
  type IncomingCall,
  outcomeOf,
  type Responder,
} from '../responder.ts'
import type { Packet } from './account.ts'
import { findPressedLine, isLineButton } from './button-id.ts'
import { FORM_PREFIX, loadFormModal, type Modal, parseFormValues } from './form-modal.ts'
import { CHECK_COMMAND, REPORT_COMMAND } from './message-commands.ts'
import {
  buttonCall,
  commandCall,
  formCall,
  INTERACTION_TYPE,
  type InteractionPayload,
  type MessagePayload,
  messageCall,
  typingQuery,
} from './payload.ts'
import { isPicked, pickedCall, pickedText } from './picked-message.ts'
import { render } from './render.ts'
import { reportCall, reportForm } from './report.ts'
import type { createResponses, RenderedReply } from './responses.ts'

const RESPONSE_TYPE = { choices: 8, form: 9 }
const MAX_CHOICES = 25
const MAX_CHOICE_CHARACTERS = 100
/** Answers what the gateway hands on: commands, buttons, values being typed, mentions and direct messages. */
export function createEventHandler(
  options: ReturnType<typeof createResponses> & {
    handlers: Handlers
    commands(): Command[]
    ownId(): string | undefined
    responder: Responder<RenderedReply>
    buttonLines?: ButtonLines
    log: Log
  },
): (packet: Packet) => Promise<void> | undefined {
  const {
    handlers,
    commands,
    ownId,
    sendResponse: respond,
    sendReply: say,
    responder,
    buttonLines,
    log,
  } = options
  const form = handlers.settings
  const first = createDeduplicator()

  async function interaction(given: InteractionPayload): Promise<void> {
    const at = Date.now()
    const command = () => commands().find(one => one.name === given.data?.name)
    if (given.type === INTERACTION_TYPE.typing) {
      const query = typingQuery(given, command(), at)
      const choices = (query ? handlers.suggest(query) : [])
        .filter(
          ({ name, value }) => name.length <= MAX_CHOICE_CHARACTERS && value.length <= MAX_CHOICE_CHARACTERS,
        )
        .slice(0, MAX_CHOICES)
      return respond(given, { type: RESPONSE_TYPE.choices, data: { choices } })
    }
    if (given.type === INTERACTION_TYPE.form) {
      const report = reportCall(given, at)
      return report ? answer(given, report) : filled(given, at)
    }
    if (given.type === INTERACTION_TYPE.command) {
      if (isPicked(given, CHECK_COMMAND)) return check(given, at)
      if (isPicked(given, REPORT_COMMAND)) return opened(given, reportForm(given, ownId()))
      const asked = commandCall(given, command(), at)
      const asks = form?.matchCall(asked.call)
      return asks ? shown(given, asked.call, asks.name) : answer(given, asked)
    }
    const id = given.data?.custom_id ?? ''
    if (given.type !== INTERACTION_TYPE.button || !isLineButton(id)) return
    const line = await findPressedLine(id, buttonLines, log)
    if (typeof line === 'string') return answer(given, buttonCall(given, line, at))
    await told(given, line)
  }

  async function check(given: InteractionPayload, at: number): Promise<void> {
    const { checkMessage } = handlers
    if (!checkMessage) return
    const asked = pickedCall(given, 'quote', at)
    const answer = () => checkMessage(asked.call, pickedText(given))
    await say(given, await responder.respond({ ...handlers, answer }, asked), at)
  }

  /** Shows the form of what comes to a place; a modal can only be the first answer, so it must be there in time. */
  async function shown(given: InteractionPayload, call: Call, name: string | undefined): Promise<void> {
    const made = await loadFormModal(form!, call, name).catch((cause: unknown) => {
      log.error({ err: cause, place: call.place }, 'discord: a form could not be made')
      return FAILED_REPLY
    })
    handlers.countCall?.(call, 'components' in made ? 'answered' : outcomeOf(made))
    await opened(given, made)
  }

  const opened = (given: InteractionPayload, made: Modal | Reply) =>
    'components' in made ? respond(given, { type: RESPONSE_TYPE.form, data: made }) : told(given, made)

  /** Runs the line that a filled form stands for. */
  async function filled(given: InteractionPayload, at: number): Promise<void> {
    const { data } = given
    if (!form || !data?.custom_id?.startsWith(FORM_PREFIX)) return
    const made = form.lineFor(parseFormValues(data, form.subjectField))
    if ('line' in made) return answer(given, formCall(given, made.line, at))
    await told(given, refusal([phrases.discord.notChanged(Object.values(made.problems))]))
  }

  const answer = async (given: InteractionPayload, asked: IncomingCall) =>
    say(given, await responder.respond(handlers, asked), asked.call.at)

  /** Shows what is no answer. */
  const told = (given: InteractionPayload, reply: Reply) =>
    say(given, { reply, message: render(reply) }, Date.now())

  return ({ t, d }) => {
    if (t === 'INTERACTION_CREATE') return interaction(d as InteractionPayload)
    if (t !== 'MESSAGE_CREATE') return undefined
    const asked = messageCall(d as MessagePayload, ownId(), Date.now())
    return asked && first(asked.key) ? responder.respondInChannel(handlers, asked) : undefined
  }
}

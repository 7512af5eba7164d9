import type { ButtonLines, Call, DigestSettings, Handlers, Log } from '../../chat/platform.ts'
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
import { findPressedLine, readPressed } from '../stored-lines.ts'
import { createMentionAnswer } from './answer-mention.ts'
import { FORM_PREFIX, loadFormModal, type Modal, parseFormValues } from './forms/modal.ts'
import { reportCall, reportForm } from './forms/report.ts'
import type { Packet } from './gateway/account.ts'
import { messageCall } from './mention.ts'
import { CHECK_COMMAND, REPORT_COMMAND } from './message-commands.ts'
import {
  buttonCall,
  commandCall,
  formCall,
  INTERACTION_TYPE,
  type InteractionPayload,
  type MessagePayload,
  typingQuery,
} from './payload.ts'
import { isPicked, pickedCall, pickedText } from './picked-message.ts'
import { render } from './render.ts'
import { type createResponses, isPressedInPrivate, type RenderedReply } from './responses.ts'

const RESPONSE_TYPE = { choices: 8, form: 9 }
/** Discord's limits for the choices of an option. */
const MAX_CHOICES = 25
const MAX_CHOICE_CHARACTERS = 100

/** Creates the handler of what the gateway sends: commands, buttons, values being typed, mentions, direct messages. */
export function createEventHandler(
  options: ReturnType<typeof createResponses> & {
    handlers: Handlers
    commands(): Command[]
    ownId(): string | undefined
    isOwnRole(guild: string, role: string): boolean
    responder: Responder<RenderedReply>
    buttonLines?: ButtonLines
    log: Log
  },
): (packet: Packet) => Promise<void> | undefined {
  const { handlers, commands, ownId, isOwnRole, sendResponse, sendReply, responder, buttonLines, log } =
    options
  const { settings } = handlers
  const isNew = createDeduplicator()
  const answerMention = createMentionAnswer(responder)

  async function handleInteraction(interaction: InteractionPayload): Promise<void> {
    const at = Date.now()
    switch (interaction.type) {
      case INTERACTION_TYPE.typing:
        return suggestChoices(interaction, at)
      case INTERACTION_TYPE.form: {
        const report = reportCall(interaction, at)
        return report ? answer(interaction, report) : submitSettings(interaction, at)
      }
      case INTERACTION_TYPE.command:
        return runCommand(interaction, at)
      case INTERACTION_TYPE.button:
        return runButton(interaction, at)
    }
  }

  const commandOf = ({ data }: InteractionPayload) => commands().find(({ name }) => name === data?.name)

  async function suggestChoices(interaction: InteractionPayload, at: number): Promise<void> {
    const query = typingQuery(interaction, commandOf(interaction), at)
    const choices = (query ? handlers.suggest(query) : [])
      .filter(
        ({ name, value }) => name.length <= MAX_CHOICE_CHARACTERS && value.length <= MAX_CHOICE_CHARACTERS,
      )
      .slice(0, MAX_CHOICES)
    await sendResponse(interaction, { type: RESPONSE_TYPE.choices, data: { choices } })
  }

  async function runCommand(interaction: InteractionPayload, at: number): Promise<void> {
    if (isPicked(interaction, CHECK_COMMAND)) return checkPickedMessage(interaction, at)
    if (isPicked(interaction, REPORT_COMMAND)) return openForm(interaction, reportForm(interaction, ownId()))
    const incoming = commandCall(interaction, commandOf(interaction), at)
    const form = settings?.matchCall(incoming.call)
    return settings && form
      ? openSettings(settings, interaction, incoming.call, form.name)
      : answer(interaction, incoming)
  }

  /** Runs the line of a pressed button or a picked option: its answer may take the place of a private message, or be a form. */
  async function runButton(interaction: InteractionPayload, at: number): Promise<void> {
    const { custom_id = '', values } = interaction.data ?? {}
    const pressed = readPressed(values?.[0] ?? custom_id)
    if (!pressed) return
    const line = await findPressedLine(pressed, buttonLines, log)
    if (typeof line !== 'string') return showReply(interaction, line)
    const incoming = buttonCall(interaction, line, at)
    const form = settings?.matchCall(incoming.call)
    if (settings && form) return openSettings(settings, interaction, incoming.call, form.name)
    const rendered = await responder.respond(handlers, incoming)
    const inPlace =
      pressed.turns && isPressedInPrivate(interaction) && outcomeOf(rendered.reply) === 'answered'
    await sendReply(interaction, rendered, at, { inPlace })
  }

  async function checkPickedMessage(interaction: InteractionPayload, at: number): Promise<void> {
    const { checkMessage } = handlers
    if (!checkMessage) return
    const incoming = pickedCall(interaction, 'quote', at)
    const check = () => checkMessage(incoming.call, pickedText(interaction))
    await sendReply(interaction, await responder.respond({ ...handlers, answer: check }, incoming), at)
  }

  /** Opens the form of the digest settings. A modal can only be the first response, so it must be ready in time. */
  async function openSettings(
    digestSettings: DigestSettings,
    interaction: InteractionPayload,
    call: Call,
    name: string | undefined,
  ): Promise<void> {
    const form = await loadFormModal(digestSettings, call, name).catch((cause: unknown) => {
      log.error({ err: cause, place: call.place }, 'discord: a form could not be made')
      return FAILED_REPLY
    })
    handlers.countCall?.(call, 'components' in form ? 'answered' : outcomeOf(form))
    await openForm(interaction, form)
  }

  const openForm = (interaction: InteractionPayload, form: Modal | Reply) =>
    'components' in form
      ? sendResponse(interaction, { type: RESPONSE_TYPE.form, data: form })
      : showReply(interaction, form)

  /** Runs the line that a submitted form of the settings means. */
  async function submitSettings(interaction: InteractionPayload, at: number): Promise<void> {
    const { data } = interaction
    if (!settings || !data?.custom_id?.startsWith(FORM_PREFIX)) return
    const parsed = settings.lineFor(parseFormValues(data, settings.subjectField))
    if ('line' in parsed) return answer(interaction, formCall(interaction, parsed.line, at))
    await showReply(interaction, refusal([phrases.discord.notChanged(Object.values(parsed.problems))]))
  }

  const answer = async (interaction: InteractionPayload, incoming: IncomingCall) =>
    sendReply(interaction, await responder.respond(handlers, incoming), incoming.call.at)

  /** Shows a reply that no command gave. */
  const showReply = (interaction: InteractionPayload, reply: Reply) =>
    sendReply(interaction, { reply, message: render(reply) }, Date.now())

  return ({ t, d }) => {
    if (t === 'INTERACTION_CREATE') return handleInteraction(d as InteractionPayload)
    if (t !== 'MESSAGE_CREATE') return undefined
    const heard = messageCall(d as MessagePayload, { id: ownId(), isOwnRole }, Date.now())
    return heard && isNew(heard.key) ? answerMention(handlers, heard) : undefined
  }
}

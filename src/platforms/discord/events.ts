import type { ButtonLines, Call, DigestSettings, Handlers, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { phrases } from '../../phrases/phrases.ts'
import { findForm, sourceOfForm } from '../form-sources.ts'
import {
  createDeduplicator,
  FAILED_REPLY,
  type IncomingCall,
  outcomeOf,
  type Responder,
} from '../responder.ts'
import { findPressedLine, readPressed } from '../stored-lines.ts'
import { createMentionAnswer } from './answer-mention.ts'
import { withTypedLine, withTypedWords } from './forms/kept-words.ts'
import { formNameOf, loadFormModal, type Modal, parseFormValues } from './forms/modal.ts'
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
  const {
    handlers,
    commands,
    ownId,
    isOwnRole,
    sendResponse,
    sendReply,
    showLater,
    responder,
    buttonLines,
    log,
  } = options
  const isNew = createDeduplicator()
  const answerMention = createMentionAnswer(responder)

  async function handleInteraction(interaction: InteractionPayload): Promise<void> {
    const at = Date.now()
    switch (interaction.type) {
      case INTERACTION_TYPE.typing:
        return suggestChoices(interaction, at)
      case INTERACTION_TYPE.form: {
        const report = reportCall(interaction, at)
        return report ? answer(interaction, report) : submitForm(interaction, at)
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
    const form = findForm(handlers, incoming.call)
    return form
      ? openLineForm(form.source, interaction, incoming.call, form.name)
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
    const form = findForm(handlers, incoming.call)
    if (form) return openLineForm(form.source, interaction, incoming.call, form.name)
    const { call, answered } = withLater(interaction, incoming.call)
    const rendered = await responder.respond(handlers, { ...incoming, call })
    const inPlace =
      pressed.turns && isPressedInPrivate(interaction) && outcomeOf(rendered.reply) === 'answered'
    await sendReply(interaction, rendered, at, { inPlace }).finally(answered)
  }

  async function checkPickedMessage(interaction: InteractionPayload, at: number): Promise<void> {
    const { checkMessage } = handlers
    if (!checkMessage) return
    const incoming = pickedCall(interaction, 'quote', at)
    const check = () => checkMessage(incoming.call, pickedText(interaction))
    await sendReply(interaction, await responder.respond({ ...handlers, answer: check }, incoming), at)
  }

  /** Opens the form that a line asks for. A modal can only be the first response, so it must be ready in time. */
  async function openLineForm(
    source: DigestSettings,
    interaction: InteractionPayload,
    call: Call,
    name: string | undefined,
  ): Promise<void> {
    const form = await loadFormModal(source, call, name).catch((cause: unknown) => {
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

  /** Runs the line that a submitted form means. */
  async function submitForm(interaction: InteractionPayload, at: number): Promise<void> {
    const { data } = interaction
    const name = data && formNameOf(data)
    const source = name === undefined ? undefined : sourceOfForm(handlers, name)
    if (!data || !source) return
    const filled = parseFormValues(data, source.subjectField)
    const parsed = source.lineFor(filled)
    // Choices are made again in a moment; words are not.
    const hasWords = 'prefix' in source
    if ('line' in parsed)
      return answer(interaction, formCall(interaction, parsed.line, at), hasWords ? parsed.line : undefined)
    const reply = refusal([phrases.discord.notChanged(Object.values(parsed.problems))])
    await showReply(interaction, hasWords ? withTypedWords(reply, filled) : reply)
  }

  /** Answers a call. What is refused shows the line again that a form stood for, if it is given. */
  async function answer(
    interaction: InteractionPayload,
    incoming: IncomingCall,
    typed?: string,
  ): Promise<void> {
    const { call, answered } = withLater(interaction, incoming.call)
    const rendered = await responder.respond(handlers, { ...incoming, call })
    const { reply } = rendered
    const shown = typed !== undefined && reply.refusal ? withTypedLine(reply, typed) : reply
    const drawn = shown === reply ? rendered : { reply: shown, message: render(shown) }
    await sendReply(interaction, drawn, call.at).finally(answered)
  }

  /** A call of an editor with a way to show them later, in place of the answer, what became of longer work. */
  function withLater(interaction: InteractionPayload, call: Call): { call: Call; answered(): void } {
    const first = Promise.withResolvers<void>()
    const later = (reply: Reply) => first.promise.then(() => showLater(interaction, reply))
    return { call: call.command === 'desk' ? { ...call, later } : call, answered: first.resolve }
  }

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

import { type Asking, onlyOnce } from '../asked.ts'
import type { Command } from '../commands/command.ts'
import type { Handlers, Log } from '../platform.ts'
import type { Packet } from './account.ts'
import { codeOf, deliveryError, isRateLimit } from './delivery.ts'
import {
  buttonCall,
  commandCall,
  type InteractionPayload,
  KIND,
  type MessagePayload,
  messageCall,
  typingQuery,
} from './payload.ts'
import type { DiscordMessage } from './render.ts'

const EPHEMERAL = 64
const RESPOND = { message: 4, choices: 8 }
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
  log: Log
}): (packet: Packet) => Promise<void> | undefined {
  const { handlers, commands, ownId, callback, asking, log } = options
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
    if (given.type !== KIND.command && given.type !== KIND.button) return
    const asked = given.type === KIND.command ? commandCall(given, command(), at) : buttonCall(given, at)
    const message = await asking.answered(handlers, asked)
    await respond(given, { type: RESPOND.message, data: { ...message, flags: EPHEMERAL } })
  }

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

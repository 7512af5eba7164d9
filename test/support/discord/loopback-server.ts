import { type ApiResponse, errorResponse, ok } from './api-response.ts'
import { applyAttachments, type Upload } from './attachments.ts'
import { componentProblem } from './components.ts'
import { createChannels, PERMISSION_BITS, serverRoles } from './loopback-channels.ts'
import { modalProblem } from './modals.ts'
import { APP, BOT, BOT_ROLE, CHANNEL, DANA, GUILD, type Json, snowflake } from './payloads.ts'

export type { Upload }

/** A message on the loopback server. */
type StoredMessage = Json & { id: string; channel_id: string; author: Json; content: string }

/** The types of a response to an interaction: a new message, and another content of the message that was pressed. */
const MESSAGE = 4
const UPDATE = 7

/** How old a message is whose edits are counted apart. */
const OLD_MS = 3_600_000

/** Creates the messages, commands and interactions of a loopback Discord, with the routes that read and write them. */
export function createDiscordServer() {
  const messages: StoredMessage[] = []
  /** The registered commands, by scope: '' for all servers, or the id of one. */
  const commands = new Map<string, Json[]>([['', []]])
  const responses = new Map<string, Json>()
  const pendingInteractions = new Map<string, (response: Json) => void>()
  /** The messages in which somebody pressed, by interaction, and those that only one person sees. */
  const pressedIn = new Map<string, Json>()
  const privateMessages: Json[] = []
  const nonces = new Map<string, StoredMessage>()
  /** The application as set in the developer portal. */
  const application: Json = { id: APP, flags: 0, interactions_endpoint_url: null }
  /** The servers that the bot is on. */
  const joinedGuilds = [GUILD]
  const channels = createChannels()
  const { may, accessProblem, postProblem, editProblem, getChannel, patchChannel } = channels
  /** How many more edits of messages older than an hour are accepted, and how long Discord then asks to wait. */
  const oldEdits = { left: Number.POSITIVE_INFINITY, retryAfter: 3_600 }

  function handleRequest(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Json,
    files: Upload[] = [],
  ): ApiResponse {
    const [kind, id = '', part, sub, extra] = path.split('/').slice(1)
    if (kind === 'users' && part === 'guilds') return ok(joinedGuilds.map(guild => ({ id: guild })))
    if (kind === 'users')
      return id === '@me' || id === DANA.id ? ok(BOT) : errorResponse(404, 10013, 'Unknown User')
    if (kind === 'applications' && id === '@me') return ok(application)
    if (kind === 'applications' && id === APP) {
      if (part === 'commands') return registry('', method, body)
      if (part === 'guilds' && extra === 'commands') return registry(sub ?? '', method, body)
    }
    if (kind === 'interactions' && sub === 'callback') return callback(id, part ?? '', body, files)
    if (kind === 'webhooks' && id === APP) return editResponse(part ?? '', body, files)
    if (kind === 'guilds' && part === 'roles') return ok(serverRoles(id))
    if (kind === 'guilds' && part === 'members' && sub === APP)
      return ok({ user: BOT, roles: [BOT_ROLE], communication_disabled_until: null })
    if (kind === 'channels' && part === undefined)
      return method === 'PATCH' ? patchChannel(id, body) : getChannel(id)
    if (kind === 'channels' && part === 'messages') {
      const problem = accessProblem(id)
      if (problem) return problem
      if (sub === undefined) return method === 'POST' ? post(id, body, files) : history(id, query)
      return handleMessage(method, id, sub, body, files)
    }
    return errorResponse(404, 0, '404: Not Found')
  }

  function registry(scope: string, method: string, body: Json): ApiResponse {
    if (method === 'PUT')
      commands.set(
        scope,
        (body as Json[]).map(command => ({
          ...asStoredCommand(command),
          id: snowflake(),
          application_id: APP,
          version: snowflake(),
        })),
      )
    return ok(commands.get(scope) ?? [])
  }

  function callback(id: string, token: string, body: Json, files: Upload[]): ApiResponse {
    const resolve = pendingInteractions.get(id)
    if (responses.has(id)) return errorResponse(400, 40060, 'Interaction has already been acknowledged.')
    if (!resolve || token !== `interaction-${id}`) return errorResponse(404, 10062, 'Unknown interaction')
    const formProblem = body.type === 9 ? modalProblem(body.data) : undefined
    if (formProblem) return errorResponse(400, 50035, `Invalid Form Body: ${formProblem}`)
    const original = pressedIn.get(id)
    if (body.type === UPDATE && !original)
      return errorResponse(400, 50035, 'Invalid Form Body: type: no message was pressed')
    const before = body.type === UPDATE ? original! : {}
    const isMessage = body.type === MESSAGE || body.type === UPDATE
    const problem = isMessage ? messageProblem({ ...before, ...body.data }) : undefined
    if (problem) return problem
    const shown = isMessage ? { ...body, data: applyAttachments(before, body.data, files) } : body
    if (body.type === UPDATE) Object.assign(original!, shown.data, { edits: (original!.edits ?? 0) + 1 })
    if (body.type === MESSAGE && (body.data.flags & 64) !== 0)
      privateMessages.push({ id: snowflake(), author: BOT, edits: 0, ...shown.data })
    responses.set(id, shown)
    resolve(shown)
    return { status: 204 }
  }

  /** Edits the first response to an interaction, by the interaction's token. */
  function editResponse(token: string, body: Json, files: Upload[]): ApiResponse {
    const id = token.replace(/^interaction-/, '')
    const response = responses.get(id)
    if (response?.type !== MESSAGE && response?.type !== UPDATE)
      return errorResponse(404, 10015, 'Unknown Webhook')
    const problem = messageProblem({ ...response.data, ...body })
    if (problem) return problem
    const data = applyAttachments(response.data, body, files)
    responses.set(id, { ...response, data, revised: true })
    return ok(data)
  }

  function post(channel: string, body: Json, files: Upload[]): ApiResponse {
    const problem = postProblem(channel, body, files.length) ?? messageProblem(body)
    if (problem) return problem
    // The nonces of an author are the same in all channels.
    const earlier = body.enforce_nonce ? nonces.get(String(body.nonce)) : undefined
    if (earlier)
      return messages.includes(earlier)
        ? ok({ ...earlier, nonce: body.nonce })
        : errorResponse(404, 10008, 'Unknown Message')
    const drawn = may(channel, PERMISSION_BITS.embed) ? body : { ...body, embeds: [] }
    const message = storeMessage({ ...applyAttachments({}, drawn, files), channel_id: channel, author: BOT })
    if (body.nonce !== undefined) nonces.set(String(body.nonce), message)
    return ok({ ...message, nonce: body.nonce })
  }

  function history(channel: string, query: URLSearchParams): ApiResponse {
    // Discord gives no error here: "no messages will be returned".
    if (!may(channel, PERMISSION_BITS.history)) return ok([])
    const after = BigInt(query.get('after') ?? 0)
    const before = BigInt(query.get('before') ?? '9999999999999999999')
    const matching = messages
      .filter(({ channel_id, id }) => channel_id === channel && BigInt(id) > after && BigInt(id) < before)
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    const limit = Number(query.get('limit') ?? 50)
    // With `after` Discord returns the oldest messages, without it the newest. Each page begins with its newest.
    return ok((query.has('after') ? matching.slice(0, limit) : matching.slice(-limit)).reverse())
  }

  function handleMessage(
    method: string,
    channel: string,
    id: string,
    body: Json,
    files: Upload[],
  ): ApiResponse {
    const message = messages.find(stored => stored.channel_id === channel && stored.id === id)
    if (!message) return errorResponse(404, 10008, 'Unknown Message')
    if (method === 'GET')
      return may(channel, PERMISSION_BITS.history)
        ? ok(message)
        : errorResponse(403, 50013, 'Missing Permissions')
    if (message.author.id !== BOT.id)
      return errorResponse(403, 50005, 'Cannot edit a message authored by another user')
    const problem =
      editProblem(channel) ??
      (files.length > 0 && !may(channel, PERMISSION_BITS.attach)
        ? errorResponse(403, 50013, 'Missing Permissions')
        : undefined) ??
      messageProblem({ ...message, ...body })
    if (problem) return problem
    if (Date.now() - Date.parse(message.timestamp) > OLD_MS && oldEdits.left-- <= 0)
      return errorResponse(
        429,
        30046,
        'Maximum number of edits to messages older than 1 hour reached. Try again later',
        oldEdits.retryAfter,
      )
    Object.assign(message, applyAttachments(message, body, files), {
      edited_timestamp: new Date().toISOString(),
    })
    return ok(message)
  }

  /** Stores a message in a channel, by the bot or by anybody else. */
  function storeMessage(fields: Json): StoredMessage {
    const { nonce: _, enforce_nonce: __, ...rest } = fields
    const message: StoredMessage = {
      id: snowflake(),
      timestamp: new Date().toISOString(),
      channel_id: CHANNEL,
      author: BOT,
      content: '',
      embeds: [],
      components: [],
      ...rest,
    }
    messages.push(message)
    return message
  }

  return {
    messages,
    commands,
    responses,
    pendingInteractions,
    pressedIn,
    privateMessages,
    ...channels,
    oldEdits,
    application,
    joinedGuilds,
    handleRequest,
    storeMessage,
    /** Forgets all nonces, as Discord does after some minutes: the same post is now sent twice. */
    forgetNonces: () => nonces.clear(),
  }
}

/** Changes a command as Discord stores it: with Discord's defaults, and without values that are false. */
function asStoredCommand(command: Json): Json {
  const option = ({ required, autocomplete, options, ...rest }: Json): Json => {
    return {
      ...rest,
      ...(required && { required }),
      ...(autocomplete && { autocomplete }),
      ...(options?.length && { options: options.map(option) }),
    }
  }
  return {
    ...option(command),
    default_member_permissions: command.default_member_permissions ?? null,
    dm_permission: true,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
  }
}

function messageProblem(message: Json): ApiResponse | undefined {
  const invalid = (what: string) => errorResponse(400, 50035, `Invalid Form Body: ${what}`)
  const { content = '', embeds = [], components = [] } = message
  if (content.length > 2000) return invalid('content')
  if ((message.attachments ?? []).some(({ description = '' }: Json) => description.length > 1024))
    return invalid('attachments')
  if (embeds.some((embed: Json) => (embed.description ?? '').length > 4096)) return invalid('embeds')
  const inRows = componentProblem(components)
  if (inRows) return invalid(inRows)
  if (content.trim() === '' && embeds.length === 0)
    return errorResponse(400, 50006, 'Cannot send an empty message')
  return undefined
}

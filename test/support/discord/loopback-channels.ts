import { type ApiResponse, errorResponse, ok } from './api-response.ts'
import { APP, BOT_ROLE, type Json } from './payloads.ts'

/**
 * Permissions as bits: View Channel, Send Messages, Embed Links, Attach Files, Read Message History, Send in Threads.
 */
export const PERMISSION_BITS = {
  view: 1n << 10n,
  send: 1n << 11n,
  embed: 1n << 14n,
  attach: 1n << 15n,
  history: 1n << 16n,
  threads: 1n << 38n,
}
export const ALL_PERMISSIONS = Object.values(PERMISSION_BITS).reduce((bits, bit) => bits | bit, 0n)
/** Manage Threads, which no bot of ours has by itself. */
export const MANAGE_THREADS = 1n << 34n

const PUBLIC_THREAD = 11

/** Creates the channels of a loopback Discord: what each is, and what the bot may do there. */
export function createChannels() {
  /** The errors of channels that refuse the bot. */
  const channelErrors = new Map<string, [number, number, string]>([
    ['300000000000000004', [404, 10003, 'Unknown Channel']],
    ['300000000000000005', [403, 50001, 'Missing Access']],
    ['300000000000000006', [403, 50013, 'Missing Permissions']],
  ])
  /** The bot's permissions in a channel; all of them where none are set. A thread has those of its channel. */
  const channelPermissions = new Map<string, bigint>([
    ['300000000000000006', ALL_PERMISSIONS & ~PERMISSION_BITS.send],
  ])
  /** Threads, with the channel that they belong to. */
  const threads = new Map<string, string>()
  /** Threads that are archived or locked. */
  const threadStates = new Map<string, { archived?: boolean; locked?: boolean }>()
  /** Types of channels other than 0, such as 5 for announcements. */
  const channelTypes = new Map<string, number>()
  const server = { activeThreadsAreFull: false }

  const may = (channel: string, bit: bigint) =>
    ((channelPermissions.get(channel) ??
      channelPermissions.get(threads.get(channel) ?? '') ??
      ALL_PERMISSIONS) &
      bit) !==
    0n
  const isLocked = (id: string) => threadStates.get(id)?.locked === true && !may(id, MANAGE_THREADS)
  const unarchive = (id: string): ApiResponse | undefined => {
    if (!threadStates.get(id)?.archived) return undefined
    if (isLocked(id)) return errorResponse(403, 160005, 'Thread is locked')
    if (server.activeThreadsAreFull)
      return errorResponse(400, 160006, 'Maximum number of active threads reached')
    threadStates.set(id, { ...threadStates.get(id), archived: false })
    return undefined
  }

  /** Why the bot may do nothing with the messages of a channel; undefined where it may. */
  function accessProblem(id: string): ApiResponse | undefined {
    const problem = channelErrors.get(id)
    if (problem) return errorResponse(...problem)
    return may(id, PERMISSION_BITS.view) ? undefined : errorResponse(403, 50001, 'Missing Access')
  }

  /** Why the bot may not post a body; undefined where it may. Posting wakes a thread that is archived. */
  function postProblem(id: string, { message_reference }: Json, files: number): ApiResponse | undefined {
    const send = threads.has(id) ? PERMISSION_BITS.threads : PERMISSION_BITS.send
    if (channelTypes.get(id) === 15)
      return errorResponse(400, 40058, 'Cannot send a message in a forum channel')
    if (!may(id, send)) return errorResponse(403, 50013, 'Missing Permissions')
    if (isLocked(id)) return errorResponse(403, 160005, 'Thread is locked')
    if (files > 0 && !may(id, PERMISSION_BITS.attach)) return errorResponse(403, 50013, 'Missing Permissions')
    // Whether or not the message that it replies to exists.
    if (message_reference && !may(id, PERMISSION_BITS.history))
      return errorResponse(403, 160002, 'Cannot reply without permission to read message history')
    return unarchive(id)
  }

  /** Why a message in a channel cannot be edited; undefined where it can. */
  function editProblem(id: string): ApiResponse | undefined {
    if (threadStates.get(id)?.archived) return errorResponse(400, 50083, 'Thread is archived')
    return isLocked(id) ? errorResponse(403, 160005, 'Thread is locked') : undefined
  }

  function getChannel(id: string): ApiResponse {
    const problem = channelErrors.get(id)
    if (problem && problem[1] !== 50013) return errorResponse(...problem)
    const parent = threads.get(id)
    const deny = ALL_PERMISSIONS & ~(channelPermissions.get(id) ?? ALL_PERMISSIONS)
    const overwrites = [{ id: APP, type: 1, allow: '0', deny: String(deny) }]
    const { archived = false, locked = false } = threadStates.get(id) ?? {}
    return ok({
      id,
      name: 'general',
      type: parent ? PUBLIC_THREAD : (channelTypes.get(id) ?? 0),
      ...(parent
        ? { parent_id: parent, thread_metadata: { archived, locked, auto_archive_duration: 1440 } }
        : { permission_overwrites: overwrites }),
    })
  }

  /** Changes a channel; the bot may only wake a thread. */
  function patchChannel(id: string, body: Json): ApiResponse {
    const problem = accessProblem(id)
    if (problem) return problem
    const onlyWakes = threads.has(id) && body.archived === false && Object.keys(body).length === 1
    if (!onlyWakes || !may(id, PERMISSION_BITS.threads))
      return errorResponse(403, 50013, 'Missing Permissions')
    return unarchive(id) ?? getChannel(id)
  }

  return {
    ...{ channelErrors, channelPermissions, threads, threadStates, channelTypes, server },
    ...{ may, accessProblem, postProblem, editProblem, getChannel, patchChannel },
  }
}

/** The roles of a server: everybody's, ours, and those of another bot and of people. */
export const serverRoles = (guild: string) => [
  { id: guild, name: '@everyone', permissions: String(ALL_PERMISSIONS), managed: false },
  { id: BOT_ROLE, name: 'nutgraf', permissions: '0', managed: true, tags: { bot_id: APP } },
  { id: '600000000000000002', name: 'nutgraf', permissions: '0', managed: false },
  { id: '600000000000000003', name: 'other bot', permissions: '0', managed: true, tags: { bot_id: '1' } },
]

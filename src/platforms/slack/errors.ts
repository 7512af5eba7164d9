import { DeliveryError } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'

const slackPhrases = phrases.slack

/**
 * Refusals that never change by waiting, with what people can do. A refusal that is not listed is permanent as well.
 */
const REFUSALS: Record<string, string> = {
  channel_not_found: slackPhrases.invite,
  not_in_channel: slackPhrases.invite,
  is_archived: slackPhrases.cannotPostArchived,
  is_inactive: slackPhrases.cannotPostArchived,
  restricted_action: slackPhrases.workspaceRuleForbids,
  restricted_action_read_only_channel: slackPhrases.workspaceRuleForbids,
  restricted_action_thread_only_channel: slackPhrases.onlyInThreads,
  restricted_action_non_threadable_channel: slackPhrases.noThreads,
  restricted_action_thread_locked: slackPhrases.threadLocked,
  cannot_reply_to_message: slackPhrases.noThreads,
  ekm_access_denied: slackPhrases.workspaceRuleForbids,
  access_denied: slackPhrases.workspaceRuleForbids,
  no_permission: slackPhrases.workspaceRuleForbids,
  cannot_dm_bot: slackPhrases.cannotWriteThere,
  account_inactive: slackPhrases.notInstalled,
  token_revoked: slackPhrases.notInstalled,
  token_expired: slackPhrases.notInstalled,
  invalid_auth: slackPhrases.notInstalled,
  not_authed: slackPhrases.notInstalled,
  no_installation: slackPhrases.notInstalled,
  team_access_not_granted: slackPhrases.notInstalled,
  missing_scope: slackPhrases.scopeMissing,
  not_allowed_token_type: slackPhrases.scopeMissing,
  message_not_found: phrases.everyPlatform.messageDeleted,
  thread_not_found: phrases.everyPlatform.messageNotEditable,
  cant_update_message: phrases.everyPlatform.messageNotEditable,
  edit_window_closed: slackPhrases.messageTooOld,
  block_mismatch: phrases.everyPlatform.messageNotEditable,
  msg_too_long: slackPhrases.rejected,
  msg_blocks_too_long: slackPhrases.rejected,
  invalid_blocks: slackPhrases.rejected,
  invalid_blocks_format: slackPhrases.rejected,
  no_text: slackPhrases.rejected,
}

/** Refusals after which nothing can be posted in the place any more: it is gone or archived, or the bot was removed. */
const DEAD_PLACES = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'account_inactive',
  'no_installation',
])

/** Refusals of a reply in a thread that are about the thread alone. */
const THREAD_REFUSALS = new Set([
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'cannot_reply_to_message',
])

/** Slack's codes for a message that is gone: of one to reply to, its documentation names either. */
const MISSING_MESSAGES = new Set(['message_not_found', 'thread_not_found'])

/**
 * Slack's own faults. `sure` means that Slack did nothing. Of `fatal_error` its documentation says that parts may have
 * been done.
 */
const FAULTS: Record<string, { sure: boolean; retryInMs: number }> = {
  ratelimited: { sure: true, retryInMs: 30_000 },
  rate_limited: { sure: true, retryInMs: 30_000 },
  message_limit_exceeded: { sure: true, retryInMs: 60_000 },
  request_timeout: { sure: true, retryInMs: 5_000 },
  accesslimited: { sure: true, retryInMs: 60_000 },
  team_added_to_org: { sure: true, retryInMs: 60_000 },
  service_unavailable: { sure: false, retryInMs: 10_000 },
  internal_error: { sure: false, retryInMs: 10_000 },
  fatal_error: { sure: false, retryInMs: 10_000 },
}

const UNREADABLE = 'an unreadable answer'

/** Failures of the network before a single byte of the request went out. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * Classifies a failed call of the Web API: whether Slack certainly did not do it, when to try again, and what to tell
 * people. It reads the documented codes of errors, so that it needs no SDK.
 */
export function deliveryError(cause: unknown, method: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as WebError
  const failure = (
    what: string,
    {
      sure,
      retryInMs,
      human,
      deadPlace,
    }: { sure: boolean; retryInMs?: number; human?: string; deadPlace?: boolean },
  ) =>
    new DeliveryError(`slack: ${method}: ${what} (${subject})`, {
      outcome: sure ? 'unsent' : 'unknown',
      retryInMs,
      human,
      deadPlace,
      cause,
    })
  switch (error.code) {
    case 'slack_webapi_platform_error': {
      const code = error.data?.error ?? ''
      // For an answer that is not JSON, such as a proxy's page, web-api throws an error whose code is that page.
      if (!/^\w+$/.test(code)) return failure(UNREADABLE, { sure: false, retryInMs: 10_000 })
      const fault = FAULTS[code]
      if (fault) return failure(code, fault)
      // Of a post, only the message that it replies to can be missing.
      const isPost = method === 'chat.postMessage'
      const human =
        isPost && MISSING_MESSAGES.has(code) ? phrases.everyPlatform.messageDeleted : REFUSALS[code]
      return failure(code, { sure: true, human, deadPlace: DEAD_PLACES.has(code) })
    }
    case 'slack_webapi_rate_limited_error':
      return failure('ratelimited', { sure: true, retryInMs: (error.retryAfter ?? 30) * 1000 })
    case 'slack_webapi_http_error': {
      const status = error.statusCode ?? 0
      const sure = status >= 400 && status < 500
      return failure(`HTTP ${status}`, { sure, retryInMs: sure ? 60_000 : 10_000 })
    }
    case 'slack_webapi_request_error': {
      const { original } = error
      const code = original?.cause?.code ?? original?.code
      const what = typeof code === 'string' ? code : (original?.name ?? 'no answer')
      return failure(what, { sure: BEFORE_SENDING.has(what), retryInMs: 5_000 })
    }
    default: {
      // web-api throws a bare Error for a 429 that does not say how long to wait.
      const limited = /retry header/i.test(error.message ?? '')
      return failure(limited ? 'ratelimited' : UNREADABLE, {
        sure: limited,
        retryInMs: 30_000,
      })
    }
  }
}

/**
 * Whether a reply was refused because of its thread, and may be posted as a message of its own: the channel has no
 * threads, for example. Of a refusal that we do not know, trying is the way to find out.
 */
export function isThreadRefused(error: DeliveryError): boolean {
  const code = slackErrorCode(error)
  return code !== undefined && (THREAD_REFUSALS.has(code) || !Object.hasOwn(REFUSALS, code)) && isFinal(error)
}

/** Whether a message that a request needs is gone. */
export const isMessageMissing = (error: DeliveryError): boolean =>
  MISSING_MESSAGES.has(slackErrorCode(error) ?? '')

const isFinal = ({ outcome, retryInMs }: DeliveryError) => outcome === 'unsent' && retryInMs === undefined

const slackErrorCode = ({ cause }: DeliveryError): string | undefined =>
  (cause as WebError | undefined)?.data?.error

type WebError = {
  code?: unknown
  message?: string
  data?: { error?: string }
  retryAfter?: number
  statusCode?: number
  original?: { name?: string; code?: unknown; cause?: { code?: unknown } }
}

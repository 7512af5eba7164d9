import { DeliveryError } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'

const slackPhrases = phrases.slack

/** What Slack refuses for good, and what people can do about it. A refusal that is not listed is for good as well. */
const REFUSALS: Record<string, string> = {
  channel_not_found: slackPhrases.invite,
  not_in_channel: slackPhrases.invite,
  is_archived: slackPhrases.cannotPostArchived,
  restricted_action: slackPhrases.workspaceRuleForbids,
  restricted_action_read_only_channel: slackPhrases.workspaceRuleForbids,
  restricted_action_thread_only_channel: slackPhrases.workspaceRuleForbids,
  restricted_action_non_threadable_channel: slackPhrases.workspaceRuleForbids,
  restricted_action_thread_locked: slackPhrases.workspaceRuleForbids,
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

/** Slack's own faults: `sure` where nothing was done. Slack says of `fatal_error` that some of it may have been. */
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

const UNREADABLE = 'no answer that can be read'

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
 * What became of a call to the Web API that failed: whether Slack certainly did not take it, when to try again, and
 * what to tell people. Errors are told apart by their documented codes, so that no SDK is needed here.
 */
export function deliveryError(cause: unknown, method: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as WebError
  const made = (what: string, details: { sure: boolean; retryInMs?: number; human?: string }) =>
    new DeliveryError(`slack: ${method}: ${what} (${subject})`, {
      outcome: details.sure ? 'unsent' : 'unknown',
      ...(details.retryInMs !== undefined && { retryInMs: details.retryInMs }),
      ...(details.human !== undefined && { human: details.human }),
      cause,
    })
  switch (error.code) {
    case 'slack_webapi_platform_error': {
      const code = error.data?.error ?? ''
      // web-api makes an answer that is no JSON, such as a proxy's page, into an error with the page for its code.
      if (!/^\w+$/.test(code)) return made(UNREADABLE, { sure: false, retryInMs: 10_000 })
      const fault = FAULTS[code]
      if (fault) return made(code, fault)
      const human = REFUSALS[code]
      return made(code, { sure: true, ...(human !== undefined && { human }) })
    }
    case 'slack_webapi_rate_limited_error':
      return made('ratelimited', { sure: true, retryInMs: (error.retryAfter ?? 30) * 1000 })
    case 'slack_webapi_http_error': {
      const status = error.statusCode ?? 0
      const sure = status >= 400 && status < 500
      return made(`HTTP ${status}`, { sure, retryInMs: sure ? 60_000 : 10_000 })
    }
    case 'slack_webapi_request_error': {
      const { original } = error
      const code = original?.cause?.code ?? original?.code
      const what = typeof code === 'string' ? code : (original?.name ?? 'no answer')
      return made(what, { sure: BEFORE_SENDING.has(what), retryInMs: 5_000 })
    }
    default: {
      // web-api throws a bare Error for a 429 that does not say for how long.
      const limited = /retry header/i.test(error.message ?? '')
      return made(limited ? 'ratelimited' : UNREADABLE, {
        sure: limited,
        retryInMs: 30_000,
      })
    }
  }
}

type WebError = {
  code?: unknown
  message?: string
  data?: { error?: string }
  retryAfter?: number
  statusCode?: number
  original?: { name?: string; code?: unknown; cause?: { code?: unknown } }
}

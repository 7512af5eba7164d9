import { StartFailure } from '../../chat/start-failure.ts'
import { deliveryError } from './refusals/delivery-error.ts'

/** Says in one sentence, without secrets, why the bot token does not work; it names the setting. */
export const tokenFailure = (cause: unknown) =>
  startFailure(cause, {
    refused: code =>
      `Slack does not accept SLACK_BOT_TOKEN (${code}). Copy the “Bot User OAuth Token” of the app again.`,
    away: why => `Slack could not be reached to check SLACK_BOT_TOKEN (${why}).`,
  })

/** Says the same about the token of Socket Mode. */
export const socketFailure = (cause: unknown) =>
  startFailure(cause, {
    refused: code =>
      `Slack does not accept SLACK_APP_TOKEN (${code}). Generate an “App-Level Token” with connections:write.`,
    away: why => `Slack’s Socket Mode cannot be reached (${why}).`,
  })

/** Makes the refusal that Slack would give, for a workspace that we have no token for. */
export const noInstallation = () =>
  Object.assign(new Error('slack: not installed in this workspace'), {
    code: 'slack_webapi_platform_error',
    data: { error: 'no_installation' },
  })

type Sentences = { refused(code: string): string; away(why: string): string }

function startFailure(cause: unknown, { refused, away }: Sentences): StartFailure {
  const code = platformError(cause)
  const { retryInMs } = deliveryError(cause, 'start', 'start')
  // Slack's own faults, and a workspace that is being moved into an organisation, pass by themselves.
  if (code !== undefined && retryInMs === undefined)
    return new StartFailure(refused(code), { needsPerson: true, cause })
  const { retryAfter } = (cause ?? {}) as { retryAfter?: number }
  return new StartFailure(away(code ?? describeCause(cause)), {
    needsPerson: false,
    retryInMs: typeof retryAfter === 'number' ? retryAfter * 1_000 : undefined,
    cause,
  })
}

// For an answer that is not JSON, such as a proxy's page, web-api gives that page as the code.
const platformError = (cause: unknown) =>
  /^\w+$/.exec((cause as { data?: { error?: string } } | undefined)?.data?.error ?? '')?.[0]

type Failure = { code?: unknown; statusCode?: number; retryAfter?: number; message?: string; cause?: unknown }

/** Says what happened in as few words as possible: `ECONNREFUSED`, `HTTP 503`, `rate limited`. */
function describeCause(cause: unknown): string {
  const { statusCode, retryAfter } = (cause ?? {}) as Failure
  if (typeof retryAfter === 'number') return 'rate limited'
  if (typeof statusCode === 'number') return `HTTP ${statusCode}`
  for (let inner = cause as Failure | undefined; inner; inner = inner.cause as Failure | undefined)
    if (typeof inner.code === 'string' && /^[A-Z_]+$/.test(inner.code)) return inner.code
  return cause instanceof Error ? cause.message : 'no answer'
}

import { phrases } from '../../phrases/phrases.ts'
import { type Webhook, type WebhookKind, webhookVariable } from '../../web/webhook-settings.ts'

/** The status and the body of an answer. */
export type WebhookAnswer = { status: number; body: string }

/** What a refusal means, as in a `DeliveryError`. */
export type Refusal = { human?: string; deadPlace?: boolean; curable?: boolean }

/** Kinds of refusal, whatever the service calls them. */
type Meaning =
  | 'gone'
  | 'refusedAddress'
  | 'archived'
  | 'notAllowed'
  | 'needsThread'
  | 'threadClosed'
  | 'blocked'
  | 'rejected'
  | 'messageDeleted'
  | 'messageNotEditable'

/** Discord's codes, from docs.discord.com/developers/topics/opcodes-and-status-codes#json. */
const DISCORD: Record<string, Meaning> = {
  10003: 'gone',
  10008: 'messageDeleted',
  10015: 'gone',
  20009: 'blocked',
  40005: 'rejected',
  50005: 'messageNotEditable',
  50006: 'rejected',
  50027: 'refusedAddress',
  50035: 'rejected',
  50083: 'threadClosed',
  160005: 'threadClosed',
  200000: 'blocked',
  200001: 'blocked',
  220001: 'needsThread',
  220003: 'needsThread',
}

/** Slack's words for the refusals of incoming webhooks, from docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
const SLACK: Record<string, Meaning> = {
  action_prohibited: 'notAllowed',
  channel_is_archived: 'archived',
  channel_not_found: 'gone',
  invalid_blocks: 'rejected',
  invalid_blocks_format: 'rejected',
  invalid_payload: 'rejected',
  invalid_token: 'refusedAddress',
  no_active_hooks: 'gone',
  no_service: 'gone',
  no_service_id: 'gone',
  no_team: 'gone',
  no_text: 'rejected',
  posting_to_general_channel_denied: 'notAllowed',
  team_disabled: 'gone',
  too_many_attachments: 'rejected',
}

/** What the status of a refusal means where its code is not known. A redirect leads away from an address that has ended. */
const BY_STATUS: Record<WebhookKind, Record<number, Meaning>> = {
  discord: { 400: 'rejected', 401: 'refusedAddress', 404: 'gone', 413: 'rejected' },
  slack: { 302: 'gone', 404: 'gone', 410: 'archived', 413: 'rejected' },
  teams: {
    400: 'rejected',
    401: 'refusedAddress',
    403: 'refusedAddress',
    404: 'gone',
    410: 'gone',
    413: 'rejected',
  },
}

/** Nothing can be posted in the place any more until a person has done something. */
const DEAD = new Set<Meaning>(['gone', 'refusedAddress', 'archived'])
/** A change of a message is worth another try once people have done what is said. */
const CURABLE = new Set<Meaning>(['gone', 'refusedAddress', 'threadClosed', 'blocked'])

/** What a refusal of a webhook means for people, and its code. All refusals are permanent; a limit is no refusal. */
export function refusalOf(webhook: Webhook, answer: WebhookAnswer): Refusal & { code?: string } {
  const { kind, name } = webhook
  const code = codeOf(kind, answer.body)
  const meaning =
    (kind === 'discord' ? DISCORD : kind === 'slack' ? SLACK : {})[code ?? ''] ??
    BY_STATUS[kind][answer.status]
  const { services, refused } = phrases.webhook
  if (meaning === undefined)
    return { code, human: refused(services[kind], code ?? `HTTP ${answer.status}`), curable: true }
  return {
    code,
    human: sentenceFor(meaning, services[kind], webhookVariable(name)),
    deadPlace: DEAD.has(meaning),
    curable: CURABLE.has(meaning),
  }
}

function sentenceFor(meaning: Meaning, service: string, variable: string): string {
  const { webhook, everyPlatform } = phrases
  switch (meaning) {
    case 'gone':
      return webhook.gone(service, variable)
    case 'refusedAddress':
      return webhook.refusedAddress(service, variable)
    case 'needsThread':
      return webhook.needsThread(variable)
    case 'rejected':
      return webhook.rejected(service)
    case 'messageDeleted':
    case 'messageNotEditable':
      return everyPlatform[meaning]
    default:
      return webhook[meaning]
  }
}

/** The code in an answer: Discord's number, Slack's word, Teams' name. Whatever else stands there may hold an address. */
function codeOf(kind: WebhookKind, body: string): string | undefined {
  if (kind === 'slack') return /^[a-z_]{2,60}$/.exec(body.trim())?.[0]
  const found = /"code"\s*:\s*"?(\w{1,60})/.exec(body)?.[1]
  return found === '0' ? undefined : found
}

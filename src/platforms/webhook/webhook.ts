import { createHash } from 'node:crypto'
import { DeliveryError, type Log, type MessageRef, type Place, type Platform } from '../../chat/platform.ts'
import { type Reply, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Webhook, webhookVariable } from '../../web/webhook-settings.ts'
import { createConnectionState } from '../connection-state.ts'
import { pace, REPAIR_CLASSES } from './pace.ts'
import { readJson, requestWebhook } from './request.ts'
import { drawTeamsCard } from './teams-card.ts'

/** How a message is drawn that looks like one of the bot's own. Platforms never import each other, so they are handed in. */
export type WebhookDrawings = { discord(reply: Reply): object; slack(reply: Reply): object }

/** The name of a webhook place; undefined for a place elsewhere. */
const nameIn = (place: Place): string | undefined => /^webhook:([a-z0-9-]+)$/.exec(place)?.[1]

/**
 * Creates the platform of all channels that are reached by a webhook. It only posts, and nobody types there. Only Discord
 * tells which message was made, so only there it can be edited.
 */
export function createWebhooks(options: { webhooks: Webhook[]; draw: WebhookDrawings; log: Log }): Platform {
  const { draw, log } = options
  const webhooks = new Map(options.webhooks.map(webhook => [webhook.name, webhook]))
  const connection = createConnectionState('webhook', log)
  const find = (place: Place) => webhooks.get(nameIn(place) ?? '')

  function webhookAt(place: Place): Webhook {
    const webhook = find(place)
    if (webhook) return webhook
    throw new DeliveryError(`webhook: no address is set (${place})`, {
      outcome: 'unsent',
      human: phrases.webhook.notSet(webhookVariable(nameIn(place) ?? 'name')),
      deadPlace: true,
      curable: true,
    })
  }

  return {
    name: 'webhook',
    pace: (place, edit) => pace(find(place)?.kind ?? 'slack', place, edit),
    repairs: place => {
      const webhook = find(place)
      // Without an address an edit would fail and say so.
      return webhook ? REPAIR_CLASSES[webhook.kind] : 'edits'
    },
    start: async () => connection.report('connected'),
    state: () => ({ ...connection.current(), account: [...webhooks.keys()].join(', ') }),
    stop: async () => connection.stop(),

    async post(place, reply, { key, signal }) {
      const webhook = webhookAt(place)
      const body = drawBody(webhook, place, reply, draw)
      if (webhook.kind !== 'discord') {
        const { body: said, status } = await requestWebhook(webhook, { method: 'POST', body, signal })
        if (webhook.kind === 'slack' && said.trim() !== 'ok')
          throw unreadableAnswer(place, `HTTP ${status} without “ok”`)
        return { place, id: unnamedId(key) }
      }
      const { body: said } = await requestWebhook(webhook, {
        method: 'POST',
        query: { wait: 'true' },
        body,
        signal,
      })
      const { id } = readJson(said)
      if (typeof id !== 'string') throw unreadableAnswer(place, 'the answer has no id')
      return { place, id }
    },

    async edit({ place, id }: MessageRef, reply) {
      const webhook = webhookAt(place)
      if (webhook.kind !== 'discord')
        throw new DeliveryError(`webhook: ${webhook.kind} cannot edit (${place})`, {
          outcome: 'unsent',
          human: phrases.everyPlatform.messageNotEditable,
        })
      // An edit keeps what it does not name.
      const body = { embeds: [], components: [], attachments: [], ...drawBody(webhook, place, reply, draw) }
      await requestWebhook(webhook, { method: 'PATCH', path: `/messages/${encodeURIComponent(id)}`, body })
    },

    findPost: async place => {
      throw new DeliveryError(`webhook: a webhook cannot look into its channel (${place})`, {
        outcome: 'unknown',
        human: phrases.webhook.cannotLook,
      })
    },

    async checkAccess(place) {
      const webhook = find(place)
      const none = { post: false, correct: false, look: false }
      if (!webhook) return { ...none, why: phrases.webhook.notSet(webhookVariable(nameIn(place) ?? 'name')) }
      const { kind, name } = webhook
      const repairs = REPAIR_CLASSES[kind]
      return {
        post: true,
        correct: repairs === 'edits',
        look: false,
        repairs,
        name: phrases.webhook.placeName(name, phrases.webhook.services[kind]),
        why: phrases.webhook[repairs === 'edits' ? 'editsHere' : 'secondMessageHere'],
      }
    },
  }
}

/** Draws a reply for a webhook, without controls: nobody could press them. */
function drawBody(
  { kind }: Webhook,
  place: Place,
  { buttons: _, menus: __, ...rest }: Reply,
  draw: WebhookDrawings,
): object {
  const reply = withPictureAsText(rest)
  try {
    return kind === 'teams' ? drawTeamsCard(reply) : draw[kind](reply)
  } catch (cause) {
    throw new DeliveryError(`${cause instanceof Error ? cause.message : cause} (${place})`, {
      outcome: 'unsent',
      human: phrases.everyPlatform.answerTooLong(phrases.webhook.services[kind]),
      cause,
    })
  }
}

/** The id of a message that its service does not name: it is known here by its key alone. */
const unnamedId = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 16)

/** The failure where a request was taken, and nobody knows what became of it. */
const unreadableAnswer = (place: Place, what: string) =>
  new DeliveryError(`webhook: POST: ${what} (${place})`, { outcome: 'unknown' })

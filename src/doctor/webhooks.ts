import { DeliveryError, type Place, platformOf } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import { phrases } from '../phrases/phrases.ts'
import { tryWebhook } from '../platforms/webhook/request.ts'
import { type Webhook, webhookVariable } from '../web/webhook-settings.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('webhooks')

/**
 * Checks the channels that are reached by a webhook. Discord says whether it knows an address; Slack and Teams say so only
 * when something is posted, and doctor posts nothing.
 */
export async function diagnoseWebhooks(
  { webhooks, deskPlace }: Pick<Config, 'webhooks' | 'deskPlace'>,
  digestPlaces: Place[],
): Promise<Finding[]> {
  const asked = new Set([...digestPlaces, deskPlace].filter(place => place !== undefined))
  const known = new Set(webhooks.map(({ name }): string => `webhook:${name}`))
  const findings = [
    ...[...asked].filter(place => platformOf(place) === 'webhook' && !known.has(place)).map(missingFinding),
    ...(
      await Promise.all(webhooks.filter(({ kind }) => kind === 'discord').map(diagnoseDiscordWebhook))
    ).flat(),
  ]
  const untried = webhooks.filter(({ kind }) => kind !== 'discord')
  if (untried.length > 0)
    findings.push(
      note(
        'webhooks-untried',
        `Whether ${untried.map(({ name }) => `webhook:${name}`).join(', ')} works is seen only by a post: npm run nutgraf -- digest send NAME --place webhook:${untried[0]!.name}. Corrections come there as second messages.`,
      ),
    )
  if (webhooks.length === 0 || findings.some(({ severity }) => severity !== 'note')) return findings
  const count = `${webhooks.length} ${webhooks.length === 1 ? 'webhook' : 'webhooks'}`
  return [ok('webhooks', `The ${count} can be used, as far as can be seen without a post.`), ...findings]
}

const missingFinding = (place: Place): Finding =>
  error(
    'webhook-none',
    `${place} is to receive messages, but no address is known for it.`,
    `Set ${webhookVariable(place.slice('webhook:'.length))}.`,
  )

async function diagnoseDiscordWebhook(webhook: Webhook): Promise<Finding[]> {
  const place = `webhook:${webhook.name}`
  try {
    await tryWebhook(webhook)
    return []
  } catch (cause) {
    if (!(cause instanceof DeliveryError)) throw cause
    const { retryInMs, human = phrases.webhook.gone('Discord', webhookVariable(webhook.name)) } = cause
    return retryInMs === undefined
      ? [error('webhook-refused', `Discord refuses the address of ${place}.`, human)]
      : [
          warning(
            'webhook-unreachable',
            `Discord did not answer for ${place}: ${cause.message}.`,
            'Run doctor again in a minute.',
          ),
        ]
  }
}

import type { RepairClass } from '../../chat/access.ts'
import type { Pace, Place } from '../../chat/platform.ts'
import type { WebhookKind } from '../../web/webhook-settings.ts'

/** What happens to a message that is wrong, by the service: only Discord lets a webhook edit what it posted. */
export const REPAIR_CLASSES: Record<WebhookKind, RepairClass> = {
  discord: 'edits',
  slack: 'second message',
  teams: 'second message',
}

/**
 * The ms between two posts: Discord takes 30 a minute in a channel (discord-api-docs#367), Slack one a second, and the
 * workflows of Teams some a minute. We stay a little below each.
 */
const POST_MS: Record<WebhookKind, number> = { discord: 2_050, slack: 1_050, teams: 3_000 }
/** Edits are counted apart from posts. Without a request there is nothing to wait for. */
const EDIT_MS: Record<WebhookKind, number> = { discord: 1_050, slack: 0, teams: 0 }

/** How fast we may write to a webhook of some kind; an address shares its limit with no other. */
export function pace(kind: WebhookKind, place: Place, edit = false): Pace {
  if (edit) return { lane: `${place} edits`, laneMs: EDIT_MS[kind], placeMs: EDIT_MS[kind] }
  return { lane: place, laneMs: POST_MS[kind], placeMs: POST_MS[kind] }
}

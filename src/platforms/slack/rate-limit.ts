import type { Pace, Place } from '../../chat/platform.ts'

/**
 * Slack takes one post a second in a channel and "several hundred" a minute in a workspace
 * (docs.slack.dev/apis/web-api/rate-limits): a little less than the one, and 300 of the other.
 */
const PACE = { laneMs: 200, placeMs: 1_050 }

/** `chat.update` is counted apart, as tier 3: 50 a minute in a workspace (docs.slack.dev/reference/methods/chat.update). */
const EDIT_PACE = { laneMs: 1_230, placeMs: 1_230 }

/** How fast a place may be written to, and the workspace that it shares its limit with. */
export function pace(place: Place, edit = false): Pace {
  const workspace = place.replace(/\/.*/s, '')
  return edit ? { lane: `${workspace} edits`, ...EDIT_PACE } : { lane: workspace, ...PACE }
}

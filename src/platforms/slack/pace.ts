import type { Pace, Place } from '../../chat/platform.ts'

/**
 * Slack allows one post a second in a channel and "several hundred" a minute in a workspace
 * (docs.slack.dev/apis/web-api/rate-limits). We stay a little below the first, and at 300 a minute for the second.
 */
const PACE = { laneMs: 200, placeMs: 1_050 }

/**
 * `chat.update` is counted separately, as tier 3: 50 a minute in a workspace
 * (docs.slack.dev/reference/methods/chat.update). We stay a little below.
 */
const EDIT_PACE = { laneMs: 1_230, placeMs: 1_230 }

/** How fast we may write to a place; its lane is the workspace, for edits a lane of its own. */
export function pace(place: Place, edit = false): Pace {
  const workspace = place.replace(/\/.*/s, '')
  return edit ? { lane: `${workspace} edits`, ...EDIT_PACE } : { lane: workspace, ...PACE }
}

import type { Pace, Place } from '../platform.ts'

/**
 * Slack takes one post a second in a channel and "several hundred" a minute in a workspace
 * (docs.slack.dev/apis/web-api/rate-limits): a little less than the one, and 300 of the other.
 */
const PACE = { laneMs: 200, placeMs: 1_050 }

/** How fast a place may be written to, and the workspace that it shares its limit with. */
export const pace = (place: Place): Pace => ({ lane: place.replace(/\/.*/s, ''), ...PACE })

import type { Pace } from '../../chat/platform.ts'

/**
 * Discord allows a bot 50 requests a second (docs.discord.com/developers/topics/rate-limits), and in practice five
 * posts in five seconds in a channel. We stay a little below both.
 */
const PACE = { lane: 'discord', laneMs: 20.9, placeMs: 1_050 }

/** How fast we may write to a channel. All channels share the limit of the bot. */
export const pace = (): Pace => PACE

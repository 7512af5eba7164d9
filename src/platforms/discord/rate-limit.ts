import type { Pace } from '../../chat/platform.ts'

/**
 * Discord takes 50 requests a second from a bot (docs.discord.com/developers/topics/rate-limits), and in practice five
 * posts in five seconds in a channel: a little less than the one and the other.
 */
const PACE = { lane: 'discord', laneMs: 20.9, placeMs: 1_050 }

/** How fast a channel may be written to; all of them share the limit of the bot. */
export const pace = (): Pace => PACE

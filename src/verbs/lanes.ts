import { type Pace, type Place, platformOf } from '../chat/platform.ts'
import { pace as discord } from '../platforms/discord/rate-limit.ts'
import { pace as slack } from '../platforms/slack/rate-limit.ts'

const PACES: Record<string, (place: Place) => Pace> = { slack, discord }

/** What a place shares its platform’s rate limit with, for rows that are added without a platform at hand. */
export const laneOf = (place: Place): string => PACES[platformOf(place)]?.(place).lane ?? place

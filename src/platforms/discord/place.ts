import { DeliveryError, type Place } from '../../chat/platform.ts'

/**
 * Splits a place into server and channel; the server of a direct message is `@me`. Throws for a place that is not on
 * Discord.
 */
export function splitPlace(place: Place): { guild: string; channel: string } {
  const [, guild, channel] = /^discord:(\d+|@me)\/(\d+)$/.exec(place) ?? []
  if (guild === undefined || channel === undefined)
    throw new DeliveryError(`discord: ${place} is not a place on Discord`, { outcome: 'unsent' })
  return { guild, channel }
}

import { DeliveryError, type Place } from '../../chat/platform.ts'

/** Server and channel of a place; the server of a direct message is `@me`. */
export function splitPlace(place: Place): { guild: string; channel: string } {
  const [, guild, channel] = /^discord:(\d+|@me)\/(\d+)$/.exec(place) ?? []
  if (guild === undefined || channel === undefined)
    throw new DeliveryError(`discord: ${place} is no place on Discord`, { outcome: 'unsent' })
  return { guild, channel }
}

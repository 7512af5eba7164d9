import type { Call, CallerInfo } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/**
 * Why somebody may not change what a place receives, in a sentence; undefined for who may. Whoever manages the place
 * always may. Where the platform tells guests from members, so may every member; where it does not, nobody else.
 */
export function whyReadOnly(call: Call, asks: boolean, about: CallerInfo | undefined): Inline[] | undefined {
  const { rights } = call.caller
  if (rights.includes('manage')) return undefined
  if (!rights.includes('member')) return [phrases.digest.unknownCaller]
  if (asks) {
    if (about?.guest === false) return undefined
    return [about?.guest ? phrases.digest.notForGuests : phrases.digest.guestUnknown]
  }
  const { needsPermission, mentionHidesRights } = phrases.digest
  return call.audience === 'caller' ? [needsPermission] : [`${needsPermission} `, ...mentionHidesRights()]
}

import type { CallerInfo } from '../../chat/caller-info.ts'
import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/**
 * Says why the caller may not change the digests of a place; undefined if they may. People who manage the place always
 * may. Where the platform tells guests from members (`canLookUp`), every member may; where it does not, nobody else.
 */
export function whyReadOnly(
  call: Call,
  canLookUp: boolean,
  info: CallerInfo | undefined,
): Inline[] | undefined {
  const { rights } = call.caller
  if (rights.includes('manage')) return undefined
  if (!rights.includes('member')) return [phrases.digest.unknownCaller]
  if (canLookUp) {
    if (info?.guest === false) return undefined
    return [info?.guest ? phrases.digest.notForGuests : phrases.digest.guestUnknown]
  }
  const { needsPermission, mentionHidesRights } = phrases.digest
  return call.audience === 'caller' ? [needsPermission] : [`${needsPermission} `, ...mentionHidesRights()]
}

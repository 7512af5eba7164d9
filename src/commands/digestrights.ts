import type { About, Call } from '../platform.ts'
import { type Reply, refusal } from '../reply.ts'

/**
 * Why somebody may not change what a place receives; undefined for who may. Whoever manages the place always may. Where
 * the platform tells guests from members, so may every member; where it does not, nobody else.
 */
export function refusedChange(call: Call, asks: boolean, about: About | undefined): Reply | undefined {
  const { rights } = call.caller
  if (rights.includes('manage')) return undefined
  if (!rights.includes('member')) return refusal(['I can’t tell who asks. Nothing was changed.'])
  if (asks) {
    if (about?.guest === false) return undefined
    return about?.guest
      ? refusal(['Guests can’t change digests; a member of this channel can. Nothing was changed.'])
      : refusal(['I can’t check right now whether you are a guest here. Nothing was changed; try again.'])
  }
  const needed = 'Changing digests takes the permission Manage Channels or Manage Server.'
  if (call.audience === 'caller') return refusal([needed, ' Nothing was changed.'])
  return refusal([
    needed,
    ' A mention does not tell me whether you have it, the slash command does: ',
    { code: '/digest' },
    '. Nothing was changed.',
  ])
}

import type { About, Call } from '../platform.ts'
import type { Inline } from '../reply.ts'

/**
 * Why somebody may not change what a place receives, in a sentence; undefined for who may. Whoever manages the place
 * always may. Where the platform tells guests from members, so may every member; where it does not, nobody else.
 */
export function whyOnlyLook(call: Call, asks: boolean, about: About | undefined): Inline[] | undefined {
  const { rights } = call.caller
  if (rights.includes('manage')) return undefined
  if (!rights.includes('member')) return ['I can’t tell who asks.']
  if (asks) {
    if (about?.guest === false) return undefined
    return about?.guest
      ? ['Guests can’t change digests; a member of this channel can.']
      : ['I can’t check right now whether you are a guest here; try again.']
  }
  const needed = 'Changing digests takes the permission Manage Channels or Manage Server.'
  if (call.audience === 'caller') return [needed]
  return [
    needed,
    ' A mention does not tell me whether you have it, the slash command does: ',
    { code: '/digest' },
    '.',
  ]
}

import { type About, type Call, type Place, platformOf } from '../chat/platform.ts'
import { type Reply, refusal, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ReportRoom } from './report.ts'

/** Switches reports off or on, in a channel or in all of its server, for who may do that there. */
export async function switched(
  { on, whole }: { on: boolean; whole: boolean },
  call: Call,
  room: ReportRoom,
): Promise<Reply> {
  const platform = room.platform(platformOf(call.place))
  const refused = mayNot(call, whole, platform?.about !== undefined, await platform?.about?.(call.caller))
  if (refused) return refused
  const place = whole ? wholeOf(call.place) : call.place
  const changed = await room.store.turnReports(place, on, call.caller.id)
  room.log.info({ place, on, by: call.caller.id }, 'report: switched')
  const back = `/nutgraf report ${on ? 'off' : 'on'}${whole ? ' server' : ''}`
  return {
    blocks: [text(...phrases.report.switched({ on, whole, changed }, back))],
    parts: [],
    audience: call.audience,
    guide: true,
  }
}

/**
 * Who may not. In a channel they who may change its digests may; for a whole server or workspace it takes somebody who
 * manages it, and a direct message belongs to none.
 */
function mayNot(call: Call, whole: boolean, asks: boolean, about: About | undefined): Reply | undefined {
  const { rights } = call.caller
  const manages = rights.includes('manage')
  if (whole) {
    if (DIRECT.test(call.place)) return refusal([phrases.report.ofNoServer])
    const may = asks ? about?.admin === true : manages
    return may ? undefined : refusal([asks ? phrases.report.forAdmins : phrases.report.forManagers])
  }
  if (manages) return undefined
  if (!asks) return refusal([phrases.report.forManagers])
  const member = about?.guest === false && rights.includes('member')
  return member ? undefined : refusal([phrases.report.forMembers])
}

/** Conversations of two: on Slack their ids begin with a D, on Discord they are on no server. */
const DIRECT = /^slack:[^/]+\/D|^discord:@me\//

/** A place, and the server or workspace that it belongs to. */
export const scopesOf = (place: Place): Place[] => [place, wholeOf(place)]

/** All places of a server or workspace, as one. */
const wholeOf = (place: Place): Place =>
  `${place.slice(0, Math.max(place.lastIndexOf('/'), place.indexOf(':')))}/*` as Place

import {
  type Call,
  type CallerInfo,
  MAX_REPORT_CHARACTERS,
  type Place,
  platformOf,
} from '../chat/platform.ts'
import { type Inline, type Reply, refusal, text } from '../chat/reply.ts'
import { harmlessName } from '../chat/safe-text.ts'
import { phrases } from '../phrases/phrases.ts'
import { StoreError } from '../store/engine.ts'
import type { CommandContext, ReportContext } from './context.ts'
import { type ParsedLine, parseLine } from './line.ts'

/** `/nutgraf report <one sentence>`: tells the desk of a mistake; `off` and `on` switch that for a place. */
export function report(typed: ParsedLine, call: Call, newsroom: CommandContext): Reply | Promise<Reply> {
  const { reports: room } = newsroom
  if (typed.flags.public !== undefined) return refusal([phrases.report.neverPublic])
  const said = reportedSentence(call.text)
  if (said === '') return room && room.deskPlace === undefined ? NO_DESK : refusal(howToReport(call))
  if (!room) return refusal([phrases.report.needsBot])
  // Whoever wrote it about a message means a sentence, be it of one word.
  const work = call.message ? undefined : parseSwitch(said)
  return (work ? switchReports(work, call, room) : sendReport(said, call, room)).catch(cause => {
    if (!(cause instanceof StoreError)) throw cause
    room.log.error({ err: cause, place: call.place }, 'report: the store failed')
    return refusal([phrases.report.storeUnavailable])
  })
}

const NO_DESK = refusal([phrases.report.noDesk])

/** How to report; the preview has no menus at its messages. */
const howToReport = ({ place }: Call): Inline[] => phrases.report.howTo(platformOf(place) !== 'preview')

/** The sentence as it was typed, dashes and quotation marks included; from a picker it comes in marks of its own. */
function reportedSentence(typed: string): string {
  const rest = typed.trim().replace(/^\S+\s*/, '')
  const { args, flags } = parseLine(rest)
  const picked = rest.startsWith('"') && args.length === 1 && Object.keys(flags).length === 0
  return (picked ? args[0]! : rest).replace(BREAKING_CHARACTERS, ' ').trim()
}

/** Of what cannot be printed only what breaks a sentence: what joins emoji stays. */
const BREAKING_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** `off`, `on`, `off server`: what is to be switched, and whether it is more than this channel. */
function parseSwitch(said: string): { on: boolean; whole: boolean } | undefined {
  const found = /^(on|off)(?:\s+(here|server|workspace))?$/i.exec(said)
  return found
    ? { on: found[1]!.toLowerCase() === 'on', whole: /server|workspace/i.test(found[2] ?? '') }
    : undefined
}

async function sendReport(said: string, call: Call, room: ReportContext): Promise<Reply> {
  const { store, deskPlace, log } = room
  if (said.length > MAX_REPORT_CHARACTERS)
    return refusal([phrases.report.tooLong(said.length, MAX_REPORT_CHARACTERS)])
  if (deskPlace === undefined) return NO_DESK
  const at = call.at
  const outcome = await store.reports.tryAdd(
    {
      key: `notice report ${call.caller.id} ${at}`,
      ...{
        kind: 'notice',
        place: deskPlace,
        lane: room.platform(platformOf(deskPlace))?.pace?.(deskPlace).lane ?? deskPlace,
      },
      ...{ number: 1, state: 'due', dueAt: at },
      selection: JSON.stringify({ runs: reportNotice(said, call, room) }),
    },
    { asker: call.caller.id, scopes: reportScopes(call.place) },
  )
  if (outcome === 'off') return refusal([phrases.report.reportsOff])
  if (typeof outcome === 'object') return refusal([phrases.report.rateLimited(waitTime(outcome.waitMs))])
  log.info({ place: call.place }, 'report: written down for the desk')
  await store.notify()
  return {
    blocks: [text(call.message ? phrases.report.thanksForMessage : phrases.report.thanks)],
    parts: [],
    audience: call.audience,
    guide: true,
  }
}

/** What the desk reads. All of it is data: it can ping nobody, whatever was typed. */
function reportNotice(said: string, { caller, place, message }: Call, room: ReportContext): Inline[] {
  const link = message && room.platform(platformOf(message.place))?.link?.(message)
  return phrases.report.deskReport(
    said,
    { id: caller.id, name: harmlessName(caller.name) },
    { place: message?.place ?? place, message: message?.id, link },
  )
}

function waitTime(ms: number): { minutes: number } | { hours: number } {
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  return minutes < 60 ? { minutes } : { hours: Math.ceil(minutes / 60) }
}

/** Switches reports off or on, in a channel or in all of its server, for who may do that there. */
export async function switchReports(
  { on, whole }: { on: boolean; whole: boolean },
  call: Call,
  room: ReportContext,
): Promise<Reply> {
  const platform = room.platform(platformOf(call.place))
  const refused = switchProblem(
    call,
    whole,
    platform?.lookUpCaller !== undefined,
    await platform?.lookUpCaller?.(call.caller),
  )
  if (refused) return refused
  const place = whole ? serverScope(call.place) : call.place
  const changed = await room.store.reports.setEnabled(place, on, call.caller.id)
  room.log.info({ place, on, by: call.caller.id }, 'report: switched')
  const back = `/nutgraf report ${on ? 'off' : 'on'}${whole ? ' server' : ''}`
  return {
    blocks: [text(...phrases.report.reportsSwitched({ on, whole, changed }, back))],
    parts: [],
    audience: call.audience,
    guide: true,
  }
}
/** A place, and the server or workspace that it belongs to. */
export const reportScopes = (place: Place): Place[] => [place, serverScope(place)]
/**
 * Who may not. In a channel they who may change its digests may; for a whole server or workspace it takes somebody who
 * manages it, and a direct message belongs to none.
 */
function switchProblem(
  call: Call,
  whole: boolean,
  asks: boolean,
  about: CallerInfo | undefined,
): Reply | undefined {
  const { rights } = call.caller
  const manages = rights.includes('manage')
  if (whole) {
    if (DIRECT_MESSAGE_PLACE.test(call.place)) return refusal([phrases.report.notInDirectMessage])
    const may = asks ? about?.admin === true : manages
    return may ? undefined : refusal([asks ? phrases.report.adminsOnly : phrases.report.managersOnly])
  }
  if (manages) return undefined
  if (!asks) return refusal([phrases.report.managersOnly])
  const member = about?.guest === false && rights.includes('member')
  return member ? undefined : refusal([phrases.report.membersOnly])
}
/** All places of a server or workspace, as one. */
const serverScope = (place: Place): Place =>
  `${place.slice(0, Math.max(place.lastIndexOf('/'), place.indexOf(':')))}/*` as Place
/** Conversations of two: on Slack their ids begin with a D, on Discord they are on no server. */
const DIRECT_MESSAGE_PLACE = /^slack:[^/]+\/D|^discord:@me\//

import type { CallerInfo } from '../chat/caller-info.ts'
import { type Call, MAX_REPORT_CHARACTERS, type Place, platformOf } from '../chat/platform.ts'
import { type Inline, type Reply, refusal, text } from '../chat/reply.ts'
import { harmlessName } from '../chat/safe-text.ts'
import { phrases } from '../phrases/phrases.ts'
import { StoreError } from '../store/engine.ts'
import type { CommandContext, ReportContext } from './context.ts'
import { type ParsedLine, parseLine } from './line.ts'

/**
 * `/nutgraf report <one sentence>`: reports a mistake to the desk; `off` and `on` turn reports off and on in a place.
 */
export function report(parsed: ParsedLine, call: Call, newsroom: CommandContext): Reply | Promise<Reply> {
  const { reports: context } = newsroom
  if (parsed.flags.public !== undefined) return refusal([phrases.report.neverPublic])
  const sentence = reportedSentence(call.text)
  if (sentence === '')
    return context && context.deskPlace === undefined ? refuseWithoutDesk(call) : refusal(howToReport(call))
  if (!context) return refusal([phrases.report.needsBot])
  // A report about a message is always a sentence, even if it is the single word “off”.
  const change = call.message ? undefined : parseSwitch(sentence)
  return (change ? switchReports(change, call, context) : sendReport(sentence, call, context)).catch(
    cause => {
      if (!(cause instanceof StoreError)) throw cause
      context.log.error({ err: cause, place: call.place }, 'report: the store failed')
      return refusal([phrases.report.storeUnavailable])
    },
  )
}

const refuseWithoutDesk = ({ place }: Call) => refusal(phrases.report.noDesk(place))

/** How to report. The preview's messages have no menu, so it is not mentioned there. */
const howToReport = ({ place }: Call): Inline[] => phrases.report.howTo(platformOf(place) !== 'preview')

/** The sentence as typed, dashes and quotation marks included; a picker adds quotation marks, which are removed. */
function reportedSentence(typed: string): string {
  const rest = typed.trim().replace(/^\S+\s*/, '')
  const { args, flags } = parseLine(rest)
  const isFromPicker = rest.startsWith('"') && args.length === 1 && Object.keys(flags).length === 0
  return (isFromPicker ? args[0]! : rest).replace(BREAKING_CHARACTERS, ' ').trim()
}

/** Unprintable characters that would break a sentence; those that join emoji are left out, so that emoji stay whole. */
const BREAKING_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Reads `off`, `on` or `off server`: which way reports are turned, and whether in the whole server or workspace. */
function parseSwitch(sentence: string): { on: boolean; whole: boolean } | undefined {
  const match = /^(on|off)(?:\s+(here|server|workspace))?$/i.exec(sentence)
  return match
    ? { on: match[1]!.toLowerCase() === 'on', whole: /server|workspace/i.test(match[2] ?? '') }
    : undefined
}

async function sendReport(sentence: string, call: Call, context: ReportContext): Promise<Reply> {
  const { store, deskPlace, log } = context
  if (sentence.length > MAX_REPORT_CHARACTERS)
    return refusal([phrases.report.tooLong(sentence.length, MAX_REPORT_CHARACTERS)])
  if (deskPlace === undefined) return refuseWithoutDesk(call)
  const at = call.at
  const outcome = await store.reports.tryAdd(
    {
      key: `notice report ${call.caller.id} ${at}`,
      kind: 'notice',
      place: deskPlace,
      lane: context.platform(platformOf(deskPlace))?.pace?.(deskPlace).lane ?? deskPlace,
      number: 1,
      state: 'due',
      dueAt: at,
      selection: JSON.stringify({ runs: reportNotice(sentence, call, context) }),
    },
    { asker: call.caller.id, scopes: reportScopes(call.place) },
  )
  if (outcome === 'off') return refusal([phrases.report.reportsOff])
  if (typeof outcome === 'object') return refusal([phrases.report.rateLimited(waitTime(outcome.waitMs))])
  log.info({ place: call.place }, 'report: stored for the desk')
  await store.notify()
  return {
    blocks: [text(call.message ? phrases.report.thanksForMessage : phrases.report.thanks)],
    parts: [],
    audience: call.audience,
    guide: true,
  }
}

/** Builds the notice that the desk reads. All of it is data, so it can ping nobody whatever was typed. */
function reportNotice(sentence: string, { caller, place, message }: Call, context: ReportContext): Inline[] {
  const link = message && context.platform(platformOf(message.place))?.link?.(message)
  return phrases.report.deskReport(
    sentence,
    { id: caller.id, name: harmlessName(caller.name) },
    { place: message?.place ?? place, message: message?.id, link },
  )
}

function waitTime(ms: number): { minutes: number } | { hours: number } {
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  return minutes < 60 ? { minutes } : { hours: Math.ceil(minutes / 60) }
}

/** Turns reports off or on in a channel or its whole server, or refuses a caller who may not. */
export async function switchReports(
  { on, whole }: { on: boolean; whole: boolean },
  call: Call,
  context: ReportContext,
): Promise<Reply> {
  const platform = context.platform(platformOf(call.place))
  const canLookUp = platform?.lookUpCaller !== undefined
  const problem = switchProblem(call, whole, canLookUp, await platform?.lookUpCaller?.(call.caller))
  if (problem) return problem
  const place = whole ? serverScope(call.place) : call.place
  const changed = await context.store.reports.setEnabled(place, on, call.caller.id)
  context.log.info({ place, on, by: call.caller.id }, 'report: turned off or on')
  const undoLine = `/nutgraf report ${on ? 'off' : 'on'}${whole ? ' server' : ''}`
  return {
    blocks: [text(...phrases.report.reportsSwitched({ on, whole, changed }, undoLine))],
    parts: [],
    audience: call.audience,
    guide: true,
  }
}

/** A place, and the server or workspace that it belongs to: reports may be off in either. */
export const reportScopes = (place: Place): Place[] => [place, serverScope(place)]

/**
 * Refuses a caller who may not turn reports off or on. In a channel, whoever may change its digests may; for a whole
 * server or workspace only somebody who manages it, and a direct message belongs to none.
 */
function switchProblem(
  call: Call,
  whole: boolean,
  canLookUp: boolean,
  info: CallerInfo | undefined,
): Reply | undefined {
  const { rights } = call.caller
  const isManager = rights.includes('manage')
  if (whole) {
    if (isDirectMessage(call.place)) return refusal([phrases.report.notInDirectMessage])
    const isAllowed = canLookUp ? info?.admin === true : isManager
    if (isAllowed) return undefined
    return refusal([canLookUp ? phrases.report.adminsOnly : phrases.report.managersOnly])
  }
  if (isManager) return undefined
  if (!canLookUp) return refusal([phrases.report.managersOnly])
  const isMember = info?.guest === false && rights.includes('member')
  return isMember ? undefined : refusal([phrases.report.membersOnly])
}

/** Stands for all places of a server or workspace. */
const serverScope = (place: Place): Place =>
  `${place.slice(0, Math.max(place.lastIndexOf('/'), place.indexOf(':')))}/*` as Place

/** Whether a place is a direct message: on Slack its id begins with a D, on Discord it belongs to no server. */
export const isDirectMessage = (place: Place) => /^slack:[^/]+\/D|^discord:@me\//.test(place)

import type { Access } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import type { Digest } from '../../content/digest.ts'
import { isZone, localDate, readableDay } from '../../dates.ts'
import { missedBefore } from '../../digests/schedule.ts'
import { LATE_MS } from '../../digests/slots.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { type DigestView, platformOfCall, waitBriefly } from './run.ts'
import { nextMoment, rhythmText, settingMoment, storiesText, subscribedStories } from './setting.ts'

/** So many editions back it is told what was missed. */
const RECENT_EDITIONS = 14
const MAX_MISSED = 3

/** `/digest status`: what a place receives, when, what became of the last one, and what we may do here. */
export async function digestStatus(ask: DigestRequest): Promise<Reply> {
  const { digests, call, library, flags } = ask
  const [access, here] = await Promise.all([
    waitBriefly(platformOfCall(ask)?.checkAccess?.(call.place), digests),
    digests.store.subscriptions.list(call.place),
  ])
  const editions = await Promise.all(
    here.map(one => digests.store.ledger.editions(call.place, one.digest, RECENT_EDITIONS)),
  )
  const names = new Set(here.map(one => one.digest))
  const others = library.digests.filter(digest => !names.has(digest.name))
  if (here.length + others.length === 0) return refusal([phrases.digest.noDigests])
  const units = [
    ...here.map((one, index) => pageUnit(text(...subscriptionText(ask, one, editions[index]!)))),
    ...others.map(digest => pageUnit(text(...notSubscribedText(digest)))),
    pageUnit(note(accessText(access))),
  ]
  const frame = { title: phrases.digestStatus.title(harmlessName(access?.name)) }
  return { ...renderPage(undefined, frame, units, { page: flags.page, line: '/digest status' }), parts: [] }
}

const pageUnit = (block: PageUnit['block']): PageUnit => ({ block, sources: [], part: '' })

const notSubscribedText = ({ name, title, about }: Digest): Inline[] =>
  phrases.digestStatus.notOn(title, about, `/digest on ${name}`)

function subscriptionText(ask: DigestRequest, one: Subscription, editions: Delivery[]): Inline[] {
  const { library, call } = ask
  const digest = library.digest(one.digest)
  const present = localDate(call.at, isZone(one.zone) ? one.zone : 'UTC')
  const setOn = readableDay(localDate(one.setAt, isZone(one.zone) ? one.zone : 'UTC'), present)
  const says = phrases.digestStatus
  const missed = missedText(ask, one, editions)
  return [
    { bold: digest?.title ?? one.digest },
    ` (${one.digest}) · ${says[one.state]} · ${rhythmText(one)}\n`,
    ...(one.state === 'paused' ? [...pausedText(one), '\n'] : []),
    ...(digest
      ? [storiesText(subscribedStories(library, digest, one))]
      : says.noLongerOffered(`/digest off ${one.digest}`)),
    '\n',
    ...lastEditionText(ask, one, editions[0]),
    ...(one.state === 'on' ? [` · ${phrases.digest.next(nextMoment(one, call.at))}`] : []),
    '\n',
    ...(missed === undefined ? [] : [`${missed}\n`]),
    says.setBy(one.setByName, setOn),
  ]
}

function pausedText({ digest, reason }: Subscription): Inline[] {
  const { whyPaused, notDelivered } = phrases.digestStatus
  return whyPaused(reason ?? notDelivered, `/digest on ${digest}`)
}

/** What became of the last edition that a place had. */
export function lastEditionText(ask: DigestView, one: Subscription, last: Delivery | undefined): Inline[] {
  if (last?.slot === undefined) return [phrases.digestStatus.noneYet]
  return phrases.digestStatus.last(settingMoment(one, last.slot, ask.call.at), editionResult(ask, one, last))
}

/** What became of an edition, in words. */
function editionResult(ask: DigestView, one: Subscription, last: Delivery): Inline[] {
  const says = phrases.digestStatus
  switch (last.state) {
    case 'sent': {
      const late = (last.settledAt ?? 0) - (last.slot ?? 0) > LATE_MS
      const link = last.message && platformOfCall(ask)?.link?.(last.message)
      return says.posted(late ? settingMoment(one, last.settledAt!, ask.call.at) : undefined, link)
    }
    case 'quiet':
      return [says.quiet]
    case 'missed':
      return [says.missed]
    case 'doubt':
      return [says.inDoubt]
    case 'failed':
      return [says.failed(last.error === undefined ? undefined : parseFailure(last.error).human)]
    case 'withdrawn':
      return [says.withdrawn]
    case 'due':
    case 'sending':
      return [last.attempts > 1 ? says.notPostedYet(last.attempts) : says.beingPosted]
  }
}

function missedText({ call }: DigestRequest, one: Subscription, editions: Delivery[]): string | undefined {
  const missed = editions.filter(({ state }) => state === 'missed')
  if (missed.length === 0) return undefined
  const shown = missed.slice(0, MAX_MISSED).map(({ slot = 0 }) => settingMoment(one, slot, call.at))
  // The oldest of a long row tells of those before it.
  const all = missed.length + missedBefore(missed.at(-1)?.error)
  return phrases.digestStatus.allMissed(shown, all - shown.length)
}

/** What we may do in this place, in words. */
const accessText = (access: Access | undefined): string =>
  access ? phrases.digestStatus.permissionsHere(access) : phrases.digestStatus.permissionsUnknown

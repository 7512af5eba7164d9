import type { Access } from '../../chat/access.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import { approvalRule, type Digest, isAtOnce } from '../../content/digest.ts'
import { isZone, localDate, readableDay } from '../../dates/dates.ts'
import { isNotApproved, missedBefore } from '../../digests/schedule.ts'
import { LATE_MS } from '../../digests/slots.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure-text.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { plainUnit, renderPage } from '../pages.ts'
import { filterText } from './filter-words.ts'
import { type DigestView, platformOfCall, waitBriefly } from './run.ts'
import {
  limitsText,
  nextMoment,
  rhythmText,
  settingMoment,
  storiesText,
  subscribedStories,
} from './setting.ts'

/** How many editions are searched for missed ones: those of two weeks of a daily digest. */
const RECENT_EDITIONS = 14
const MAX_MISSED = 3

/** `/digest status`: the digests of a place, when each is posted, how the last one went, and what the bot may do. */
export async function digestStatus(request: DigestRequest): Promise<Reply> {
  const { digests, call, library, flags } = request
  const [access, subscriptions] = await Promise.all([
    waitBriefly(platformOfCall(request)?.checkAccess?.(call.place), digests),
    digests.store.subscriptions.list(call.place),
  ])
  const editions = await Promise.all(
    subscriptions.map(({ digest }) => digests.store.ledger.editions(call.place, digest, RECENT_EDITIONS)),
  )
  const names = new Set(subscriptions.map(({ digest }) => digest))
  const others = library.digests.filter(digest => !names.has(digest.name))
  if (subscriptions.length + others.length === 0) return refusal([phrases.digest.noDigests])
  const units = [
    ...subscriptions.map((subscription, index) =>
      plainUnit(text(...subscriptionText(request, subscription, editions[index]!))),
    ),
    ...others.map(digest => plainUnit(text(...notSubscribedText(digest)))),
    plainUnit(note(accessText(access))),
  ]
  const frame = { title: phrases.digestStatus.title(harmlessName(access?.name)) }
  return { ...renderPage(undefined, frame, units, { page: flags.page, line: '/digest status' }), parts: [] }
}

const notSubscribedText = ({ name, title, about }: Digest): Inline[] =>
  phrases.digestStatus.notOn(title, about, `/digest on ${name}`)

function subscriptionText(
  request: DigestRequest,
  subscription: Subscription,
  editions: Delivery[],
): Inline[] {
  const { library, call } = request
  const { digest: name, state } = subscription
  const digest = library.digest(name)
  const zone = isZone(subscription.zone) ? subscription.zone : 'UTC'
  const setOn = readableDay(localDate(subscription.setAt, zone), localDate(call.at, zone))
  const words = phrases.digestStatus
  const missed = missedText(request, subscription, editions)
  const filter = filterText(subscription, { library, isPublic: call.audience === 'place' })
  return [
    { bold: digest?.title ?? name },
    ` (${name}) · ${words[state]} · ${rhythmText(subscription)}${needsText(digest)}\n`,
    ...(state === 'paused' ? [...pausedText(subscription), '\n'] : []),
    ...(digest
      ? [storiesText(subscribedStories(library, digest, subscription))]
      : words.noLongerOffered(`/digest off ${name}`)),
    ...(filter === undefined ? [] : [`\n${filter}`]),
    '\n',
    ...(isAtOnce(subscription)
      ? [(digest ? limitsText(digest) : []).join('')]
      : lastEditionText(request, subscription, editions[0])),
    ...(state === 'on' ? [` · ${phrases.digest.next(nextMoment(subscription, call.at))}`] : []),
    '\n',
    ...(missed === undefined ? [] : [`${missed}\n`]),
    words.setBy(subscription.setByName, setOn),
  ]
}

/** Says of a digest whose editions the desk must approve that they wait for that. */
const needsText = (digest: Digest | undefined): string =>
  approvalRule(digest) ? ` · ${phrases.approval.needsApproval}` : ''

function pausedText({ digest, reason }: Subscription): Inline[] {
  const { whyPaused, notDelivered } = phrases.digestStatus
  return whyPaused(reason ?? notDelivered, `/digest on ${digest}`)
}

/** Says when the last edition in a place was due, and what its result was. */
export function lastEditionText(
  view: DigestView,
  subscription: Subscription,
  last: Delivery | undefined,
): Inline[] {
  if (last?.slot === undefined) return [phrases.digestStatus.noneYet]
  return phrases.digestStatus.last(
    settingMoment(subscription, last.slot, view.call.at),
    editionResult(view, subscription, last),
  )
}

/** The result of an edition. */
function editionResult(view: DigestView, subscription: Subscription, edition: Delivery): Inline[] {
  const words = phrases.digestStatus
  const { state, slot = 0, settledAt = 0, message, error, attempts } = edition
  switch (state) {
    case 'sent': {
      const isLate = settledAt - slot > LATE_MS
      const link = message && platformOfCall(view)?.link?.(message)
      return words.posted(isLate ? settingMoment(subscription, settledAt, view.call.at) : undefined, link)
    }
    case 'quiet':
      return [words.quiet]
    case 'missed':
      return [isNotApproved(edition) ? phrases.approval.notApproved : words.missed]
    case 'held':
      return [phrases.approval.waitsNow]
    case 'doubt':
      return [words.inDoubt]
    case 'failed':
      return [words.failed(error === undefined ? undefined : parseFailure(error).human)]
    case 'withdrawn':
      return [words.withdrawn]
    case 'due':
    case 'sending':
      return [attempts > 1 ? words.notPostedYet(attempts) : words.beingPosted]
  }
}

function missedText(
  { call }: DigestRequest,
  subscription: Subscription,
  editions: Delivery[],
): string | undefined {
  const missed = editions.filter(edition => edition.state === 'missed' && !isNotApproved(edition))
  if (missed.length === 0) return undefined
  const shown = missed.slice(0, MAX_MISSED).map(({ slot = 0 }) => settingMoment(subscription, slot, call.at))
  // The oldest missed edition also says how many were missed before it.
  const count = missed.length + missedBefore(missed.at(-1)?.error)
  return phrases.digestStatus.allMissed(shown, count - shown.length)
}

/** Says what the bot may do in this place. */
const accessText = (access: Access | undefined): string =>
  access ? phrases.digestStatus.permissionsHere(access) : phrases.digestStatus.permissionsUnknown

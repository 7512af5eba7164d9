import type { Digest } from '../content/digest.ts'
import { dayOf, isZone, readableDay } from '../dates.ts'
import { LATE_MS } from '../digests/slots.ts'
import type { Access } from '../platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../reply.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Subscription } from '../store/subscriptions.ts'
import { placeIn } from './digestconfirm.ts'
import { type DigestAsk, type DigestLook, platformAt, soon } from './digestdesk.ts'
import { momentIn, rhythmLine, storiesIn, storiesLine, whenNext } from './digestsetting.ts'
import { paged, type Unit } from './pages.ts'

/** So many editions back it is told what was missed. */
const NEWEST = 14
const MOST_MISSED = 3
/** Errors are for the log; of a longer one the beginning is enough to find it there. */
const MOST_REASON = 160

/** `/digest status`: what a place receives, when, what became of the last one, and what we may do here. */
export async function digestStatus(ask: DigestAsk): Promise<Reply> {
  const { desk, call, library, flags } = ask
  const [access, here] = await Promise.all([
    soon(platformAt(ask)?.access?.(call.place), desk),
    desk.store.subscriptions(call.place),
  ])
  const editions = await Promise.all(here.map(one => desk.store.editions(call.place, one.digest, NEWEST)))
  const names = new Set(here.map(one => one.digest))
  const others = library.digests.filter(digest => !names.has(digest.name))
  if (here.length + others.length === 0)
    return refusal(['There is no digest yet: editors define them in digests.yml.'])
  const units = [
    ...here.map((one, index) => unit(text(...subscribed(ask, one, editions[index]!)))),
    ...others.map(digest => unit(text(...notTaken(digest)))),
    unit(note(...allowed(access))),
  ]
  const frame = { title: access?.name === undefined ? 'Digests here' : `Digests ${placeIn(access.name)}` }
  return { ...paged(undefined, frame, units, { page: flags.page, line: '/digest status' }), parts: [] }
}

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })

function notTaken({ name, title, about }: Digest): Inline[] {
  const what = about === undefined ? '' : ` · ${about}`
  return [{ bold: title }, ` · off${what} · start: `, { code: `/digest on ${name}` }]
}

function subscribed(ask: DigestAsk, one: Subscription, editions: Delivery[]): Inline[] {
  const { library, call } = ask
  const digest = library.digest(one.digest)
  const present = dayOf(call.at, isZone(one.zone) ? one.zone : 'UTC')
  const setOn = readableDay(dayOf(one.setAt, isZone(one.zone) ? one.zone : 'UTC'), present)
  const who = one.setByName === undefined ? 'Set' : `Set by ${one.setByName}`
  const missed = missedLine(ask, one, editions)
  return [
    { bold: digest?.title ?? one.digest },
    ` (${one.digest}) · ${one.state === 'on' ? 'ON' : 'PAUSED'} · ${rhythmLine(one)}\n`,
    ...(one.state === 'paused' ? pausedLine(one) : []),
    ...(digest
      ? [`${storiesLine(storiesIn(library, digest, one))}\n`]
      : ['No longer offered. Stop it: ', { code: `/digest off ${one.digest}` }, '\n']),
    ...lastLine(ask, one, editions[0]),
    ...(one.state === 'on' ? [` · Next: ${whenNext(one, call.at)}`] : []),
    '\n',
    ...(missed === undefined ? [] : [`${missed}\n`]),
    `${who}, ${setOn}`,
  ]
}

const pausedLine = ({ digest, reason }: Subscription): Inline[] => [
  `Why: ${reason === undefined ? 'it could not be delivered' : shortened(reason)} Switch it on again: `,
  { code: `/digest on ${digest}` },
  '\n',
]

const shortened = (reason: string) => (reason.length > MOST_REASON ? 'the log says more.' : sentence(reason))
const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`)

/** What became of the last edition that a place had. */
export function lastLine(ask: DigestLook, one: Subscription, last: Delivery | undefined): Inline[] {
  if (last?.slot === undefined) return ['Last: none yet']
  return [`Last: ${momentIn(one, last.slot, ask.call.at)}, `, ...resultOf(ask, one, last)]
}

/** What became of an edition, in words. */
function resultOf(ask: DigestLook, one: Subscription, last: Delivery): Inline[] {
  switch (last.state) {
    case 'sent': {
      const late = (last.settledAt ?? 0) - (last.slot ?? 0) > LATE_MS
      const posted = late ? `posted ${momentIn(one, last.settledAt!, ask.call.at)}` : 'posted'
      const link = last.message && platformAt(ask)?.link?.(last.message)
      return link === undefined ? [posted] : [`${posted} (`, { link, text: 'open' }, ')']
    }
    case 'quiet':
      return ['nothing new, so no post']
    case 'missed':
      return ['missed: I was not running']
    case 'doubt':
      return ['in doubt: nobody can say whether it was posted, so I don’t post it again']
    case 'failed':
      return [`failed: ${shortened(last.error ?? 'no reason is known')}`]
    case 'withdrawn':
      return ['withdrawn']
    case 'due':
    case 'sending':
      return [last.attempts > 1 ? `not posted yet, ${last.attempts} attempts so far` : 'being posted now']
  }
}

function missedLine({ call }: DigestAsk, one: Subscription, editions: Delivery[]): string | undefined {
  const missed = editions.filter(({ state }) => state === 'missed')
  if (missed.length === 0) return undefined
  const shown = missed.slice(0, MOST_MISSED).map(({ slot = 0 }) => momentIn(one, slot, call.at))
  const more = missed.length - shown.length
  // The oldest of a long row tells of those before it.
  const before = missed.at(-1)?.error?.split('; ')[1]
  return [
    `Missed while I was not running: ${shown.join(', ')}`,
    more > 0 && ` and ${more} more`,
    before && ` (${before})`,
  ]
    .filter(Boolean)
    .join('')
}

/** What we may do in this place, in words. */
function allowed(access: Access | undefined): Inline[] {
  if (!access) return ['I can’t tell right now what I may do in this channel.']
  const { post, correct, look, why } = access
  const says = [
    post ? 'can post ✓' : 'can’t post ✗',
    correct ? 'can correct ✓' : 'can’t correct ✗',
    look
      ? 'can look back ✓'
      : 'can’t read history: if a crash leaves it unclear whether a brief was posted, I stop and tell the desk; I don’t post twice',
  ].join(' · ')
  return [`This channel: ${[says, why].filter(Boolean).join('. ')}`]
}

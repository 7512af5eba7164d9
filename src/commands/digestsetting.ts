import type { Digest } from '../content/digest.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { isZone, readableMoment } from '../dates.ts'
import { readableRhythm } from '../digests/rhythm.ts'
import { rhythmOf } from '../digests/schedule.ts'
import { nextSlot } from '../digests/slots.ts'
import { type Action, type Inline, note, type Reply, text } from '../reply.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Subscription } from '../store/subscriptions.ts'

/** What a place takes of a digest, apart from when it comes next. */
export type Setting = Pick<Subscription, 'time' | 'zone' | 'days' | 'stories' | 'quiet'>

/** The names of stories take no more room than this; of the others it is said how many they are. */
const MOST_NAMES = 240

export const QUIET_DAYS = { skip: 'quiet days: no post', note: 'quiet days: one line' }

/** `Mon–Fri 07:30 Chicago time (America/Chicago) · quiet days: no post` */
export const rhythmLine = (setting: Setting): string =>
  `${isZone(setting.zone) ? readableRhythm(rhythmOf(setting)) : `${setting.time} ${setting.zone}`} · ${QUIET_DAYS[setting.quiet]}`

/** The stories that a place gets of a digest. */
export const storiesIn = (library: Library, digest: Digest, { stories }: Pick<Setting, 'stories'>): Story[] =>
  library.storiesOf(digest, stories.split(',').filter(Boolean))

/** `2 stories: lawsuit, welcoming-city`; where they are many, the last ones are counted. */
export function storiesLine(stories: Story[]): string {
  const names: string[] = []
  let length = 0
  for (const { slug } of stories) {
    length += slug.length + 2
    if (length > MOST_NAMES) break
    names.push(slug)
  }
  const more = stories.length - names.length
  const all = [names.join(', '), more > 0 && `and ${more} more`].filter(Boolean).join(' ')
  return `${stories.length === 1 ? '1 story' : `${stories.length} stories`}: ${all}`
}

/** A moment on the clocks of a setting; on those of UTC where its zone is none any more. */
export const momentIn = ({ zone }: Pick<Setting, 'zone'>, at: number, now: number): string =>
  readableMoment(at, isZone(zone) ? zone : 'UTC', now)

/** When a subscription comes next; what is due right now comes in a moment. */
export const whenNext = (one: Pick<Subscription, 'zone' | 'nextSlot'>, now: number): string =>
  one.nextSlot <= now ? 'in a moment' : momentIn(one, one.nextSlot, now)

/**
 * When a setting comes first: never twice for one day, whatever was changed. A slot that is due right now, and not
 * taken up yet, stays as it is.
 */
export function firstSlot(
  setting: Setting,
  at: number,
  before: { old?: Subscription | undefined; editions: Delivery[] },
): Pick<Subscription, 'nextSlot' | 'nextDate'> {
  const { old, editions } = before
  if (old?.state === 'on' && old.nextSlot <= at) return { nextSlot: old.nextSlot, nextDate: old.nextDate }
  const last = editions.find(({ state }) => state !== 'missed' && state !== 'failed')
  const slot = nextSlot(rhythmOf(setting), at, last?.date)
  return { nextSlot: slot.at, nextDate: slot.date }
}

/** What everybody in a place reads when a digest is on there, or has been changed: all of the setting. */
export function confirmation(
  subscription: Subscription,
  { library, digest, where, at }: { library: Library; digest: Digest; where: string; at: number },
): Reply {
  const { name, title } = digest
  const { setByName: who, newsFrom } = subscription
  const when = whenNext(subscription, at)
  const lines: Inline[] = [
    { bold: `${title} is on` },
    ` ${where}${who === undefined ? '' : `, set by ${who}`}\n`,
    `${rhythmLine(subscription)}\n`,
    `${storiesLine(storiesIn(library, digest, subscription))}\n`,
    newsFrom === undefined ? `First: ${when}, with where each story stands` : `Next: ${when}`,
  ]
  const change: Inline[] = [
    ...['Change: ', { code: `/digest set ${name} …` }],
    ...[' · Stop: ', { code: `/digest off ${name}` }],
  ]
  return { blocks: [text(...lines), note(...change)], actions: lookAt(name), parts: [], audience: 'place' }
}

/** Buttons that show something and change nothing. */
export const lookAt = (name: string): Action[] => [
  { label: 'Preview', line: `/digest preview ${name}` },
  { label: 'Status', line: '/digest status' },
]

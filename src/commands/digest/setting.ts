import { type Button, note, type Reply, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { isZone, readableMoment } from '../../dates.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import { nextSlot } from '../../digests/slots.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { Subscription } from '../../store/subscriptions.ts'

/** What a place takes of a digest, apart from when it comes next. */
export type Setting = Pick<Subscription, 'time' | 'zone' | 'days' | 'stories' | 'quiet'>

/** The names of stories take no more room than this; of the others it is said how many they are. */
const MAX_NAMES_CHARACTERS = 240

/** `Mon–Fri 07:30 Chicago time (America/Chicago) · quiet days: no post` */
export const rhythmText = (setting: Setting): string =>
  [
    isZone(setting.zone) ? readableRhythm(rhythmOf(setting)) : `${setting.time} ${setting.zone}`,
    phrases.digest.quietDays[setting.quiet],
  ].join(' · ')

/** The stories that a place gets of a digest. */
export const subscribedStories = (
  library: Library,
  digest: Digest,
  { stories }: Pick<Setting, 'stories'>,
): Story[] => library.storiesOf(digest, stories.split(',').filter(Boolean))

/** `2 stories: lawsuit, welcoming-city`; where they are many, the last ones are counted. */
export function storiesText(stories: Story[]): string {
  const names: string[] = []
  let length = 0
  for (const { slug } of stories) {
    length += slug.length + 2
    if (length > MAX_NAMES_CHARACTERS) break
    names.push(slug)
  }
  return phrases.digest.stories(stories.length, names, stories.length - names.length)
}

/** A moment on the clocks of a setting; on those of UTC where its zone is none any more. */
export const settingMoment = ({ zone }: Pick<Setting, 'zone'>, at: number, now: number): string =>
  readableMoment(at, isZone(zone) ? zone : 'UTC', now)

/** When a subscription comes next; what is due right now comes in a moment. */
export const nextMoment = (one: Pick<Subscription, 'zone' | 'nextSlot'>, now: number): string =>
  one.nextSlot <= now ? phrases.digest.inAMoment : settingMoment(one, one.nextSlot, now)

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
export function settingConfirmation(
  subscription: Subscription,
  {
    library,
    digest,
    channel,
    at,
  }: { library: Library; digest: Digest; channel: string | undefined; at: number },
): Reply {
  const { name, title } = digest
  const { first, next, isOn, changeOrStop } = phrases.digest
  const { setByName: by, newsFrom } = subscription
  const setting = [
    rhythmText(subscription),
    storiesText(subscribedStories(library, digest, subscription)),
    (newsFrom === undefined ? first : next)(nextMoment(subscription, at)),
  ]
  return {
    blocks: [
      text(...isOn(title, { channel, by }), `\n${setting.join('\n')}`),
      note(...changeOrStop(`/digest set ${name} …`, `/digest off ${name}`)),
    ],
    buttons: viewButtons(name),
    parts: [],
    audience: 'place',
  }
}

/** Buttons that show something and change nothing. */
export const viewButtons = (name: string): Button[] => [
  { label: phrases.digest.button.preview, line: `/digest preview ${name}` },
  { label: phrases.digest.button.status, line: '/digest status' },
]

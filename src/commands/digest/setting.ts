import { type Button, note, type Reply, text } from '../../chat/reply.ts'
import { approvalRule, type Digest, isAtOnce } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { isZone, readableMoment } from '../../dates/dates.ts'
import { USUAL_AN_HOUR } from '../../digests/at-once.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import { NO_SLOT, nextSlot } from '../../digests/slots.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { filterText } from './filter-words.ts'

/**
 * What people set of a subscription: when a digest is posted, which stories it covers, by which words it chooses news,
 * and what happens on quiet days.
 */
export type Setting = Pick<Subscription, 'time' | 'zone' | 'days' | 'stories' | 'words' | 'quiet'>

/** The most room that the names of stories take, to fit on a phone; the other stories are only counted. */
const MAX_NAMES_CHARACTERS = 240

/** Formats a rhythm: `Mon–Fri 07:30 Chicago time (America/Chicago) · quiet days: no post`. */
export const rhythmText = (setting: Setting): string =>
  [
    isZone(setting.zone) ? readableRhythm(rhythmOf(setting)) : `${setting.time} ${setting.zone}`,
    ...(isAtOnce(setting) ? [] : [phrases.digest.quietDays[setting.quiet]]),
  ].join(' · ')

/** The stories of a digest that a place gets. */
export const subscribedStories = (
  library: Library,
  digest: Digest,
  { stories }: Pick<Setting, 'stories'>,
): Story[] => library.storiesOf(digest, stories.split(',').filter(Boolean))

/** Names stories: `2 stories: lawsuit, welcoming-city`; of many, the last ones are only counted. */
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

/** Formats a moment in the time zone of a setting, or in UTC if that zone no longer exists. */
export const settingMoment = ({ zone }: Pick<Setting, 'zone'>, at: number, now: number): string =>
  readableMoment(at, isZone(zone) ? zone : 'UTC', now)

/** When the next edition of a subscription is posted; “in a moment” if it is due now. */
export const nextMoment = (subscription: Pick<Subscription, 'zone' | 'nextSlot'>, now: number): string =>
  subscription.nextSlot === NO_SLOT.at
    ? phrases.digest.asReportsCome
    : subscription.nextSlot <= now
      ? phrases.digest.inAMoment
      : settingMoment(subscription, subscription.nextSlot, now)

/**
 * The first slot of a new setting, which never gives one day two editions, whatever was changed. A slot that is due now
 * and not yet taken up is kept.
 */
export function firstSlot(
  setting: Setting,
  at: number,
  before: { old?: Subscription | undefined; editions: Delivery[] },
): Pick<Subscription, 'nextSlot' | 'nextDate'> {
  if (isAtOnce(setting)) return { nextSlot: NO_SLOT.at, nextDate: NO_SLOT.date }
  const { old, editions } = before
  if (old?.state === 'on' && old.nextSlot <= at) return { nextSlot: old.nextSlot, nextDate: old.nextDate }
  const last = editions.find(({ state }) => state !== 'missed' && state !== 'failed')
  const slot = nextSlot(rhythmOf(setting), at, last?.date)
  return { nextSlot: slot.at, nextDate: slot.date }
}

/** Builds the announcement that a digest is on in a place or was changed there, with the whole setting. */
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
  const words = filterText(subscription, { library, isPublic: true })
  const setting = [
    rhythmText(subscription),
    storiesText(subscribedStories(library, digest, subscription)),
    ...(words === undefined ? [] : [words]),
    ...limitsText(digest),
    ...(approvalRule(digest) ? [phrases.approval.needsApprovalFirst] : []),
    (newsFrom === undefined && !isAtOnce(subscription) ? first : next)(nextMoment(subscription, at)),
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

/** What holds reports back that come as they do; nothing for other digests. */
export const limitsText = (digest: Digest): string[] =>
  isAtOnce(digest)
    ? [phrases.digest.limits(digest.anHour ?? USUAL_AN_HOUR, digest.quietHours?.replace(/\s*[-–]\s*/, '–'))]
    : []

/** Buttons that only show something: the preview and the status. */
export const viewButtons = (name: string): Button[] => [
  { label: phrases.digest.button.preview, line: `/digest preview ${name}` },
  { label: phrases.digest.button.status, line: '/digest status' },
]

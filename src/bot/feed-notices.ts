import type { Log, Place } from '../chat/platform.ts'
import { readableMoment } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { NewDelivery } from '../store/delivery.ts'
import { formatFailure } from '../store/failure-text.ts'
import type { Store } from '../store/store.ts'
import type { FeedNotices } from '../wire/poll/trouble.ts'

/** What telling needs. Without a `place`, notices go to the log alone. */
type FeedNoticesOptions = {
  store: Pick<Store, 'clock' | 'faults' | 'ledger' | 'notify'>
  place?: Place
  lane(place: Place): string
  zone: string
  log: Log
}

const FEED = 'feed '

/** The subject of a feed’s trouble among all that lasts. */
export const feedSubject = (name: string): string => FEED + name

/** Creates what tells editors of feeds: once of a trouble, once of its end, and once where a feed has moved to. */
export function createFeedNotices({ store, place, lane, zone, log }: FeedNoticesOptions): FeedNotices {
  const notice = (key: string, dueAt: number, text: string): NewDelivery | undefined =>
    place === undefined
      ? undefined
      : {
          key: `notice ${key}`,
          kind: 'notice',
          place,
          lane: lane(place),
          number: 1,
          state: 'due',
          dueAt,
          selection: JSON.stringify({ text }),
        }

  async function tell(name: string, sentence: string): Promise<void> {
    log.warn({ feed: name }, `desk: ${sentence}`)
    if (place !== undefined) await store.notify()
  }

  return {
    async failing(name, { isGone, failure = { code: 'connection' }, failingSince }) {
      const now = await store.clock()
      const sentence = isGone
        ? phrases.feedTrouble.gone(name)
        : phrases.feedTrouble.failing(name, readableMoment(failingSince ?? now, zone, now), failure)
      const subject = feedSubject(name)
      const why = formatFailure({ message: failure.code, human: phrases.feedTrouble.reason(failure) })
      const makeNotice = async () => notice(`${subject} ${now}`, now, sentence)
      if (await store.faults.raise(subject, why, makeNotice)) await tell(name, sentence)
    },
    async over(name) {
      const now = await store.clock()
      const sentence = phrases.feedTrouble.over(name)
      const subject = feedSubject(name)
      const makeNotice = async () => notice(`${subject} over ${now}`, now, sentence)
      if (await store.faults.resolve(subject, makeNotice)) await tell(name, sentence)
    },
    async moved(name, to) {
      const now = await store.clock()
      const row = notice(`${feedSubject(name)} moved ${to}`, now, phrases.feedTrouble.moved(name, to))
      log.warn({ feed: name }, 'desk: a feed has moved for good')
      if (row && (await store.ledger.add([row])).length > 0) await store.notify()
    },
    async closeOthers(names) {
      const known = new Set(names.map(feedSubject))
      for (const { subject } of await store.faults.list())
        if (subject.startsWith(FEED) && !known.has(subject)) await store.faults.resolve(subject)
    },
  }
}

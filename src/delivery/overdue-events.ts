import { plainInlines } from '../chat/plain-text.ts'
import type { Log } from '../chat/platform.ts'
import { overdueEvents, partOfEvent } from '../content/events/expected.ts'
import type { Library } from '../content/library.ts'
import type { Event, Story } from '../content/story.ts'
import { localDate, readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Store } from '../store/store.ts'
import type { DeskNotices } from './desk-notices.ts'

/** What looking needs. `zone` is the newsroom's, in which days end. */
type OverdueEventsOptions = {
  store: Pick<Store, 'clock' | 'faults'>
  library(): Library
  notices: Pick<DeskNotices, 'reportOverdue' | 'closeOverdue'>
  zone: string
  log: Log
}

/**
 * Creates what tells editors, once an event, that its day is over and nobody has entered what came of it. Each is a
 * problem that lasts until it is entered or has another date, so no restart and no other process tells it again. Call it
 * often: it looks only after the content or the day has changed.
 */
export function createOverdueEvents({ store, library, notices, zone, log }: OverdueEventsOptions) {
  let looked: { content: Library; today: string } | undefined

  async function look(): Promise<void> {
    const content = library()
    const today = localDate(await store.clock(), zone)
    if (looked?.content === content && looked.today === today) return
    const overdue = new Map(
      content.stories.flatMap(story =>
        overdueEvents(story, today).map(
          event => [subjectOf(story, event), sentenceOf(story, event)] as const,
        ),
      ),
    )
    const known = new Set((await store.faults.list()).map(({ subject }) => subject).filter(isOverdueSubject))
    for (const [subject, sentence] of overdue)
      if (!known.has(subject)) await notices.reportOverdue(subject, sentence)
    for (const subject of known) if (!overdue.has(subject)) await notices.closeOverdue(subject)
    looked = { content, today }
  }

  return () =>
    look().catch(cause =>
      log.error({ err: cause }, 'desk: not told now which events are overdue; the next look does'),
    )
}

/** With its date: an event that is put off and passes again is told again. */
const subjectOf = (story: Story, event: Event) => `${story.slug}/${partOfEvent(event)} ${event.date}`

const isOverdueSubject = (subject: string): boolean => /^[a-z0-9-]+\/expected:/.test(subject)

const sentenceOf = ({ slug }: Story, { date, text }: Event): string =>
  phrases.coming.notEntered(slug, readableDate(date), plainInlines(text))

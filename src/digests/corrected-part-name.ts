import { allEvents, partOfEvent } from '../content/events/expected.ts'
import type { Correction, Story } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'

/** Names a corrected part: the title of a section, `timeline, 31 Jan 2017`, `quotes, Ana Example`, or its kind. */
export function correctedPartName(story: Story, { part }: Correction): string {
  const [kind = '', name = ''] = part.split(/:(.*)/s)
  if (kind === 'section') return story.sections.find(section => section.name === name)?.title ?? kind
  const kinds: Record<string, string> = phrases.edition.part
  const event = allEvents(story).find(event => event.id === name && partOfEvent(event) === part)
  const quote = kind === 'quote' ? story.quotes.find(({ id }) => id === name) : undefined
  return [kinds[kind] ?? kind, event && readableDate(event.date), quote?.speaker].filter(Boolean).join(', ')
}

import { hash } from 'node:crypto'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'
import { correctionText } from '../../content/cautions.ts'
import type { Library } from '../../content/library.ts'
import { correctionCause, type PartContent, partContentsOf, partHash } from '../../content/parts.ts'
import type { Correction, Quote, Story } from '../../content/story.ts'
import { addDays, readableDate, readableDay } from '../../dates/dates.ts'
import { lastDayOf } from '../../dates/rough-dates.ts'
import type { CommandLines } from '../../digests/command-lines.ts'
import { labelLine } from '../../digests/edition-label.ts'
import { drawEntry } from '../../digests/entries/draw.ts'
import type { EntryRef } from '../../digests/selection.ts'
import { statusPart, whereItStands } from '../../digests/status.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { FeedEntry } from '../../store/feeds-out/entries.ts'

/** What the entries of a feed are drawn from: the stories as they are now. */
export type FeedContext = { library: Pick<Library, 'story' | 'withdrawal'>; commandLines: CommandLines }

/** An entry as readers see it: a plain title, paragraphs, and whether its words were taken away. */
export type DrawnFeedEntry = Pick<FeedEntry, 'id' | 'published' | 'updated'> & {
  title: string
  paragraphs: Inline[][]
  isGone: boolean
}

/** What an entry shows: a part of a story, or why there is nothing of it any more. */
type Shown =
  | { story: Story; content: PartContent; corrections: Correction[] }
  | { notice: { title: string; text: Inline[] } }

/** Draws an entry from its story as it is now, as a brief would, with the label of the story and what was corrected. */
export function drawFeedEntry(entry: FeedEntry, context: FeedContext): DrawnFeedEntry {
  const { part, id, published, updated } = entry
  const shown = shownBy(entry, context)
  if ('notice' in shown) {
    const { title, text } = shown.notice
    return { id, published, updated, title, paragraphs: [text], isGone: true }
  }
  const { story, content, corrections } = shown
  const { commandLines } = context
  const above = [[labelLine(story)], ...corrections.map(correctionLine)]
  // Without a date of today, every day is told with its year.
  const draw = (ref: EntryRef) => drawEntry(ref, { story, date: '', commandLines })
  if (content.kind === 'label') {
    const { item } = draw({ part: statusPart(story), kind: 'STANDS' })
    const dek: Inline[][] = statusPart(story) === part ? [] : [[story.dek]]
    const paragraphs = [...above, ...dek, phrases.edition.whereItStands(item)]
    return { id, published, updated, title: story.title, paragraphs, isGone: false }
  }
  const { lead, item } = draw({ part, kind: kindOf(content, published) })
  return { id, published, updated, title: plainInlines(lead), paragraphs: [...above, item], isGone: false }
}

/** A hash of what an entry shows now. The label of its story is no part of it: it changes with every event. */
export function versionOfEntry(entry: Pick<FeedEntry, 'part' | 'story'>, context: FeedContext): string {
  const shown = shownBy(entry, context)
  if ('notice' in shown) return hashOf([shown.notice.title, plainInlines(shown.notice.text)])
  const { story, content, corrections } = shown
  const words =
    content.kind === 'label'
      ? [story.title, story.dek, plainInlines(whereItStands(story).text)]
      : [partHash(story, entry.part)]
  return hashOf([...words, ...corrections.map(correction => correctionCause(story.slug, correction))])
}

function shownBy({ part, story: slug }: Pick<FeedEntry, 'part' | 'story'>, { library }: FeedContext): Shown {
  const { edition, feedsOut } = phrases
  const story = library.story(slug)
  if (story?.slug !== slug) {
    const withdrawal = library.withdrawal(slug)
    return withdrawal?.slug === slug
      ? {
          notice: {
            title: feedsOut.withdrawn,
            text: edition.withdrawn(readableDate(withdrawal.on), withdrawal.reason),
          },
        }
      : { notice: { title: feedsOut.gone, text: [edition.storyNoLongerThere] } }
  }
  const content = partContentsOf(story).get(part)
  if (!content) return { notice: { title: feedsOut.gone, text: [edition.partNoLongerThere] } }
  const shows = content.kind === 'label' ? [part, statusPart(story)] : [part]
  const corrections = story.corrections
    .filter(correction => shows.includes(`${slug}/${correction.part}`))
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))
  return { story, content, corrections }
}

const correctionLine = (correction: Correction): Inline[] =>
  phrases.edition.corrected(readableDay(correction.on), correctionText(correction))

/** How an entry was new when it was published: what is more than a day older was added. */
function kindOf(content: PartContent, published: number): EntryRef['kind'] {
  if (content.kind === 'correction') return 'CORRECTED'
  if (content.kind === 'event' && content.event.expected) return 'COMING'
  const day =
    content.kind === 'event'
      ? lastDayOf(content.event.date)
      : content.kind === 'quote'
        ? dayOfWords(content.quote)
        : undefined
  const dayBefore = addDays(new Date(published).toISOString().slice(0, 10), -1)
  return day !== undefined && day >= dayBefore ? 'NEW' : 'ADDED'
}

const dayOfWords = ({ saidOn, source }: Quote): string | undefined =>
  saidOn === 'not given' ? source.date : saidOn

const hashOf = (fields: (string | undefined)[]): string =>
  hash('sha256', JSON.stringify(fields), 'hex').slice(0, 16)

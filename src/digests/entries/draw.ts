import { plainInlines } from '../chat/plain-text.ts'
import type { Inline } from '../chat/reply.ts'
import { cautionsOf, correctionText } from '../content/cautions.ts'
import { keepable } from '../content/kept-values.ts'
import { type PartContent, partContentsOf } from '../content/parts.ts'
import type { CitedBlock, Fact, Quote, Story } from '../content/story.ts'
import { readableDate, readableDay } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { correctedPartName } from './corrected-part-name.ts'
import type { EntryRef } from './selection.ts'

/** Writes the lines that people can type about a story in a place. A digest shows them and runs none. */
export type CommandLines = {
  /** `/lawsuit timeline --since 2018-04-19` */
  forStory(story: Story, verb: string, since?: string): string
  /** The line that shows just this quotation. */
  forQuote(story: Story, quote: Quote): string
  /** The lines that show the changes of all stories, and the list of stories. */
  changes(since: string): string
  stories(): string
}

/**
 * How an entry is drawn: its story, the date of the edition, the lines to show, and whether to add the story's state.
 */
type EntryContext = { story: Story; date: string; commandLines: CommandLines; withState: boolean }

/** Draws one entry of an edition: a line that says how it is new, and its text. */
export function drawEntry(entry: EntryRef, context: EntryContext): Inline[] {
  const { story, withState } = context
  const content = partContentsOf(story).get(entry.part)
  const { newness, details, text }: EntryText = content
    ? entryText(entry, content, context)
    : { details: [], text: [{ italic: phrases.edition.partNoLongerThere }] }
  if (entry.kind === 'STANDS') return text
  const line = ['', ...details, ...(withState ? [phrases.label.stateMark[story.state]] : [])].join(' · ')
  return [{ bold: newness ?? phrases.edition.news[entry.kind] }, `${line}\n`, ...text]
}

/**
 * Makes a `drawEntry` that draws each entry once, for a caller who tries entries in many messages about the same stories
 * on the same day, and that goes with that caller.
 */
export function drawEachEntryOnce(): typeof drawEntry {
  const plain = new Map<EntryRef, Inline[]>()
  const withState = new Map<EntryRef, Inline[]>()
  return (entry, context) => {
    const drawn = context.withState ? withState : plain
    const known = drawn.get(entry) ?? drawEntry(entry, context)
    drawn.set(entry, known)
    return known
  }
}

/** The part that shows the status of a story: its status section, or its label (for the dek) if it has none. */
export const statusPart = keepable('statusPart', story =>
  statusBlock(story) ? `${story.slug}/section:status` : `${story.slug}/label`,
)

/** How many characters of a title or remark are shown: longer ones would leave no room for news. */
const MAX_NAME = 100

/** The name of a story: its title, or its slug if the title is too long. */
export const storyName = ({ title, slug }: Story) => (title.length <= MAX_NAME ? title : slug)

/**
 * The dates a story covers (`covers to 19 Apr 2018`), what was not checked or not lately, and when it was corrected.
 */
export function coverageOf(story: Story): string {
  const { coversTo, notChecked = '' } = story
  const remark = notChecked.length <= MAX_NAME ? notChecked : phrases.edition.notAllChecked
  return [phrases.label.coversTo(readableDate(coversTo)), remark, ...cautionsOf(story)]
    .filter(Boolean)
    .join(' · ')
}

/**
 * The text of an entry: how it is new, if that needs other words than usual; the details that follow it on its line;
 * and the text below.
 */
type EntryText = { newness?: string; details: string[]; text: Inline[] }

function entryText(
  entry: EntryRef,
  content: PartContent,
  { story, date, commandLines }: EntryContext,
): EntryText {
  const revised = entry.kind === 'REVISED' && entry.date ? [readableDay(entry.date, date)] : []
  if (entry.kind === 'STANDS') return { details: [], text: statusText(story, content) }
  switch (content.kind) {
    case 'correction': {
      const { correction } = content
      const details = [readableDay(correction.on, date), correctedPartName(story, correction)]
      return { details, text: [correctionText(correction).replace(/^./, first => first.toUpperCase())] }
    }
    case 'event': {
      const { event } = content
      const older = phrases.edition.eventOf(readableDate(event.date))
      const note: Inline[] = event.note ? [' ', ...phrases.edition.note(event.note)] : []
      return {
        newness: entry.kind === 'ADDED' ? phrases.edition.addedToTimeline : undefined,
        details: entry.kind === 'NEW' ? [readableDay(event.date, date)] : [...revised, older],
        text: [...event.text, citation(event.sources), ...note],
      }
    }
    case 'quote': {
      const { speaker, role, kind, saidOn } = content.quote
      const { quotation, reportedWords } = phrases.edition
      const describe = kind === 'reported' ? reportedWords : quotation
      return {
        details: [...revised, describe(saidOn === 'not given' ? undefined : readableDate(saidOn))],
        text: phrases.edition.saidBy(speaker, role, commandLines.forQuote(story, content.quote)),
      }
    }
    case 'section': {
      const { name, title } = content.section
      return {
        details: [...revised, title],
        text: phrases.edition.readIt(commandLines.forStory(story, name)),
      }
    }
    case 'fact':
      return {
        details: [...revised, content.fact.claim ? phrases.edition.checkedClaim : phrases.edition.fact],
        text: factText(content.fact),
      }
    case 'label': {
      const text = statusText(story, partContentsOf(story).get(statusPart(story)) ?? content)
      if (entry.kind === 'REVISED') return { details: [...revised, phrases.edition.part.label], text }
      return { newness: phrases.edition.newsOfStory[entry.kind], details: [], text }
    }
    case 'who':
      return { details: revised, text: [{ code: commandLines.forStory(story, 'who') }] }
    case 'source':
      return { details: revised, text: [{ code: commandLines.forStory(story, 'sources') }] }
  }
}

const statusBlock = (story: Story): CitedBlock | undefined =>
  story.sections.find(section => section.name === 'status')?.body.find(({ block }) => blockText(block) !== '')

function statusText(story: Story, content: PartContent): Inline[] {
  const status = content.kind === 'section' ? statusBlock(story) : undefined
  return status ? [firstSentence(blockText(status.block)), citation(status.sources)] : [story.dek]
}

function blockText(block: CitedBlock['block']): string {
  if (block.kind === 'text') return plainInlines(block.text)
  return block.kind === 'list' ? block.items.map(plainInlines).join(' ') : ''
}

const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
const ABBREVIATION =
  /(?:\b\p{L}|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Mr|Mrs|Ms|Dr|St|vs?|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Inc|Co|Corp|Ltd|Jr|Sr|Fed|Supp|Cir|Art|Sec|approx|ca))\.\s*$/u

/** The first sentence of a text. A sentence never ends after an abbreviation, so sometimes this is two. */
function firstSentence(text: string): string {
  let first = ''
  for (const { segment } of sentenceSegmenter.segment(text)) {
    first += segment
    if (!ABBREVIATION.test(first)) break
  }
  return first.trim()
}

function factText({ text, confidence, sources, claim }: Fact): Inline[] {
  const caveat = confidence === 'unverified' ? ` ${phrases.edition.notVerified}` : ''
  if (!claim) return [...text, caveat, citation(sources)]
  const verdict = (claim.short ?? claim.verdict).replace(/\.$/, '')
  return [`${claim.source.outlet}: ${claim.says} → `, { bold: verdict }, `.${caveat}`, citation(sources)]
}

const citation = (sources: number[]) => (sources.length > 0 ? ` ${phrases.label.sources(sources)}` : '')

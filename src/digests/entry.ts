import { plainInlines } from '../chat/plain-text.ts'
import type { Inline } from '../chat/reply.ts'
import { cautionsOf, correctionText } from '../content/cautions.ts'
import { type PartContent, partContentsOf } from '../content/parts.ts'
import type { CitedBlock, Correction, Fact, Quote, Story } from '../content/story.ts'
import { readableDate, readableDay } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { EntryRef } from './selection.ts'

/** The lines that one can type about a story in a place; a digest names them and runs none. */
export type CommandLines = {
  /** `/lawsuit timeline --since 2018-04-19` */
  forStory(story: Story, verb: string, since?: string): string
  /** The line that gives just this quotation. */
  forQuote(story: Story, quote: Quote): string
  /** The changes of all stories, and the list of them. */
  changes(since: string): string
  stories(): string
}

/** How what is told is told: on which date, with which lines, and whether the state of the story goes with it. */
type EntryContext = { story: Story; date: string; commandLines: CommandLines; withState: boolean }

/** One thing in an edition: a line that says how it is new, and what it is. */
export function drawEntry(told: EntryRef, { story, date, commandLines, withState }: EntryContext): Inline[] {
  const content = partContentsOf(story).get(told.part)
  const { how, head, text } = content
    ? entryText(told, content, { story, date, commandLines })
    : { head: [], text: [{ italic: phrases.edition.partNoLongerThere }] }
  if (told.kind === 'STANDS') return text
  const line = ['', ...head, ...(withState ? [phrases.label.stateMark[story.state]] : [])].join(' · ')
  return [{ bold: how ?? phrases.edition.news[told.kind] }, `${line}\n`, ...text]
}

/** The part that says where a story stands: its status, or its dek where it has none. */
export function statusPart(story: Story): string {
  return statusBlock(story) ? `${story.slug}/section:status` : `${story.slug}/label`
}

/** Longer titles and remarks would leave no room for news. */
const MAX_NAME = 100

/** What a story is called: by its title, or by the word for it where the title is too long. */
export const storyName = ({ title, slug }: Story) => (title.length <= MAX_NAME ? title : slug)

/** How far a story reaches: `covers to 19 Apr 2018`, what was not checked or not of late, and when it was corrected. */
export function coverageOf(story: Story): string {
  const { coversTo, notChecked = '' } = story
  const remark = notChecked.length <= MAX_NAME ? notChecked : phrases.edition.notAllChecked
  return [phrases.label.coversTo(readableDate(coversTo)), remark, ...cautionsOf(story)]
    .filter(Boolean)
    .join(' · ')
}

/** How it is new, in other words where they say more, what stands behind it in its line, and the text below it. */
type EntryText = { how?: string; head: string[]; text: Inline[] }

function entryText(told: EntryRef, content: PartContent, at: Omit<EntryContext, 'withState'>): EntryText {
  const { story, date, commandLines } = at
  const revised = told.kind === 'REVISED' && told.date ? [readableDay(told.date, date)] : []
  if (told.kind === 'STANDS') return { head: [], text: standingText(story, content) }
  switch (content.kind) {
    case 'correction': {
      const { correction } = content
      const head = [readableDay(correction.on, date), correctedPartName(story, correction)]
      return { head, text: [correctionText(correction).replace(/^./, first => first.toUpperCase())] }
    }
    case 'event': {
      const { event } = content
      const older = phrases.edition.eventOf(readableDate(event.date))
      const head = told.kind === 'NEW' ? [readableDay(event.date, date)] : [...revised, older]
      const note: Inline[] = event.note ? [' ', ...phrases.edition.note(event.note)] : []
      const added = told.kind === 'ADDED' ? { how: phrases.edition.addedToTimeline } : {}
      return { ...added, head, text: [...event.text, citation(event.sources), ...note] }
    }
    case 'quote': {
      const { speaker, role, kind, saidOn } = content.quote
      const { quotation, reportedWords } = phrases.edition
      const spoken = kind === 'reported' ? reportedWords : quotation
      return {
        head: [...revised, spoken(saidOn === 'not given' ? undefined : readableDate(saidOn))],
        text: phrases.edition.saidBy(speaker, role, commandLines.forQuote(story, content.quote)),
      }
    }
    case 'section': {
      const { name, title } = content.section
      return { head: [...revised, title], text: phrases.edition.readIt(commandLines.forStory(story, name)) }
    }
    case 'fact':
      return {
        head: [...revised, content.fact.claim ? phrases.edition.checkedClaim : phrases.edition.fact],
        text: factText(content.fact),
      }
    case 'label': {
      const text = standingText(story, partContentsOf(story).get(statusPart(story)) ?? content)
      if (told.kind === 'REVISED') return { head: [...revised, phrases.edition.part.label], text }
      return { how: phrases.edition.newsOfStory[told.kind], head: [], text }
    }
    case 'who':
      return { head: revised, text: [{ code: commandLines.forStory(story, 'who') }] }
    case 'source':
      return { head: revised, text: [{ code: commandLines.forStory(story, 'sources') }] }
  }
}

const statusBlock = (story: Story): CitedBlock | undefined =>
  story.sections.find(section => section.name === 'status')?.body.find(({ block }) => blockText(block) !== '')

function standingText(story: Story, content: PartContent): Inline[] {
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

/** The first sentence of a text; one never ends after an abbreviation, so sometimes it is two. */
function firstSentence(text: string): string {
  let first = ''
  for (const { segment } of sentenceSegmenter.segment(text)) {
    first += segment
    if (!ABBREVIATION.test(first)) break
  }
  return first.trim()
}

function factText({ text, confidence, sources, claim }: Fact): Inline[] {
  const sure = confidence === 'unverified' ? ` ${phrases.edition.notVerified}` : ''
  if (!claim) return [...text, sure, citation(sources)]
  const verdict = (claim.short ?? claim.verdict).replace(/\.$/, '')
  return [`${claim.source.outlet}: ${claim.says} → `, { bold: verdict }, `.${sure}`, citation(sources)]
}

/** What kind of part a mistake was in. */
function correctedPartName(story: Story, { part }: Correction): string {
  const [kind = '', name] = part.split(':')
  const section = story.sections.find(one => kind === 'section' && one.name === name)
  const names: Record<string, string> = phrases.edition.part
  return section?.title ?? names[kind] ?? kind
}

const citation = (sources: number[]) => (sources.length > 0 ? ` ${phrases.label.sources(sources)}` : '')

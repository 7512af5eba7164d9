import { plainInlines } from '../chat/plain-text.ts'
import type { Inline } from '../chat/reply.ts'
import { cautionsOf, correctionText } from '../content/cautions.ts'
import { type Content, contentsOf } from '../content/parts.ts'
import type { Cited, Correction, Fact, Quote, Story } from '../content/story.ts'
import { readable, readableDay } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Told } from './selection.ts'

/** The lines that one can type about a story in a place; a digest names them and runs none. */
export type Lines = {
  /** `/lawsuit timeline --since 2018-04-19` */
  ask(story: Story, verb: string, since?: string): string
  /** The line that gives just this quotation. */
  quote(story: Story, quote: Quote): string
  /** The changes of all stories, and the list of them. */
  changes(since: string): string
  stories(): string
}

/** How what is told is told: on which date, with which lines, and whether the state of the story goes with it. */
type Telling = { story: Story; date: string; lines: Lines; state: boolean }

/** One thing in an edition: a line that says how it is new, and what it is. */
export function telling(told: Told, { story, date, lines, state }: Telling): Inline[] {
  const content = contentsOf(story).get(told.part)
  const { how, head, text } = content
    ? wordsOf(told, content, { story, date, lines })
    : { head: [], text: [{ italic: phrases.edition.partGone }] }
  if (told.kind === 'STANDS') return text
  const line = ['', ...head, ...(state ? [phrases.label.stateMark[story.state]] : [])].join(' · ')
  return [{ bold: how ?? phrases.edition.news[told.kind] }, `${line}\n`, ...text]
}

/** The part that says where a story stands: its status, or its dek where it has none. */
export function standsIn(story: Story): string {
  return statusOf(story) ? `${story.slug}/section:status` : `${story.slug}/label`
}

/** Longer titles and remarks would leave no room for news. */
const MOST_NAME = 100

/** What a story is called: by its title, or by the word for it where the title is too long. */
export const nameOf = ({ title, slug }: Story) => (title.length <= MOST_NAME ? title : slug)

/** How far a story reaches: `covers to 19 Apr 2018`, what was not checked or not of late, and when it was corrected. */
export function reachOf(story: Story): string {
  const { coversTo, notChecked = '' } = story
  const remark = notChecked.length <= MOST_NAME ? notChecked : phrases.edition.notAllChecked
  return [phrases.label.coversTo(readable(coversTo)), remark, ...cautionsOf(story)]
    .filter(Boolean)
    .join(' · ')
}

/** How it is new, in other words where they say more, what stands behind it in its line, and the text below it. */
type Words = { how?: string; head: string[]; text: Inline[] }

function wordsOf(told: Told, content: Content, at: Omit<Telling, 'state'>): Words {
  const { story, date, lines } = at
  const revised = told.kind === 'REVISED' && told.date ? [readableDay(told.date, date)] : []
  if (told.kind === 'STANDS') return { head: [], text: standing(story, content) }
  switch (content.kind) {
    case 'correction': {
      const { correction } = content
      const head = [readableDay(correction.on, date), mistaken(story, correction)]
      return { head, text: [correctionText(correction).replace(/^./, first => first.toUpperCase())] }
    }
    case 'event': {
      const { event } = content
      const older = phrases.edition.eventOf(readable(event.date))
      const head = told.kind === 'NEW' ? [readableDay(event.date, date)] : [...revised, older]
      const note: Inline[] = event.note ? [' ', ...phrases.edition.note(event.note)] : []
      const added = told.kind === 'ADDED' ? { how: phrases.edition.addedToTimeline } : {}
      return { ...added, head, text: [...event.text, numbers(event.sources), ...note] }
    }
    case 'quote': {
      const { speaker, role, kind, saidOn } = content.quote
      const { quotation, reportedWords } = phrases.edition
      const spoken = kind === 'reported' ? reportedWords : quotation
      return {
        head: [...revised, spoken(saidOn === 'not given' ? undefined : readable(saidOn))],
        text: phrases.edition.saidBy(speaker, role, lines.quote(story, content.quote)),
      }
    }
    case 'section': {
      const { name, title } = content.section
      return { head: [...revised, title], text: phrases.edition.readIt(lines.ask(story, name)) }
    }
    case 'fact':
      return {
        head: [...revised, content.fact.claim ? phrases.edition.checkedClaim : phrases.edition.fact],
        text: factText(content.fact),
      }
    case 'label': {
      const text = standing(story, contentsOf(story).get(standsIn(story)) ?? content)
      if (told.kind === 'REVISED') return { head: [...revised, phrases.edition.part.label], text }
      return { how: phrases.edition.newsOfStory[told.kind], head: [], text }
    }
    case 'who':
      return { head: revised, text: [{ code: lines.ask(story, 'who') }] }
    case 'source':
      return { head: revised, text: [{ code: lines.ask(story, 'sources') }] }
  }
}

const statusOf = (story: Story): Cited | undefined =>
  story.sections.find(section => section.name === 'status')?.body.find(({ block }) => proseOf(block) !== '')

function standing(story: Story, content: Content): Inline[] {
  const status = content.kind === 'section' ? statusOf(story) : undefined
  return status ? [firstSentence(proseOf(status.block)), numbers(status.sources)] : [story.dek]
}

function proseOf(block: Cited['block']): string {
  if (block.kind === 'text') return plainInlines(block.text)
  return block.kind === 'list' ? block.items.map(plainInlines).join(' ') : ''
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const ABBREVIATION =
  /(?:\b\p{L}|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Mr|Mrs|Ms|Dr|St|vs?|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Inc|Co|Corp|Ltd|Jr|Sr|Fed|Supp|Cir|Art|Sec|approx|ca))\.\s*$/u

/** The first sentence of a text; one never ends after an abbreviation, so sometimes it is two. */
function firstSentence(text: string): string {
  let first = ''
  for (const { segment } of sentences.segment(text)) {
    first += segment
    if (!ABBREVIATION.test(first)) break
  }
  return first.trim()
}

function factText({ text, confidence, sources, claim }: Fact): Inline[] {
  const sure = confidence === 'unverified' ? ` ${phrases.edition.notVerified}` : ''
  if (!claim) return [...text, sure, numbers(sources)]
  const verdict = (claim.short ?? claim.verdict).replace(/\.$/, '')
  return [`${claim.source.outlet}: ${claim.says} → `, { bold: verdict }, `.${sure}`, numbers(sources)]
}

/** What kind of part a mistake was in. */
function mistaken(story: Story, { part }: Correction): string {
  const [kind = '', name] = part.split(':')
  const section = story.sections.find(one => kind === 'section' && one.name === name)
  const names: Record<string, string> = phrases.edition.part
  return section?.title ?? names[kind] ?? kind
}

const numbers = (sources: number[]) => (sources.length > 0 ? ` ${phrases.label.sources(sources)}` : '')

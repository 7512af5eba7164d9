import { plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'
import { printableCorrection } from '../../content/cautions.ts'
import { type PartContent, partContentsOf } from '../../content/parts.ts'
import type { Correction, Event, Fact, Person, Section, Source, Story } from '../../content/story.ts'
import { readableDate, readableDay } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { correctedPartName } from '../corrected-part-name.ts'
import { isStatus } from '../news-order.ts'
import type { EntryRef } from '../selection.ts'
import { openingOf, whereItStands } from '../status.ts'
import { type EntryContext, type EntryWords, revisionDay } from './context.ts'
import { splitFirstSentence } from './first-sentence.ts'
import { outletLinks, outletsOf } from './outlets.ts'
import { quoteWords } from './quotes.ts'
import { sentencesOf } from './section-sentences.ts'

/** The words of one entry of an edition. A `brief` entry leaves out what it can without saying anything else. */
export function entryWords(entry: EntryRef, content: PartContent, context: EntryContext): EntryWords {
  const { story } = context
  if (entry.kind === 'STANDS') return standsWords(story, entry)
  switch (content.kind) {
    case 'correction':
      return correctionWords(content.correction, context)
    case 'event':
      return eventWords(entry, content.event, context)
    case 'quote':
      return quoteWords(entry, content.quote, context)
    case 'section':
      return isStatus(entry.part)
        ? {
            ...(changedStatusWords(entry, content.section, context) ?? standsWords(story, entry)),
            ...revisionDay(entry, context),
            about: content.section.title,
          }
        : sectionWords(entry, content.section, context)
    case 'fact':
      return factWords(entry, content.fact, context)
    case 'label':
      return labelWords(entry, context)
    case 'who':
      return personWords(content.person, context)
    case 'source':
      return sourceWords(content.source)
  }
}

/** The words of an event in one line: its `short`, or its first sentence. */
export const shortEvent = ({ short, text }: Event): Inline[] =>
  short === undefined ? splitFirstSentence(text).first : [short]

function eventWords(entry: EntryRef, event: Event, context: EntryContext): EntryWords {
  const { story, date } = context
  const day = readableDay(event.date, date)
  const note: Inline[] = event.note ? [' ', ...phrases.edition.note(event.note)] : []
  const headline = shortEvent(event)
  const { first, rest: afterFirst } = splitFirstSentence(event.text)
  const more = event.short === undefined || saysTheSame(first, headline) ? afterFirst : event.text
  const rest = entry.brief ? [] : more
  const words = {
    headline,
    rest: [...rest, ...note],
    text: [...(entry.brief ? headline : event.text), ...note],
    outlets: outletsOf(story, event.sources),
  }
  if (entry.kind === 'NEW') return { ...words, day }
  if (entry.kind === 'COMING') return { ...words, day, subject: day, below: {} }
  const about = event.expected
    ? phrases.edition.expectedOn(day)
    : phrases.edition.eventOf(readableDate(event.date))
  const revised = revisionDay(entry, context)
  return {
    ...words,
    ...revised,
    about,
    subject: event.expected ? about : readableDate(event.date),
    below: revised,
  }
}

function correctionWords(correction: Correction, context: EntryContext): EntryWords {
  const { story, date } = context
  const { was, now, why } = printableCorrection(correction)
  const name = correctedPartName(story, correction)
  const day = readableDay(correction.on, date)
  const rest = phrases.edition.wasAndWhy({ was, why })
  const headline = [upperFirst(now)]
  return {
    day,
    about: name,
    subject: phrases.edition.correctedPart(name),
    below: { mark: '' },
    headline,
    rest: [upperFirst(rest)],
    text: [...headline, ' · ', rest],
    outlets: outletsOfPart(story, correction.part),
  }
}

/** The outlets that a corrected part rests on. */
function outletsOfPart(story: Story, part: string): Inline[] {
  const content = partContentsOf(story).get(`${story.slug}/${part}`)
  if (content?.kind === 'event') return outletsOf(story, content.event.sources)
  if (content?.kind === 'fact') return outletsOf(story, factSources(content.fact))
  if (content?.kind === 'quote') return outletLinks([content.quote.source])
  if (content?.kind === 'section') return outletsOf(story, content.section.sources)
  return outletsOf(story, whereItStands(story).sources)
}

function sectionWords(entry: EntryRef, section: Section, context: EntryContext): EntryWords {
  const { story, commandLines } = context
  const opening = openingOf(section)
  const changed = changedSentence(entry, section)
  const headline = changed
    ? changed.text
    : opening
      ? splitFirstSentence(opening.text).first
      : phrases.edition.readIt(commandLines.forStory(story, section.name))
  return {
    ...revisionDay(entry, context),
    about: section.title,
    subject: section.title,
    below: revisionDay(entry, context),
    headline,
    rest: [],
    text: headline,
    outlets: outletsOf(story, (changed ?? opening)?.sources ?? section.sources),
  }
}

/** The sentence of a revised section that is new, and its sources; undefined where that is not known. */
const changedSentence = ({ sentence }: EntryRef, section: Section) =>
  sentence === undefined ? undefined : sentencesOf(section)[sentence]

/** A status of which only a later sentence is new: that one, and what follows it. */
function changedStatusWords(entry: EntryRef, section: Section, { story }: EntryContext) {
  const changed = entry.sentence ? changedSentence(entry, section) : undefined
  if (!changed) return undefined
  const following = sentencesOf(section).slice(entry.sentence! + 1)
  const rest = entry.brief ? [] : following.flatMap(({ text }): Inline[] => [' ', ...text])
  return { headline: changed.text, rest, text: changed.text, outlets: outletsOf(story, changed.sources) }
}

function factWords(entry: EntryRef, fact: Fact, context: EntryContext): EntryWords {
  const { text, confidence, claim } = fact
  const { checkedClaim, fact: plainFact, claimAndVerdict, notVerified } = phrases.edition
  const caveat = confidence === 'unverified' ? ` ${notVerified}` : ''
  const verdict = claim && (claim.short ?? claim.verdict).replace(/\.$/, '')
  const { first, rest } = splitFirstSentence(text)
  const headline = claim
    ? [...claimAndVerdict(claim.source.outlet, claim.says, verdict!), caveat]
    : [...first, caveat]
  const more = entry.brief ? [] : claim ? text : rest
  return {
    ...revisionDay(entry, context),
    about: claim ? checkedClaim : plainFact,
    headline,
    rest: more,
    text: more.length > 0 ? [...headline, ' ', ...more] : headline,
    outlets: outletsOf(context.story, factSources(fact)),
  }
}

const factSources = ({ sources, claim }: Fact) => [...(claim ? [claim.source.number] : []), ...sources]

/** Where a story stands: the first sentence of its status, and what follows it. */
function standsWords(story: Story, { brief }: EntryRef): EntryWords {
  const { text, sources } = whereItStands(story)
  const { first, rest } = splitFirstSentence(text)
  return { headline: first, rest: brief ? [] : rest, text: first, outlets: outletsOf(story, sources) }
}

function labelWords(entry: EntryRef, context: EntryContext): EntryWords {
  const { story } = context
  const stands = standsWords(story, entry)
  const isShown = plainInlines(stands.headline) === splitDek(story)
  const rest: Inline[] = entry.brief || isShown ? [] : [story.dek]
  if (entry.kind === 'REVISED')
    return { ...stands, ...revisionDay(entry, context), about: phrases.edition.part.label, rest }
  const mark = phrases.edition.newsOfStory[entry.kind as 'NEW' | 'ADDED']
  return { ...stands, mark, subject: phrases.edition.subjectOfStory[entry.kind as 'NEW' | 'ADDED'], rest }
}

const splitDek = ({ dek }: Story) => plainInlines(splitFirstSentence([dek]).first)

function personWords({ name, role, about, sources }: Person, { story }: EntryContext): EntryWords {
  const headline: Inline[] = [{ bold: name }, `, ${role}`]
  const text: Inline[] = about ? [...headline, '. ', ...about] : headline
  return { headline, rest: about ?? [], text, outlets: outletsOf(story, sources) }
}

function sourceWords(source: Source): EntryWords {
  return { headline: [source.title], rest: [], text: [source.title], outlets: outletLinks([source]) }
}

/** Whether a sentence says just what a headline says: headlines are written without an article at the beginning. */
function saysTheSame(sentence: Inline[], headline: Inline[]): boolean {
  const words = bareWords(sentence)
  return [words, words.replace(phrases.edition.article, '')].includes(bareWords(headline))
}

const bareWords = (inlines: Inline[]) => plainInlines(inlines).trim().replace(/\.$/, '').toLowerCase()

const upperFirst = (text: string) => text.replace(/^./u, first => first.toUpperCase())

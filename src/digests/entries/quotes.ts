import { type Inline, printedWords } from '../../chat/reply.ts'
import type { Quote } from '../../content/story.ts'
import { readableDate, readableDay } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { EntryRef } from '../selection.ts'
import { type EntryContext, type EntryWords, revisionDay } from './context.ts'
import { outletLinks } from './outlets.ts'

/** Longer words do not stand in the first line of a brief, but below it. */
const MAX_WORDS_IN_HEADLINE = 160

/**
 * The words of a quotation in an edition: word for word, with speaker, role and the editor's note, which readers must
 * have with them. A `brief` one is only announced, with the line that shows it: a quotation is never cut.
 */
export function quoteWords(entry: EntryRef, quote: Quote, context: EntryContext): EntryWords {
  const { speaker, role, kind, saidOn, remark, source } = quote
  const { story, date, commandLines } = context
  const isReported = kind === 'reported'
  const words = printedWords({ words: quote.words, marks: !isReported })
  const note: Inline[] = quote.note ? [' · ', ...phrases.edition.note(quote.note)] : []
  const announced = phrases.edition.wordsToRead(countWords(quote.words), commandLines.forQuote(story, quote))
  const day = saidOn === 'not given' ? undefined : saidOn
  const isNew = entry.kind === 'NEW' && day !== undefined
  const whose = isReported ? phrases.edition.reportedAbout(source.outlet, speaker) : speaker
  const about = [
    phrases.edition.quoted[kind](isNew || day === undefined ? undefined : readableDate(day), isNew),
    remark,
  ].filter(Boolean)
  const inHeadline = !entry.brief && words.length <= MAX_WORDS_IN_HEADLINE
  const saidBefore = isNew || day === undefined ? [] : [readableDate(day)]
  return {
    ...revisionDay(entry, context),
    ...(isNew && { day: readableDay(day, date) }),
    about: about.join(' · '),
    subject: inHeadline ? [...saidBefore, whose].join(', ') : saidBefore.join(', '),
    below: {
      ...revisionDay(entry, context),
      ...(isNew && { day: readableDay(day, date) }),
      about: [phrases.edition.quoted[kind](undefined, isNew || saidBefore.length > 0), remark]
        .filter(Boolean)
        .join(' · '),
    },
    headline: [
      inHeadline ? words : isReported ? `${whose}, ${role}` : phrases.edition.wordsOf(speaker, role),
    ],
    rest: [...(inHeadline ? [role] : entry.brief ? announced : [words]), ...(entry.brief ? [] : note)],
    text: entry.brief
      ? [...phrases.edition.saidBy(whose, role), ': ', ...announced]
      : isReported
        ? [...phrases.edition.saidBy(whose, role), ': ', words, ...note]
        : [words, ' ', ...phrases.edition.saidBy(whose, role), ...note],
    outlets: outletLinks([source]),
  }
}

/** How many words a text has. */
export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length

import { shorten } from '../../chat/shorten.ts'
import { tokens, withoutAccents } from '../../content/fold.ts'
import { quotationsOf } from '../../content/in-quotation-marks.ts'
import { lineNumberAt } from '../../content/line-number.ts'
import { speakerLabelProblem } from '../../content/read/speaker-labels.ts'
import { verifyPassages } from '../../content/verify-passages.ts'
import { newsDates } from '../../dates/news-dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { FoundQuotation } from '../quotations/quotation.ts'
import type { DraftInput, ProposedEntry, ReportLine } from './draft.ts'
import { groupsOf, inPieces } from './group-quotations.ts'
import { quoteOf } from './known-people.ts'

/** Enough of a quotation to recognise it in a report. */
const SHOWN_CHARACTERS = 60
const MAX_NAME_CHARACTERS = 100
const SAYING =
  'said|says|announced|told\\s+(?:reporters|journalists)|wrote|tweeted|posted|added|stated|explained|testified'
/** A word that says what somebody said, right before a date: that is then the day on which they did. */
const SAID_ON = new RegExp(`\\b(?:${SAYING})\\s+(?:in\\s+an?\\s+(?:[\\p{L}’'-]+\\s+){1,3})?(?:on\\s+)?$`, 'u')
/** The same with whoever speaks in between: `said Ana Example, the mayor, on`. */
const SAID_WHO_ON = new RegExp(
  `\\b(?:${SAYING})\\s+(?<who>[^,.;\\n]{2,80}?)(?:,[^.;\\n]{2,90}?,)?\\s+(?:on\\s+)?$`,
  'u',
)
/** The words between a date that begins a sentence and the quotation: `, Ana Example told reporters: “`. */
const SAID_BEHIND = new RegExp(`^,\\s[^.!?\\n]{0,120}\\b(?:${SAYING}|told)\\b[^.!?\\n]{0,60}$`, 'u')
/** Words that stand for somebody, and are no name of theirs. */
const NO_NAME = /^(?:he|she|they|it|i|we|you|who|his|her|their|the|a|an|one|this|that)\b/i

type Proposed = { entries: ProposedEntry[]; report: ReportLine[] }

/** The quotations of a text as entries of quotes.yml. Words that the check would refuse are reported and left out. */
export function quoteEntries(input: DraftInput, number: number): Proposed {
  const { draftReport } = phrases
  const { article, quotations, into } = input
  const inMarks = !article.labels
  const entries: ProposedEntry[] = []
  const report: ReportLine[] = []
  // “QUESTION:” is the label of whoever asks, and nobody's name.
  let unnamedTurns = 0
  const ids = new Set(into?.quotes.map(({ id }) => id))
  for (const group of groupsOf(article.text, quotations, inMarks).flatMap(group => inPieces(group))) {
    const [first] = group as [FoundQuotation]
    const words = group.map(({ text }) => text)
    const at = lineNumberAt(article.text, first.start)
    const problem = wordsProblem(words, article.text, inMarks)
    if (problem !== undefined) {
      const text = phrases.draftReport.wordsNotFound(shorten(first.text, SHOWN_CHARACTERS), problem)
      report.push({ kind: 'words', severity: 'error', text, line: at })
      continue
    }
    const who = speakerOf(first, group, input)
    const labelProblem = labelProblemOf(who, group, article.text)
    if (labelProblem !== undefined && article.labels && first.speakerKind === 'other') {
      unnamedTurns++
      continue
    }
    if (labelProblem !== undefined) {
      const text = draftReport.wordsNotFound(shorten(first.text, SHOWN_CHARACTERS), labelProblem)
      report.push({ kind: 'words', severity: 'look', text, line: at })
      continue
    }
    const id = freeId(ids, first.speaker ?? first.named)
    const line = (kind: ReportLine['kind'], severity: ReportLine['severity'], text: string) =>
      report.push({ kind, severity, text, entry: id })
    if (first.speaker === undefined)
      line(
        'speaker',
        'error',
        phrases.draftReport.noSpeaker(shorten(first.text, SHOWN_CHARACTERS), first.named),
      )
    else if (!who.sure)
      line(
        'speaker',
        'look',
        phrases.draftReport.unsureSpeaker(shorten(first.text, SHOWN_CHARACTERS), first.speaker),
      )
    if (who.isRoleOfStory) line('role', 'note', draftReport.roleOfStory(who.name, who.role!))
    entries.push({
      file: 'quotes.yml',
      id,
      sure: who.sure,
      at,
      values: {
        id,
        speaker: who.name,
        ...(who.aliases.length > 0 && { aliases: who.aliases }),
        role:
          who.role ?? (first.speakerKind === 'other' ? draftReport.roleOfOther : draftReport.roleNotGiven),
        kind: first.kind,
        words: words.length === 1 ? words[0] : words,
        source: number,
        saidOn: saidOn(article.text, group, article.published?.date) ?? 'not given',
      },
    })
  }
  if (unnamedTurns > 0)
    report.push({ kind: 'marks-left-out', severity: 'note', text: draftReport.turnsLeftOut(unnamedTurns) })
  return { entries, report: [...report, ...marksLeftOut(article.text, quotations, inMarks)] }
}

/** Why words cannot be an entry as they are: the same checks as those of content. */
function wordsProblem(words: string[], text: string, inMarks: boolean): string | undefined {
  const verification = verifyPassages(words, text, { inMarks })
  return 'missing' in verification ? verification.missing : undefined
}

/** Why the labels of a transcript give words to somebody else, such as a reporter without a name. */
function labelProblemOf(
  { name: speaker, aliases, role = '' }: Who,
  group: FoundQuotation[],
  text: string,
): string | undefined {
  const spans = group.map(({ start, end }) => ({ start, end, line: lineNumberAt(text, start) }))
  const source = { number: 0, outlet: '', title: '', kind: '', skip: [], text }
  return speakerLabelProblem({ speaker, aliases, role }, { source, spans })
}

type Who = { name: string; aliases: string[]; role?: string; isRoleOfStory?: boolean; sure: boolean }

function speakerOf(first: FoundQuotation, group: FoundQuotation[], { article, into }: DraftInput): Who {
  const { speaker, role = group.find(({ role }) => role !== undefined)?.role } = first
  const called = aliasesOf(speaker, group, article.text)
  if (speaker === undefined || speaker.length > MAX_NAME_CHARACTERS)
    return { name: unnamed(first.named), aliases: called, role, sure: false }
  const known = into && quoteOf(speaker, into)
  const aliases = [...new Set([...(known?.aliases ?? []), ...called])].filter(
    alias => alias !== known?.speaker,
  )
  return {
    name: known?.speaker ?? speaker,
    aliases: known && speaker !== known.speaker ? [...new Set([...aliases, speaker])] : aliases,
    role: role ?? known?.role,
    isRoleOfStory: role === undefined && known !== undefined,
    sure: group.every(({ sure }) => sure),
  }
}

/** Who is quoted without a name, as the text calls them: “a spokeswoman”. A pronoun tells nobody. */
const unnamed = (named: string | undefined): string =>
  named !== undefined && /^(?:an?|one|some|the|another|two|several)\s+\p{L}/iu.test(named) && isShort(named)
    ? phrases.draftReport.unnamed(named)
    : phrases.draftReport.speakerNotKnown

const isShort = (named: string) => named.length < MAX_NAME_CHARACTERS - 20 && !named.includes('\n')

/** Other names by which a text calls a speaker, byte for byte. */
export const aliasesOf = (
  speaker: string | undefined,
  quotations: FoundQuotation[],
  text: string,
): string[] =>
  [...new Set(quotations.flatMap(({ named }) => named ?? []))].filter(
    named => isName(named) && !(speaker && named.includes(speaker)) && text.includes(named),
  )

const isName = (named: string) =>
  !NO_NAME.test(named) && /\p{Lu}/u.test(named) && named.length <= MAX_NAME_CHARACTERS && !/[\n:]/.test(named)

/** The day that the text gives right behind the word for saying, outside of the words themselves. */
function saidOn(text: string, group: FoundQuotation[], published: string | undefined): string | undefined {
  const [first, last] = [group[0]!, group.at(-1)!]
  const from = text.lastIndexOf('\n', first.start) + 1
  const lineEnd = text.indexOf('\n', last.end)
  const paragraph = text.slice(from, lineEnd < 0 ? text.length : lineEnd)
  const quoted = quotationsOf(text).map(({ start, end }) => ({ start: start - from, end: end - from }))
  const days = newsDates(paragraph, published).filter(
    ({ start, end, date, sure }) =>
      sure &&
      date?.length === '2017-08-06'.length &&
      (isSaidBefore(paragraph.slice(0, start), first) ||
        SAID_BEHIND.test(paragraph.slice(end, Math.max(end, first.start - from)))) &&
      !quoted.some(span => span.start <= start && start < span.end) &&
      Math.min(Math.abs(start + from - last.end), Math.abs(start + from - first.start)) < 120,
  )
  const found = new Set(days.map(({ date }) => date))
  return found.size === 1 ? [...found][0] : undefined
}

/** Whether a text ends with a word for saying, or with one and the very speaker behind it. */
function isSaidBefore(text: string, { speaker, named }: FoundQuotation): boolean {
  if (SAID_ON.test(text)) return true
  const who = SAID_WHO_ON.exec(text.slice(-200))?.groups?.who
  return who !== undefined && (who === named || (speaker !== undefined && who.endsWith(speaker)))
}

/** A name for an entry that no other one has: the last name of whoever is quoted, and a number. */
function freeId(ids: Set<string>, name: string | undefined): string {
  const last = tokens(withoutAccents(name ?? '')).findLast(word => /^[a-z][a-z-]*$/.test(word)) ?? 'quote'
  let number = 1
  while (ids.has(`${last}-${number}`)) number++
  ids.add(`${last}-${number}`)
  return `${last}-${number}`
}

/** Counts what stands in quotation marks and was taken for no quotation. */
function marksLeftOut(text: string, quotations: FoundQuotation[], inMarks: boolean): ReportLine[] {
  if (!inMarks) return []
  const left = quotationsOf(text).filter(
    ({ start, end }) => !quotations.some(found => found.start < end && found.end > start),
  )
  if (left.length === 0) return []
  const words = left.map(({ start, end }) => shorten(text.slice(start, end), SHOWN_CHARACTERS))
  const line = lineNumberAt(text, left[0]!.start)
  return [
    {
      kind: 'marks-left-out',
      severity: 'note',
      text: phrases.draftReport.marksLeftOut(left.length, words),
      line,
    },
  ]
}

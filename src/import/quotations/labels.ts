import { findMentions } from './names/names.ts'
import { addPerson, nameWords, noPeople, type People, peopleNamed } from './names/people.ts'
import type { FoundQuotation } from './quotation.ts'
import { findRuns } from './runs.ts'
import { tokenise } from './tokens.ts'

/** A label at the start of a line: “SEN. RUIZ:”, “Q.”, “The Prime Minister:”. */
const LABEL = /^(?<label>[\p{Lu}][^:\n“”"]{0,60}?)(?<end>:[ \t]+|:$)|^(?<short>[QA])[.:]?[ \t]+(?=\S)/u
const MAX_WORDS = 7
/** What stands in brackets at the start is what happened: (Applause.) [crosstalk]. */
const STAGE = /^(?:\([^)]{0,80}\)|\[[^\]]{0,80}\])\s*/
/** Lines that introduce and are nobody’s speech. */
const NO_SPEAKER =
  /^(?:note|editor|date|time|place|location|subject|source|copyright|transcript|participants|speakers|present|topic|updated?|published)\b/i

type Line = { from: number; to: number; isNotice?: true; label?: { name: string; end: number } }

/** Reads a transcript: the words behind each label, and the paragraphs that follow, are that speaker’s. */
export function labelledSpeech(text: string): FoundQuotation[] {
  const lines = [...text.matchAll(/[^\n\r]+/g)].flatMap(({ 0: line, index }): Line[] => {
    const from = index + (line.length - line.trimStart().length)
    const to = index + line.trimEnd().length
    return from < to ? [lineOf(text.slice(from, to), from, to)] : []
  })
  const people = peopleOf(text, lines)
  const found: FoundQuotation[] = []
  let speaker: ReturnType<typeof speakerOf> | undefined
  let turn = 0
  for (const { from, to, isNotice, label } of lines) {
    if (isNotice) speaker = undefined
    if (label) {
      speaker = speakerOf(label.name, people)
      turn++
    }
    if (!speaker) continue
    let start = label?.end ?? from
    let stage = STAGE.exec(text.slice(start, to))
    while (stage) {
      start += stage[0].length
      stage = STAGE.exec(text.slice(start, to))
    }
    // Words that stand in marks as a whole are quoted without them.
    const run = findRuns(text, start, to)[0]
    const [first, end] = run && run.from <= start && run.to >= to ? [run.start, run.end] : [start, to]
    if (first < end)
      found.push({ start: first, end, text: text.slice(first, end), turn, kind: 'direct', ...speaker })
  }
  return found
}

function lineOf(line: string, from: number, to: number): Line {
  const { label, short } = LABEL.exec(line)?.groups ?? {}
  const name = (label ?? short)?.trim()
  if (name !== undefined && NO_SPEAKER.test(name)) return { from, to, isNotice: true }
  if (name === undefined || name.split(/\s+/).length > MAX_WORDS) return { from, to }
  return { from, to, label: { name, end: from + LABEL.exec(line)![0].length } }
}

/** The people whom the lines without labels name, who the labels mean by their surnames. */
function peopleOf(text: string, lines: Line[]): People {
  const people = noPeople()
  for (const { from, to, label } of lines) {
    const end = label ? label.end : to
    const words = label ? asName(text.slice(from, end).replace(/:\s*$/, '')) : text.slice(from, end)
    const tokens = tokenise(words, 0, words.length, findRuns(words, 0, words.length))
    for (const mention of findMentions(tokens, new Set()))
      if (mention.kind === 'person' && mention.last > mention.nameFirst) {
        const shown = addPerson(people, tokens, mention, words)
        if (label && !text.includes(shown.name))
          shown.name = text.slice(from + mention.start, from + mention.end)
      }
  }
  return people
}

/** A label in capitals as a name is written elsewhere: “SEN. RUIZ” is “Sen. Ruiz”. */
const asName = (label: string) =>
  /\p{Ll}/u.test(label)
    ? label
    : label.replace(/(\p{L})(\p{L}*)/gu, (_, first: string, rest: string) => first + rest.toLowerCase())

function speakerOf(label: string, people: People) {
  const isQuestion =
    /^(?:q|a|question|answer|reporter|moderator|speaker|audience|unidentified.*|interviewer)$/i.test(label)
  const words = asName(label)
  const tokens = tokenise(words, 0, words.length, [])
  const mention = findMentions(tokens, new Set()).find(({ kind }) => kind !== 'place' && kind !== 'role')
  const person = mention && !isQuestion ? peopleNamed(people, nameWords(tokens, mention))[0] : undefined
  const isPerson =
    person !== undefined || (mention !== undefined && mention.kind !== 'organisation' && !isQuestion)
  return {
    speaker: person?.name ?? label,
    speakerKind: isPerson ? ('person' as const) : ('other' as const),
    named: label,
    ...(person?.described[0] !== undefined && { role: person.described[0] }),
    sure: isPerson,
  }
}

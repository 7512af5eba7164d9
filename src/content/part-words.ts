import { plainInlines } from '../chat/plain-text.ts'
import { type Block, type Inline, printedWords } from '../chat/reply.ts'
import { readableDate } from '../dates/dates.ts'
import { ROUGH_DATE } from '../dates/rough-dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { memoizeParts } from './memoize.ts'
import { type PartContent, partContentsOf, partHash } from './parts.ts'
import type { Story } from './story.ts'
import { isInsideWord } from './word-edges.ts'

/** The words of each part of a story that a correction may name, by the part: what a reader sees, a line a field. */
export const partWordsOf = memoizeParts((story: Story): Map<string, string> => {
  const words = [...partContentsOf(story)].flatMap(([part, content]): [string, string][] => {
    const fields = fieldsOf(story, content)
    return fields.length > 0
      ? [[part, fields.map(field => field.replace(/\s+/g, ' ').trim()).join('\n')]]
      : []
  })
  return new Map(words)
})

/** The words of all parts of several stories, each with the hash of the revision that has them. */
export const partWordsOfAll = ({ stories }: { stories: Story[] }) =>
  stories.flatMap(story =>
    [...partWordsOf(story)].map(([part, words]) => ({ part, hash: partHash(story, part)!, words })),
  )

/** Left-out words, as an editor writes them between two that we had. */
const LEFT_OUT = /(?:(?<!\s)\s+)?(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*/u

/**
 * Whether a part had some words, in the order given and with whole words at both ends. Spaces, the shape of quotation
 * marks and dashes, and a capital at the start do not matter; `A … B` leaves words out.
 */
export function hadWords(partWords: string, words: string): boolean {
  const wanted = normalize(words).trim()
  if (wanted === '') return false
  const lines = normalize(partWords).split('\n')
  const pieces = wanted.split(LEFT_OUT).filter(Boolean)
  return lines.some(
    line => positionOf(line, wanted, 0) !== undefined || (pieces.length > 1 && hasInOrder(line, pieces)),
  )
}

function hasInOrder(line: string, pieces: string[]): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = positionOf(line, piece, from)
    if (at === undefined) return false
    from = at + piece.length
  }
  return true
}

/** Where a line first has words, from a position on, with no word or number cut at their ends. */
function positionOf(line: string, words: string, from: number): number | undefined {
  if (words.length > line.length) return undefined
  const start = words.slice(0, 1)
  const spellings = new Set([
    words,
    ...[start.toLowerCase(), start.toUpperCase()].map(first => first + words.slice(1)),
  ])
  let first: number | undefined
  for (const spelling of spellings)
    for (let at = line.indexOf(spelling, from); at >= 0; at = line.indexOf(spelling, at + 1)) {
      if (first !== undefined && at > first) break
      if (isInsideWord(line, at) || isInsideWord(line, at + spelling.length)) continue
      first = at
      break
    }
  return first
}

const normalize = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u00ad\u200b\u2060\ufeff]/gu, '')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[^\S\n]+/g, ' ')

/** The fields of a part that a reader sees, those of its first sentence first; none if it cannot be corrected. */
function fieldsOf(story: Story, content: PartContent): string[] {
  switch (content.kind) {
    case 'label': {
      const { title, dek, state, from, coversTo, notChecked, archive, next, why } = story
      const { stateFirst, stateOfStory } = phrases.label
      return filled([
        title,
        dek,
        state,
        stateOfStory[state],
        stateFirst[state],
        notChecked,
        archive,
        next,
        textOf(why?.text),
      ]).concat([from, coversTo].flatMap(datesOf), linksOf(why?.text))
    }
    case 'section': {
      const { title, body } = content.section
      const texts = body.map(({ block }) => block)
      return filled([texts.map(blockText).join(' '), title, ...texts.flatMap(linksOfBlock)])
    }
    case 'quote': {
      const { words, speaker, role, saidOn, remark, note, source, kind } = content.quote
      const { outlet, title, date, dateNote } = source
      return filled([words, speaker, role, remark, textOf(note), outlet, title, dateNote, kind]).concat(
        [saidOn, date].flatMap(datesOf),
        linksOf(note),
      )
    }
    case 'event': {
      const { date, text, note, short, added } = content.event
      const fields = [textOf(text), textOf(note), short]
      return filled(fields).concat([date, added].flatMap(datesOf), linksOf(text), linksOf(note))
    }
    case 'fact': {
      const { text, confidence, claim } = content.fact
      const { says, verdict, short, source } = claim ?? {}
      return filled([textOf(text), says, verdict, short, source?.outlet, confidence]).concat(linksOf(text))
    }
    default:
      return []
  }
}

const filled = (fields: (string | undefined)[]): string[] =>
  fields.filter(field => field !== undefined && field !== '') as string[]

const textOf = (inlines: Inline[] | undefined) => inlines && plainInlines(inlines)

const linksOf = (inlines: Inline[] = []): string[] =>
  inlines.flatMap(inline => (typeof inline === 'object' && 'link' in inline ? [inline.link] : []))

function blockText(block: Block): string {
  if (block.kind === 'text' || block.kind === 'note') return plainInlines(block.text)
  if (block.kind === 'list') return block.items.map(plainInlines).join(' ')
  return block.kind === 'quote' ? printedWords(block) : ''
}

function linksOfBlock(block: Block): string[] {
  if (block.kind === 'text' || block.kind === 'note') return linksOf(block.text)
  return block.kind === 'list' ? block.items.flatMap(linksOf) : []
}

/** The long and the short name of each month. Made when they are needed: making a format takes as long as a start may not. */
function monthNames(): string[][] {
  if (months) return months
  const formats = (['long', 'short'] as const).map(
    month => new Intl.DateTimeFormat('en', { month, timeZone: 'UTC' }),
  )
  months = Array.from({ length: 12 }, (_, month) =>
    formats.map(each => each.format(Date.UTC(2000, month, 1))),
  )
  return months
}

let months: string[][] | undefined

/** A date in the forms in which people write it, as a line each. A text that is no date is one line. */
function datesOf(date: string | undefined): string[] {
  if (date === undefined) return []
  if (!ROUGH_DATE.test(date)) return [date]
  const [year, month, day] = date.split('-').map(Number) as [number, number?, number?]
  if (month === undefined) return [date]
  const forms = (monthNames()[month - 1] ?? []).flatMap(name =>
    day === undefined ? [`${name} ${year}`] : [`${day} ${name} ${year}`, `${name} ${day}, ${year}`],
  )
  return [date, readableDate(date), ...forms]
}

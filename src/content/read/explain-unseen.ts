import { findUnseen, nameOfUnseen } from './unseen-characters.ts'

/** A letter with its accents, as it is written and as it looks. `start` is its place in the text. */
type Letter = { raw: string; looks: string; start: number }

const OUTER_MARKS =
  /^[\s"'“”„‟‘’‚‛«»‹›「」『』]+|(?<![\s"'“”„‟‘’‚‛«»‹›「」『』])[\s"'“”„‟‘’‚‛«»‹›「」『』]+$/gu
const QUOTATION_MARK = /["“”„‟«»‹›「」『』]|^[\s]*['‘’‚‛]/u
/** Signs that look alike in print, each with the sign that it looks like. */
const ALIKE: [RegExp, string][] = [
  [/[‘’‛′ʼ]/gu, "'"],
  [/[“”„‟″]/gu, '"'],
  [/[‐‑‒–—―−]/gu, '-'],
  [/…/gu, '...'],
]
const MAX_SHOWN = 20

/**
 * Says why quoted words are not in a stored text although they look as if they were: quotation marks pasted round them,
 * a no-break space, a soft hyphen, an accent that is written in two pieces, a dash of another length. The sentence names
 * the character, on which side it is, and what to do. Undefined if the words differ by more than such characters.
 */
export function explainUnseen(words: string, text: string): string | undefined {
  const inner = words.replace(OUTER_MARKS, '')
  if (inner === '' || text.includes(words)) return undefined
  if (inner !== words && text.includes(inner)) return explainOuter(words)
  const wanted = letters(words)
  const found = findAlike(wanted, letters(text))
  if (found) return firstDifference(wanted, found)
  if (inner === words || !QUOTATION_MARK.test(words)) return undefined
  return findAlike(letters(inner), letters(text)) ? explainOuter(words) : undefined
}

function explainOuter(words: string): string {
  const outer = words.match(OUTER_MARKS)!
  const unseen = findUnseen(outer.join(''))
  if (unseen) return `the words have ${unseen.name} before or after them: take it out`
  const marks = outer.map(mark => mark.trim()).filter(mark => mark !== '')
  if (marks.length === 0) return 'the words have a space before or after them: take it out'
  const named = marks.map(mark => (/[“”]/.test(mark) ? mark : `“${mark}”`)).join(' and ')
  return `the words have ${named} round them: take the quotation marks out, nutgraf adds them`
}

/** Splits a text into letters with their accents. What cannot be seen belongs to the letter before it. */
function letters(text: string): Letter[] {
  const result: Letter[] = []
  let unseen = ''
  for (const { 0: raw, index } of text.matchAll(/\P{M}\p{M}*/gsu)) {
    const last = result.at(-1)
    const looks = appearanceOf(raw)
    if (last && (looks === '' || (looks === ' ' && last.looks === ' '))) last.raw += raw
    else if (looks === '') unseen += raw
    else {
      result.push({ raw: unseen + raw, looks, start: index - unseen.length })
      unseen = ''
    }
  }
  return result
}

function appearanceOf(raw: string): string {
  if (/^[\s\u180e]/u.test(raw) && raw[0] !== '\ufeff') return ' '
  if (/^\p{Cf}+$/u.test(raw)) return ''
  let looks = raw.normalize('NFC').replace(/\p{Cf}/gu, '')
  for (const [sign, plain] of ALIKE) looks = looks.replace(sign, plain)
  return looks
}

function findAlike(wanted: Letter[], text: Letter[]): Letter[] | undefined {
  const joined = text.map(({ looks }) => looks).join('')
  const at = joined.indexOf(wanted.map(({ looks }) => looks).join(''))
  if (at < 0) return undefined
  let position = 0
  const first = text.findIndex(({ looks }) => {
    if (position >= at) return true
    position += looks.length
    return false
  })
  return text.slice(first, first + wanted.length)
}

function firstDifference(wanted: Letter[], found: Letter[]): string | undefined {
  for (const [index, own] of wanted.entries()) {
    const theirs = found[index]
    if (!theirs || own.raw === theirs.raw) continue
    // What follows the last letter in the stored text is not part of the words.
    if (index === wanted.length - 1 && theirs.raw.startsWith(own.raw)) continue
    const [extra, bare] = unseenBeside(own.raw, theirs.raw)
    const end = bare === undefined ? index : index + 1
    const before = lastLetters(wanted.slice(0, end))
    const place = before === '' ? 'at their beginning' : `after “${before}”`
    const difference =
      bare === undefined
        ? `the stored text has ${nameOf(theirs.raw)} where the words have ${nameOf(own.raw)}`
        : bare === own.raw
          ? `the stored text has ${nameOf(extra)}, which the words do not have`
          : `the words have ${nameOf(extra)}, which the stored text does not have`
    return `the words look the same as the stored text, but ${place} ${difference}: copy them from the stored text again`
  }
  return undefined
}

/** The unseen characters behind a letter where only one side has them, and the letter alone. */
function unseenBeside(own: string, theirs: string): [extra: string, bare?: string] {
  const [short = '', long = ''] = [own, theirs].sort((a, b) => a.length - b.length)
  return short !== ' ' && long.startsWith(short) && nameOfUnseen(long.slice(short.length)) !== undefined
    ? [long.slice(short.length), short]
    : ['']
}

/** The last words of some letters, as they look. */
function lastLetters(letters: Letter[]): string {
  const text = letters.map(({ looks }) => looks).join('')
  return text.length <= MAX_SHOWN
    ? text.trim()
    : text
        .slice(-MAX_SHOWN)
        .replace(/^\S*\s/, '')
        .trim()
}

function nameOf(raw: string): string {
  const unseen = new Set([...raw].flatMap(character => nameOfUnseen(character) ?? []))
  if (unseen.size > 0) return [...unseen].join(' and ')
  if (raw === ' ') return 'an ordinary space'
  if (raw.normalize('NFC') !== raw)
    return `“${raw.normalize('NFC')}” in pieces, as a letter and an accent (${codes(raw)})`
  return /^[\p{L}\p{N}]+$/u.test(raw) && raw.normalize('NFD') === raw
    ? `“${raw}”`
    : `“${raw}” (${codes(raw)})`
}

const codes = (raw: string) =>
  [...raw].map(sign => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

/**
 * A quotation in a text: what is between an opening and a closing mark, without both and without the spaces that French
 * puts inside. Offsets count UTF-16 units. `repeats` are the ranges inside it that belong to no words: the line ends and
 * the repeated opening marks of a quotation over several paragraphs.
 */
export type Quotation = {
  start: number
  end: number
  open: string
  repeats: { start: number; end: number }[]
}

/**
 * The marks that close each opening mark. „…“ is German, „…” Polish, »…« is used in German books, »…» and ”…” in Swedish,
 * «…» in French, Swiss and Russian, ‘…’ in British, 「…」 and 『…』 in Japanese texts. Straight marks close themselves.
 */
const CLOSERS: Record<string, string> = {
  '“': '”"“',
  '„': '“”',
  '‟': '”',
  '”': '”',
  '"': '"”“',
  '＂': '＂',
  '«': '»',
  '»': '«»',
  '‘': '’',
  '‚': '‘’',
  '‛': '’',
  '’': '’',
  "'": "'",
  '‹': '›',
  '›': '‹›',
  '「': '」',
  '『': '』',
  '｢': '｣',
  '〝': '〞〟',
}
const MARK = /[“”„‟"＂«»‘’‚‛'‹›「」『』｢｣〝〞〟]/g
/** Marks of which the same character opens and closes, somewhere at least: what is around them decides. */
const TWO_WAY = new Set('"＂”»’\'›')
const SINGLE = new Set("‘’‚‛'")
const ALWAYS_OPEN = new Set('「『｢〝')

const WORD = /[\p{L}\p{N}\p{M}]/u
const DIGIT = /\p{N}/u
const LETTER_OR_DIGIT_END = /[\p{L}\p{N}\p{M}]$/u
/** Scripts that put no spaces between words: a mark there has a letter on both sides. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]/u
/** What may be directly before an opening mark. */
const BEFORE_OPENING = /^$|[\s([{<>«»“„‘‚‹›「『—–―:;,/*_~|¿¡…-]/u
/** What a quoted sentence ends with: a mark after it closes, also in British and German texts with single marks. */
const SENTENCE_END = /[.,;:!?…—–)\]。、！？」』]/u
const BLANK_LINE = /\n[^\S\n]*\n/
/** Words that begin with an apostrophe. */
const ELISION =
  /^(?:\p{N}{2}s?|n|em|tis|twas|twere|twill|til|till|cause|bout|round|cos|cuz|tho|ere|neath|s|t|m|d)(?![\p{L}\p{N}])/iu
/** How many marks an unclear one looks ahead. More would let a hostile text cost its length squared. */
const MAX_LOOK_AHEAD = 40
/** How many marks may be open inside each other. */
const MAX_DEPTH = 8

type Mark = { mark: string; at: number; before: string; after: string }
type OpenMark = Mark & { repeats: { start: number; end: number }[] }

/**
 * Reads the quotations of a text, in the order of their opening marks. Lines that follow each other are one paragraph. A
 * blank line ends it and every quotation in it, unless the next paragraph begins with the same opening mark again. A mark
 * that is never closed, an apostrophe, and a mark for inches, feet or minutes make no quotation. With `unclosed`, double
 * marks that the text never closes are open to its end: a paragraph of a longer quotation is read so.
 */
export function readQuotations(text: string, unclosed = false): Quotation[] {
  const marks = readMarks(text)
  const found: (Quotation & { at: number })[] = []
  let open: OpenMark[] = []
  for (const [index, mark] of marks.entries()) {
    if (open.length > 0) {
      const gap = text.slice(marks[index - 1]!.at, mark.at)
      const breakAt = gap.search(BLANK_LINE)
      // A paragraph without the mark in between ends the quotation: what follows are the outlet's own words.
      if (breakAt >= 0) open = gap.slice(breakAt).trim() === '' ? repeatsAfterBreak(text, mark, open) : []
      if (isRepeated(text, mark, open)) {
        repeatedMark(mark, open)!.repeats.push(markWithGap(text, mark.at))
        continue
      }
    }
    if (isApostrophe(text, marks, index, open) || isUnit(text, marks, index, open)) continue
    const at = open.findLastIndex(candidate => closes(mark, candidate))
    const closing = at >= 0 ? open[at] : undefined
    if (closing) {
      const { start, end } = trimmed(text, closing.at + 1, mark.at)
      if (start < end)
        found.push({ start, end, open: closing.mark, repeats: closing.repeats, at: closing.at })
      open.length = at
    } else if (opens(mark, open)) {
      // A two-way mark opened twice: the first was never closed.
      const same = TWO_WAY.has(mark.mark) ? open.findIndex(candidate => candidate.mark === mark.mark) : -1
      if (same >= 0) open.length = same
      open.push({ ...mark, repeats: [] })
      if (open.length > MAX_DEPTH) open.shift()
    }
  }
  const left = unclosed ? open.findLast(({ mark }) => !SINGLE.has(mark)) : undefined
  if (left && !found.some(({ open: mark, at }) => at > left.at && !SINGLE.has(mark)))
    found.push({ ...trimmed(text, left.at + 1, text.length), open: left.mark, repeats: [], at: left.at })
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...quotation }) => quotation)
}

const readMarks = (text: string): Mark[] =>
  [...text.matchAll(MARK)].map(({ 0: mark, index }) => ({
    mark,
    at: index,
    before: characterBefore(text, index),
    after: characterAfter(text, index),
  }))

const characterBefore = (text: string, at: number) => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
const characterAfter = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at + 1) ?? 32)

const isSpace = (character: string) => character === '' || /\s/u.test(character)

/** Whether a mark closes one that is open. */
function closes({ mark, before, after }: Mark, candidate: Mark): boolean {
  if (!CLOSERS[candidate.mark]?.includes(mark)) return false
  // Some texts open with a curly mark and close with a straight one, or the other way round.
  if (isMixed(candidate.mark, mark)) return !isSpace(before) && !WORD.test(after)
  if (candidate.mark !== mark) return true
  // Slips of the keyboard: “so.“ – where nothing can begin, the opening mark closes.
  if (mark === '“') return isSpace(after) && !isSpace(before)
  // The same character opens and closes: it closes after a word or its punctuation, not before one.
  if (WITHOUT_SPACES.test(before) || WITHOUT_SPACES.test(after)) return true
  if (BEFORE_OPENING.test(before) && WORD.test(after)) return false
  return !isSpace(before) || !WORD.test(after)
}

const isMixed = (open: string, close: string) =>
  (open === '"' && close !== '"') || (open === '“' && close === '"')

/** Whether a mark may begin a quotation. */
function opens({ mark, before, after }: Mark, open: Mark[]): boolean {
  if (!(mark in CLOSERS)) return false
  if (ALWAYS_OPEN.has(mark)) return true
  if (isSpace(after)) return mark === '«'
  // In English ’ begins no quotation, in Swedish it does, inside another one.
  if (mark === '’') return open.at(-1)?.mark === '”' && BEFORE_OPENING.test(before)
  return BEFORE_OPENING.test(before) || WITHOUT_SPACES.test(before)
}

/** The open mark that a mark at the start of a paragraph repeats: the same one, or « for ». */
const repeatedMark = <Open extends Mark>({ mark }: Mark, open: Open[]): Open | undefined =>
  open.find(candidate => candidate.mark === mark || (candidate.mark === '«' && mark === '»'))

/** Whether a mark at the start of a line repeats an opening one, as in a quotation over several paragraphs. */
function isRepeated(text: string, mark: Mark, open: Mark[]): boolean {
  if (isSpace(mark.after) && mark.mark !== '«' && mark.mark !== '»') return false
  return (
    repeatedMark(mark, open) !== undefined &&
    text.slice(markWithGap(text, mark.at).start, mark.at).includes('\n')
  )
}

/** The open marks that go on after a blank line: those that are repeated at once, from the outermost on. */
function repeatsAfterBreak<Open extends Mark>(text: string, first: Mark, open: Open[]): Open[] {
  if (!isRepeated(text, first, open)) return []
  const at = open.indexOf(repeatedMark(first, open)!)
  const next = open[at + 1]
  return open.slice(
    0,
    next &&
      text
        .slice(first.at + 1)
        .trimStart()
        .startsWith(next.mark)
      ? at + 2
      : at + 1,
  )
}

/** The spaces and line ends directly before a mark, and the mark. */
function markWithGap(text: string, at: number): { start: number; end: number } {
  let start = at
  while (start > 0 && /\s/u.test(text[start - 1]!)) start--
  return { start, end: at + 1 }
}

/** Whether ’ or ' belongs to a word: don’t, ’90s, the workers’ rights, goin’ home. */
function isApostrophe(text: string, marks: Mark[], index: number, open: Mark[]): boolean {
  const { mark, at, before, after } = marks[index]!
  if (mark !== '’' && mark !== "'" && mark !== '‘') return false
  if (WORD.test(before) && WORD.test(after)) return true
  if (!WORD.test(before) && ELISION.test(text.slice(at + 1, at + 12)))
    return mark !== '‘' || DIGIT.test(after) || /^n/i.test(after)
  if (mark === '‘' || !LETTER_OR_DIGIT_END.test(before)) return false
  const single = open.some(candidate => SINGLE.has(candidate.mark))
  if (!single) return true
  // Inside single marks a word may end with an apostrophe. It does where the quotation surely ends later.
  return /^\s?[\p{Ll}\p{N}]/u.test(text.slice(at + 1, at + 4)) && closesLater(marks, index, SINGLE)
}

/** Whether a mark after a digit means inches, feet or seconds: 6'2", a 12" pipe. */
function isUnit(text: string, marks: Mark[], index: number, open: Mark[]): boolean {
  const { mark, at, before } = marks[index]!
  if (!DIGIT.test(before) || (mark !== '"' && mark !== '”')) return false
  const opener = open.findLast(candidate => CLOSERS[candidate.mark]?.includes(mark))
  if (!opener) return true
  if (isMixed(opener.mark, mark)) return closesCurly(marks, index)
  const feet = /['’′]\s?\d+(?:[.,]\d+)?(?:\s?[½¼¾])?$/u.test(text.slice(Math.max(0, at - 10), at))
  const used = /^(?:[ -]?[\p{Ll}×x]|-|\s?[×x]\s?\d)/u.test(text.slice(at + 1, at + 5))
  return (feet || used) && closesLater(marks, index, new Set('"“”„'))
}

/** Whether a curly mark closes before another one opens. */
const closesCurly = (marks: Mark[], index: number) =>
  marks.slice(index + 1, index + 1 + MAX_LOOK_AHEAD).find(({ mark }) => mark === '“' || mark === '”')
    ?.mark === '”'

/** Whether the next mark of a kind that is no apostrophe closes a sentence, before another one opens. */
function closesLater(marks: Mark[], index: number, kind: Set<string>): boolean {
  for (const mark of marks.slice(index + 1, index + 1 + MAX_LOOK_AHEAD)) {
    if (!kind.has(mark.mark)) continue
    const { before, after } = mark
    if (WORD.test(before) && WORD.test(after)) continue
    if (SENTENCE_END.test(before) && !WORD.test(after)) return true
    if (BEFORE_OPENING.test(before)) return false
    if (!kind.has("'")) return false
  }
  return false
}

function trimmed(text: string, from: number, to: number): { start: number; end: number } {
  let [start, end] = [from, to]
  while (start < end && /\s/u.test(text[start]!)) start++
  while (end > start && /\s/u.test(text[end - 1]!)) end--
  return { start, end }
}

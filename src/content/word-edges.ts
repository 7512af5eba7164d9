/** Characters of words and numbers: letters, digits, marks, currency, and signs that change what a number says. */
const WORD = /[\p{L}\p{N}\p{M}\p{Pc}\p{Sc}%‰°#№§]|[\u200c\u00ad\u2060]|\u200d/u
const LETTER = /[\p{L}\p{M}]/u
const DIGIT = /\p{N}/u
/** Signs before a number that belong to it: −15, ≥5, ~20, .5. */
const SIGN = /[-−–‐‑﹣－+±∓≤≥<>≈~.,]/u
/** Join two parts of a word: non-binding, don’t, AT&T, name@host. */
const JOINS_WORDS = /['’ʼ＇\-‐‑·&@]/u
/** Join two parts of a number: 1,500 · 3.5 · 10:30 · 24/7 · 1–5 · 1’000 · 2×4. */
const JOINS_DIGITS = /[.,:/'’·٫٬\-‐‑–−×]/u
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Numbers with a space inside: 1 500, 5 %, 20 €, $ 20. A currency sign before another number belongs to that one. */
const SPACED_NUMBER =
  /(?<!\p{N})\p{N}{1,3}(?:[ \u00a0\u2009\u202f]\p{N}{3})+(?!\p{N})|\p{N}[ \u00a0\u2009\u202f](?:[%‰°]|\p{Sc}(?![ \u00a0\u202f]?\p{N}))|\p{Sc}[ \u00a0\u2009\u202f]\p{N}|[−±≤≥≈][ \u00a0\u2009\u202f]\p{N}/gu
/** Enough text around an edge to see the word or number that it may cut. */
const AROUND = 40

/**
 * Whether a position in a text is inside a word or number, so that words cut there would say something else: inside
 * “unfair”, “non-binding”, “1,500”, “$20”, “−15” or “5 %”. Offsets count UTF-16 units.
 */
export function isInsideWord(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return false
  // Not between the halves of a surrogate pair.
  if (/[\ud800-\udbff]/.test(text[position - 1]!) && /[\udc00-\udfff]/.test(text[position]!)) return true
  const [beforeLast = '', last = ''] = lastCharacters(text.slice(Math.max(0, position - AROUND), position))
  const [first = '', second = ''] = [...text.slice(position, position + AROUND)]
  if (WORD.test(last) && WORD.test(first)) {
    if (!WITHOUT_SPACES.test(last) && !WITHOUT_SPACES.test(first)) return true
    return /\p{M}/u.test(first) || isInsideSegment(text, position)
  }
  return (
    joins(beforeLast, last, first) ||
    joins(last, first, second) ||
    isSignOf(beforeLast, last, first) ||
    isInsideSpacedNumber(text, position) ||
    isInsideAbbreviation(text, position)
  )
}

function lastCharacters(text: string): string[] {
  const characters = [...text]
  return characters.length > 1 ? characters.slice(-2) : ['', ...characters]
}

/** Whether a character joins its neighbours to one word or number. */
function joins(left: string, character: string, right: string): boolean {
  if (!WORD.test(left) || !WORD.test(right)) return false
  if (JOINS_WORDS.test(character) && !WITHOUT_SPACES.test(left) && !WITHOUT_SPACES.test(right)) return true
  return JOINS_DIGITS.test(character) && DIGIT.test(left) && DIGIT.test(right)
}

const isSignOf = (before: string, sign: string, number: string) =>
  SIGN.test(sign) &&
  /[\p{N}\p{Sc}]/u.test(number) &&
  !LETTER.test(before) &&
  !DIGIT.test(before) &&
  !/[.,]/.test(before)

function isInsideSpacedNumber(text: string, position: number): boolean {
  const from = Math.max(0, position - AROUND)
  const around = text.slice(from, position + AROUND)
  for (const { 0: found, index } of around.matchAll(SPACED_NUMBER))
    if (from + index < position && position < from + index + found.length) return true
  return false
}

/** Whether a position is inside letters with full stops between them: U.S., p.m., i.e. */
function isInsideAbbreviation(text: string, position: number): boolean {
  const from = Math.max(0, position - AROUND)
  for (const { 0: found, index } of text
    .slice(from, position + AROUND)
    .matchAll(/(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}/gu))
    if (from + index < position && position < from + index + found.length) return true
  return false
}

let segmenter: Intl.Segmenter | undefined

/** Whether a position is inside a word of a script without spaces, as the language's dictionary sees it. */
function isInsideSegment(text: string, position: number): boolean {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  let from = position
  while (from > 0 && position - from < AROUND && WORD.test(text[from - 1]!)) from--
  const segment = segmenter.segment(text.slice(from, position + AROUND)).containing(position - from)
  return segment !== undefined && segment.index !== position - from
}

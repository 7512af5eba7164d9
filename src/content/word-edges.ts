import { hasWordsWithoutSpaces, segmentWords } from './segments.ts'

/** Characters of words and numbers: letters, digits, marks, currency, and signs that change what a number says. */
const WORD = /[\p{L}\p{N}\p{M}\p{Pc}\p{Sc}%‰‱％﹪٪°℃℉#＃№§⁺⁻₊₋]|\u200c|\u200d/u
const LETTER = /[\p{L}\p{M}]/u
const LOWER = /\p{Ll}/u
const DIGIT = /\p{N}/u
/** Signs before a number that belong to it: −15, ≥5, ~20, .5. */
const SIGN = /[-−–‐‑﹣－+＋±∓≤≥<>≈~〜～.,^×√]/u
/** Join two parts of a word: non-binding, don’t, AT&T, name@host, he/she. */
const JOINS_WORDS = /['’ʼ＇´`\-‐‑·&＆@/־*]/u
/** Join two parts of a number: 1,500 · 3.5 · 10:30 · 24/7 · 1–5 · 1’000 · 2×4 · 10^6. */
const JOINS_DIGITS = /[.,:/'’·٫٬\-‐‑–—−×^．：／＇′]/u
/** Follow a number or word that they change: 50+, C++, 6′2″. */
const SIGN_BEHIND = /[+＋′″]/u
/** Dashes that join words only after a prefix, and separate sentences otherwise: non–binding. */
const LONG_DASH = /[–−]/u
const PREFIX =
  /(?<![\p{L}\p{N}])(?:non|un|anti|ex|pro|pre|post|co|re|de|dis|mis|semi|quasi|self|sub|super|inter|intra|over|under|pseudo|counter|vice|all|half|near|mid|neo|ultra|nicht|nie|neo|sans)$/iu
const SPACE = '[ \\u00a0\\u2009\\u202f]'
/** Numbers with a space inside: 1 500, 5 %, 20 €, $ 20, 3 × 10. A currency sign before another number belongs to that one. */
const SPACED_NUMBER = new RegExp(
  [
    String.raw`(?<!\p{N})\p{N}{1,3}(?:${SPACE}\p{N}{3})+(?!\p{N})`,
    String.raw`\p{N}${SPACE}(?:[%‰‱％٪°℃℉]|\p{Sc}(?!${SPACE}?\p{N}))`,
    String.raw`[-−]?\p{Sc}${SPACE}[-−]?\p{N}`,
    String.raw`[−±≤≥≈<>№§#√]${SPACE}[\p{N}\p{Sc}]`,
    String.raw`\p{N}${SPACE}[×x·/÷^]${SPACE}\p{N}`,
    String.raw`\p{N}${SPACE}\p{N}[/⁄]\p{N}|\p{N}${SPACE}[½¼¾⅓⅔⅛⅜⅝⅞]`,
  ].join('|'),
  'gu',
)
/** Letters with full stops between them: U.S., p.m., Ph.D., i.e. The last full stop may end a sentence too. */
const ABBREVIATION =
  /(?<![\p{L}\p{N}.])(?:\p{L}\.)+\p{L}(?=\.)|(?<![\p{L}\p{N}.])\p{Lu}\p{Ll}{0,2}\.\p{Lu}\p{Ll}{0,2}/gu
/** Letters that an outlet replaced: f**k. */
const CENSORED = /\p{L}\*{2,}\p{L}*/gu
/** Chinese and Japanese numerals in a row are one number, with the sign or “percent of” before and a unit of ten behind. */
const HAN_DIGIT = /[〇零一二三四五六七八九十百千万億亿兆萬两兩]/u
const HAN_BEFORE_NUMBER = /(?:[负負第]|[百千]分之|[〇零一二三四五六七八九十][点點])$/u
/** A number of more than one sign; behind it a dictionary may see a word that begins with its last one. */
const HAN_NUMBER_END =
  /(?:\p{Nd}[万億亿兆萬千百十]+|[第〇零一二三四五六七八九十百千万億亿兆萬两兩][〇零一二三四五六七八九十百千万億亿兆萬两兩])$/u
const HAN_UNIT = /^[万億亿兆萬千百十]/u
/** Words of one character that turn the next one into its opposite. */
const HAN_NEGATION = new Set(['不', '非', '未', '无', '無', '没', '沒', '勿', '莫'])
/** Signs that cannot be seen and belong to no word. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]/g
/** Enough text around an edge to see the word or number that it may cut. */
const AROUND = 60

/**
 * Whether a position in a text is inside a word or number, so that words cut there would say something else: inside
 * “unfair”, “non-binding”, “1,500”, “$20”, “−15” or “5 %”. Offsets count UTF-16 units.
 */
export function isInsideWord(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return false
  if (isInsideCharacter(text, position)) return true
  const before = text.slice(Math.max(0, position - AROUND), position).replace(UNSEEN, '')
  const after = text.slice(position, position + AROUND).replace(UNSEEN, '')
  const [last = '', beforeLast = ''] = lastCharacters(before)
  const [first = '', second = ''] = after
  if (WORD.test(last) && WORD.test(first)) {
    const isSegmented = hasWordsWithoutSpaces(last) || hasWordsWithoutSpaces(first)
    return !isSegmented || isInsideRun(before, after, last, first)
  }
  return (
    joins(before, last, first, second) ||
    joins(before.slice(0, -last.length), beforeLast, last, first) ||
    isSignOf(beforeLast, last, first + second) ||
    (SIGN_BEHIND.test(first) && /[\p{L}\p{N}+＋′″]/u.test(last)) ||
    (DIGIT.test(before + after) && isInsideMatch(SPACED_NUMBER, before, after)) ||
    isInsideMatch(ABBREVIATION, before, after) ||
    isInsideMatch(CENSORED, before, after)
  )
}

/** Whether a position is inside what is one character to a reader: a letter and its marks, a flag, a joined emoji. */
function isInsideCharacter(text: string, position: number): boolean {
  const around = text.slice(Math.max(0, position - 2), position + 2)
  if (/^[ -~]*$/.test(around)) return false
  if (/[\ud800-\udbff]/.test(text[position - 1]!) && /[\udc00-\udfff]/.test(text[position]!)) return true
  const after = text.slice(position, position + 2)
  if (/^[\p{M}\p{Emoji_Modifier}]/u.test(after) && !/^[#*\d]/.test(after)) return true
  const before = text.slice(Math.max(0, position - AROUND), position)
  if (/\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*\u200d$/u.test(before)) return true
  if (/^\u200d/.test(after) && /\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*$/u.test(before))
    return true
  const flags = /\p{Regional_Indicator}+$/u.exec(before)?.[0]
  return flags !== undefined && [...flags].length % 2 === 1 && /^\p{Regional_Indicator}/u.test(after)
}

/** The last two characters of a text, the last one first. */
function lastCharacters(text: string): string[] {
  return [...text.slice(-4)].toReversed()
}

/** Whether a character joins its neighbours to one word or number. `before` is the text up to the character. */
function joins(before: string, left: string, character: string, right: string): boolean {
  if (!WORD.test(left) || !WORD.test(right)) return false
  if (DIGIT.test(left) && DIGIT.test(right))
    return JOINS_DIGITS.test(character) || (character === '，' && /[０-９]/.test(left))
  if (hasWordsWithoutSpaces(left) || hasWordsWithoutSpaces(right)) return false
  if (JOINS_WORDS.test(character)) return true
  if (character === '.') return LOWER.test(right) || (DIGIT.test(left) && LETTER.test(right))
  return LONG_DASH.test(character) && PREFIX.test(before)
}

/** Whether a sign belongs to the number after it. */
const isSignOf = (before: string, sign: string, number: string) =>
  SIGN.test(sign) &&
  /^[.,]?[\p{N}\p{Sc}]/u.test(number) &&
  !LETTER.test(before) &&
  !DIGIT.test(before) &&
  !/[.,]/.test(before)

/** Whether the end of `before` is inside what a pattern finds in the text around it. */
function isInsideMatch(pattern: RegExp, before: string, after: string): boolean {
  const around = before + after
  for (const { 0: found, index } of around.matchAll(pattern))
    if (index < before.length && before.length < index + found.length) return true
  return false
}

/** Whether a position is inside a word of a script without spaces, as a dictionary sees it, or inside a number in it. */
function isInsideRun(before: string, after: string, last: string, first: string): boolean {
  const isNumber = (character: string) => HAN_DIGIT.test(character) || DIGIT.test(character)
  if (HAN_DIGIT.test(last) && HAN_DIGIT.test(first)) return true
  if (DIGIT.test(last) && HAN_UNIT.test(first)) return true
  if (HAN_BEFORE_NUMBER.test(before) && isNumber(first)) return true
  if (HAN_DIGIT.test(last) && /^[点點][〇零一二三四五六七八九十]/u.test(after)) return true
  if (/[百千]分$/u.test(before) && after.startsWith('之')) return true
  if (HAN_NUMBER_END.test(before)) return false
  const head = /[\p{L}\p{N}\p{M}]*$/u.exec(before)![0]
  const tail = /^[\p{L}\p{N}\p{M}]*/u.exec(after)![0]
  let end = 0
  for (const segment of segmentWords(head + tail)) {
    end += segment.length
    if (end === head.length) return HAN_NEGATION.has(segment)
    if (end > head.length) return true
  }
  return false
}

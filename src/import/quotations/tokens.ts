import type { Run } from './runs.ts'

/**
 * A word, a punctuation mark, or a run of words between marks (`run` is its number in the paragraph). `sentence` numbers
 * the outlet’s sentences of the paragraph.
 */
export type Token = {
  kind: 'word' | 'mark' | 'run'
  text: string
  lower: string
  start: number
  end: number
  capital: boolean
  sentence: number
  run?: number
}

const PIECE =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:[-‐'’.@_/&]|(?<=\d),)[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*|@\w+|#\w+|--+|\.{3,}|[^\s]/gu

const POSSESSIVE = /['’]s$/i

/** A pronoun with a verb that is cut short: he’d, they’ve. */
const SHORTENED = /^(?:he|she|they|it|we|you|who)['’](?:d|ll|ve|re)$/i

const WITH_DOT =
  /^(?:mr|mrs|ms|dr|prof|rev|fr|hon|gov|sen|rep|reps|sens|pres|lt|sgt|capt|col|gen|maj|cpl|cmdr|adm|det|insp|supt|dep|dept|atty|asst|st|jr|sr|no|vs|inc|corp|ltd|co|cllr|sec|ofc|msgr|cst|const|p\.m|a\.m|jan|feb|aug|sept|oct|nov|dec|wm|geo|chas|thos|calif|ill|mass|pa|fla|tex|va|md|conn|mich|minn|wis|ariz|colo|tenn|ky|ga|ala|miss|ark|okla|wash|ore|nev|univ|ave|blvd|rd|mt|ft|\p{L}|(?:\p{L}\.)+\p{L})$/iu

/** Words that a sentence begins with: after `U.S.` or `Inc.` they tell that the dot ended one. */
const STARTER =
  /^(?:the|a|an|he|she|it|they|we|i|but|and|in|on|at|this|that|these|those|his|her|their|its|there|when|while|after|as|for|if|so|yet|however|both|many|most|some|no|according|asked)$/i

/** Cuts a paragraph into tokens; what stands between marks is one token. */
export function tokenise(text: string, from: number, to: number, runs: Run[]): Token[] {
  const tokens: Token[] = []
  let at = from
  for (const [index, run] of runs.entries()) {
    addWords(tokens, text, at, run.from)
    const piece = text.slice(run.start, run.end)
    tokens.push({
      kind: 'run',
      text: piece,
      lower: '',
      start: run.from,
      end: run.to,
      capital: /^\W*\p{Lu}/u.test(piece),
      sentence: 0,
      run: index,
    })
    at = run.to
  }
  addWords(tokens, text, at, to)
  numberSentences(tokens)
  return tokens
}

function addWords(tokens: Token[], text: string, from: number, to: number): void {
  const add = (kind: Token['kind'], start: number, end: number) => {
    const piece = text.slice(start, end)
    tokens.push({
      kind,
      text: piece,
      lower: piece.toLowerCase().replaceAll('’', "'"),
      start,
      end,
      capital: /^\p{Lu}/u.test(piece),
      sentence: 0,
    })
  }
  const piece = text.slice(from, to)
  for (const { 0: word, index } of piece.matchAll(PIECE)) {
    const start = from + index
    const end = start + word.length
    if (start < (tokens.at(-1)?.end ?? 0)) continue
    const last = tokens.at(-1)
    if (
      /^['’]$/.test(word) &&
      last?.end === start &&
      /s$/i.test(last.text) &&
      /^\s\p{L}/u.test(text.slice(end, end + 2))
    ) {
      add('word', start, end)
      tokens.at(-1)!.lower = "'s"
    } else if (!/^[\p{L}\p{N}@#]/u.test(word)) add('mark', start, end)
    else if (POSSESSIVE.test(word) && word.length > 2) {
      add('word', start, end - 2)
      add('word', end - 2, end)
    } else if (SHORTENED.test(word)) {
      const cut = start + word.search(/['’]/)
      add('word', start, cut)
      add('word', cut, end)
    } else if (text[end] === '.' && end < to && WITH_DOT.test(word)) add('word', start, end + 1)
    else add('word', start, end)
  }
}

function numberSentences(tokens: Token[]): void {
  let sentence = 0
  for (const [index, token] of tokens.entries()) {
    token.sentence = sentence
    const next = tokens[index + 1]
    if (!next) break
    const startsNew = next.kind === 'run' || next.capital || /^[\p{N}[(—–-]/u.test(next.text)
    if (token.kind === 'mark' && /^[.?!…]/.test(token.text)) {
      if (startsNew || token.text !== '.') sentence++
    } else if (token.kind === 'run') {
      if (/[.?!…]['’”"]?$/.test(token.text) && startsNew && next.kind !== 'mark') sentence++
    } else if (/\.$/.test(token.text) && (next.kind === 'run' || (next.capital && STARTER.test(next.text)))) {
      if (!/^(?:mr|mrs|ms|dr|gov|sen|rep|\p{L})\.$/iu.test(token.text)) sentence++
    }
  }
}

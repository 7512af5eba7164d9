import type { Call } from '../../chat/platform.ts'
import { note, type Reply, refusal } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import { formatWordFilter, MAX_FILTER_CHARACTERS, parseWordFilter } from '../../digests/word-filter.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { parseLine } from '../line.ts'
import { safeEcho } from '../refusals.ts'

/** Begins the filter in a typed line, and the argument that holds it. */
export const FILTER_PREFIX = 'words:'

const FILTER_ARGUMENT = /^words?:/i
const FILTER_WORD = /^words?:?$/i
/** A quoted text, or a word up to the next space, as a line is read. */
const TOKEN = /"(?:\\.|[^"\\])*"?|[“”„][^"“”]*["“”]?|\S+/g

/** The filter in an argument (`words: ordinance -sports`); undefined if it is another argument. */
export const filterOf = (argument: string): string | undefined =>
  FILTER_ARGUMENT.test(argument) ? argument.replace(FILTER_ARGUMENT, '').trim() : undefined

/**
 * The arguments of a typed line in which all from `words:` to its end is one argument, with its quotation marks. A line
 * that a form or a picker made has it in one argument already, maybe with other words before it.
 */
export function withFilterArgument(typed: string, args: string[]): string[] {
  for (const { 0: token, index } of typed.matchAll(TOKEN)) {
    if (!FILTER_ARGUMENT.test(token) && !FILTER_WORD.test(token)) continue
    const filter = typed.slice(index).replace(/^words?\s*:?/i, '')
    return [...parseLine(typed.slice(0, index)).args, `${FILTER_PREFIX} ${filter.trim()}`]
  }
  return args.flatMap(arg => {
    const at = arg.search(/(?<=\s)words?:/i)
    return at < 0 ? [arg] : [arg.slice(0, at).trim(), arg.slice(at)]
  })
}

/** A line as it may be shown to those who read the answer: nobody may make the bot say their words to others. */
export const shownLine = (line: string, { audience }: Pick<Call, 'audience'>): string =>
  audience === 'caller' ? line : line.replace(/ words: .*$/, ` ${FILTER_PREFIX} …`)

/** Says why a typed filter cannot be used; undefined if it can, or if none was typed. */
export function filterProblem(
  { call }: Pick<DigestRequest, 'call'>,
  typed: string | undefined,
): Reply | undefined {
  const sentence = typed === undefined ? undefined : filterProblemText(typed, word => safeEcho(call, word))
  return sentence === undefined ? undefined : refusal(sentence, note(phrases.digest.nothingChanged))
}

/** Why a typed filter cannot be used, as a sentence; `echo` repeats a word if it may be repeated. */
export function filterProblemText(typed: string, echo: (word: string) => string | undefined = word => word) {
  const parsed = parseWordFilter(typed)
  if ('filter' in parsed) return undefined
  const { problem, word } = parsed
  return problem === 'tooLong'
    ? phrases.digestWords.tooLong(MAX_FILTER_CHARACTERS)
    : phrases.digestWords[problem](echo(word))
}

/** A typed filter as it is stored; the empty text lets everything through. */
export function storedFilter(typed: string): string {
  const parsed = parseWordFilter(typed)
  return 'filter' in parsed ? formatWordFilter(parsed.filter) : ''
}

/**
 * Says by which words a place chose its news; undefined if it gets everything. Where others read it, words that are in
 * none of our stories are only counted: nobody may make the bot say their words.
 */
export function filterText(
  { words = '' }: Pick<Subscription, 'words'>,
  { library, isPublic }: { library: Library; isPublic: boolean },
): string | undefined {
  if (words === '') return undefined
  const parsed = parseWordFilter(words)
  if (!('filter' in parsed)) return undefined
  if (!isPublic) return phrases.digestWords.onlyWith(words)
  const isKnown = (typed: string) => {
    const { total, similar } = library.search(typed)
    return total > 0 && !similar
  }
  const { wanted, unwanted } = parsed.filter
  const known = { wanted: wanted.filter(isKnown), unwanted: unwanted.filter(isKnown) }
  const shown = known.wanted.length > 0 ? known : { wanted: [], unwanted: [] }
  const hidden = wanted.length + unwanted.length - shown.wanted.length - shown.unwanted.length
  if (hidden === 0) return phrases.digestWords.onlyWith(words)
  return phrases.digestWords.onlyWithMore(formatWordFilter(shown), hidden, '/digest status')
}

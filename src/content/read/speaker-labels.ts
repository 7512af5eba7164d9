import { tokens } from '../fold.ts'
import { lineNumberAt } from '../line-number.ts'
import type { Quote, Source, Span } from '../story.ts'

/** A speaker's name at the start of a line of a transcript: `MAYOR EXAMPLE: Good morning.` */
type Label = { name: string; at: number }

const CAPITALS =
  /^[^\S\r\n\u2028\u2029]*((?:(?:Mr|Mrs|Ms|Dr)\.?[ \t]|\p{Lu}[\p{Lu}\p{N}.'’-]*(?:[ \t]|(?=:))){1,6}):(?=\s)/gmu
const CAPITALIZED = /^[^\S\r\n\u2028\u2029]*((?:\p{Lu}[\p{L}.'’-]*(?:[ \t]|(?=:))){1,5}):(?=\s)/gmu
/** Fewer capitalized words with a colon are headings, and the text is no transcript. */
const MIN_CAPITALIZED = 4
/** Words in capitals with a colon that articles begin lines with, and that are nobody's name. */
const NO_NAME =
  /^(?:update|updated|correction|note|notes|editor|editors|breaking|photo|photos|caption|video|watch|read|more|related|source|sources|date|dateline|from|to|subject|re|cc|time|location|where|when|who|what|why|how|file|live|exclusive|analysis|opinion|q|a|question|answer|page|section|article|part|chapter|present|absent)$/
/** Words of a label that tell nobody from anybody else. */
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'the', 'of', 'hon', 'rep', 'sen', 'gov'])
const BLANK_LINE = /\n[^\S\n]*\n/

/**
 * Says that a transcript gives words to somebody else than a quotation does; undefined if it does not, or if the source
 * is no transcript. A label fits if its name is one of the speaker's, or if it only repeats the role.
 */
export function speakerLabelProblem(
  { speaker, aliases, role }: Pick<Quote, 'speaker' | 'aliases' | 'role'>,
  { source, spans }: { source: Source; spans: Span[] },
): string | undefined {
  const text = source.text ?? ''
  const labels = readLabels(text)
  const names = new Set([speaker, ...aliases].flatMap(tokens))
  const roles = new Set(tokens(role))
  for (const { start } of spans) {
    const label = labels.findLast(({ at }) => at <= start)
    if (!label) continue
    // A text with one label may go on in the outlet's own words after its paragraph.
    if (labels.length === 1 && BLANK_LINE.test(text.slice(label.at, start))) continue
    const words = tokens(label.name).filter(word => !TITLES.has(word))
    const ownName = words.filter(word => !roles.has(word))
    const fits =
      ownName.length === 0 || ownName.some(word => names.has(word)) || words.every(word => names.has(word))
    if (!fits)
      return `line ${lineNumberAt(text, label.at)} of the stored text gives these words to “${label.name}”, not to ${speaker}: correct the speaker, or add “${label.name}” to the aliases`
  }
  return undefined
}

function readLabels(text: string): Label[] {
  const inCapitals = labelsOf(text, CAPITALS)
  if (inCapitals.length > 0) return inCapitals
  const capitalized = labelsOf(text, CAPITALIZED)
  const names = new Set(capitalized.map(({ name }) => name))
  // Speakers take turns: at least two names, and at least one of them more than once.
  const isTranscript =
    capitalized.length >= MIN_CAPITALIZED && names.size > 1 && names.size < capitalized.length
  return isTranscript ? capitalized : []
}

const labelsOf = (text: string, pattern: RegExp): Label[] =>
  [...text.matchAll(pattern)]
    .map(({ 1: name = '', index }) => ({ name: name.trim(), at: index }))
    .filter(({ name }) => !NO_NAME.test(tokens(name)[0] ?? '') && /\p{L}{2}/u.test(name))

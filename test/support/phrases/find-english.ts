import { CLOSE_MARK, OPEN_MARK } from './marks.ts'

/** Keys whose values nobody reads: addresses, identifiers and lines that are run. */
const UNREAD_KEYS = new Set(
  'kind state line link url code asked parts type style value name_localizations action_id block_id callback_id private_metadata custom_id response_action'
    .concat(
      ' view_id trigger_id hash nonce channel user user_id ts thread_ts key event_type metadata audience file',
    )
    .concat(' response_type parse unfurl_links unfurl_media usage_hint')
    .split(' '),
)

/**
 * Finds our own English in a reply or in what is sent to a platform: text that comes neither from the catalogue nor from
 * the content, except for allowed words.
 */
export const findEnglish = (content: object, allowed: ReadonlySet<string>): string[] =>
  texts(content)
    .flatMap(text => textOutsideMarks(visibleText(text)))
    .flatMap(piece => piece.match(LATIN_PHRASE) ?? [])
    .filter(piece => (piece.match(WORD) ?? []).some(word => !isAllowed(word, allowed)))

const isAllowed = (word: string, allowed: ReadonlySet<string>) =>
  allowed.has(word) || word.split('-').every(part => allowed.has(part))

const WORD = /[A-Za-z][A-Za-z'’-]*/g
/** Words in Latin letters, with what is between them: all content is in Armenian letters. */
const LATIN_PHRASE = /[A-Za-z][\x20-\x7e’…–·“”]*/g

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value !== 'object' || value === null) return []
  if ('style' in value && isCode(value.style)) return []
  return Object.entries(value).flatMap(([key, inner]) => (UNREAD_KEYS.has(key) ? [] : texts(inner)))
}

const isCode = (style: unknown) => typeof style === 'object' && style !== null && 'code' in style

/** Reduces text to what is read: no code, addresses, times, names of places and parts, or the mark of our posts. */
const visibleText = (text: string): string =>
  text
    .replace(/```[\s\S]*?```|``[\s\S]*?``|`[^`\n]*`/g, ' ')
    .replace(/<!date\^[^|]*\|[^>]*>|<t:\d+(?::\w)?>/g, ' ')
    .replace(/<(?:https?|mailto):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/\]\(<?https?:[^)]*\)/g, '] ')
    .replace(/<?\b(?:https?|mailto):[^\s>⟦⟧]*>?/g, ' ')
    .replace(/\b(?:slack|discord|preview):[\w@/*-]+/g, ' ')
    .replace(/\b[\w-]+\/(?:quote|event|fact|section|label|who|source|correction|withdrawn)\b[\w:-]*/g, ' ')
    .replace(/nutgraf · ref [0-9a-f]{12}/g, ' ')
    .replace(/&(?:lt|gt|amp);/g, ' ')

/** The text outside of all brackets. Where they do not close, a phrase was cut, and all the text counts. */
function textOutsideMarks(text: string): string[] {
  const pieces = ['']
  let depth = 0
  for (const character of text) {
    if (character === OPEN_MARK) pieces.push('')
    if (character === OPEN_MARK) depth++
    else if (character === CLOSE_MARK) depth--
    else if (depth === 0) pieces[pieces.length - 1] += character
    if (depth < 0) return [text]
  }
  return depth === 0 ? pieces : [text]
}

import { CLOSE_MARK, OPEN_MARK } from './marks.ts'

/** Under these names stand addresses, identifiers and lines that are run: nobody reads them. */
const UNREAD = new Set(
  'kind state line link url code asked parts type style value name_localizations action_id block_id callback_id private_metadata custom_id response_action'
    .concat(
      ' view_id trigger_id hash nonce channel user user_id ts thread_ts key event_type metadata audience file',
    )
    .concat(' response_type parse unfurl_links unfurl_media usage_hint')
    .split(' '),
)

/**
 * The English of ours in a reply or in what a platform is sent: all that neither the catalogue gave nor the content,
 * but for words that are allowed.
 */
export const findEnglish = (said: object, allowed: ReadonlySet<string>): string[] =>
  texts(said)
    .flatMap(text => textOutsideMarks(visibleText(text)))
    .flatMap(piece => piece.match(OURS) ?? [])
    .filter(piece => (piece.match(WORD) ?? []).some(word => !isAllowed(word, allowed)))

const isAllowed = (word: string, allowed: ReadonlySet<string>) =>
  allowed.has(word) || word.split('-').every(part => allowed.has(part))

const WORD = /[A-Za-z][A-Za-z'’-]*/g
/** Words in our letters, with what stands between them. */
const OURS = /[A-Za-z][\x20-\x7e’…–·“”]*/g

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value !== 'object' || value === null) return []
  if ('style' in value && isCode(value.style)) return []
  return Object.entries(value).flatMap(([key, one]) => (UNREAD.has(key) ? [] : texts(one)))
}

const isCode = (style: unknown) => typeof style === 'object' && style !== null && 'code' in style

/** Text as it is read: without code, addresses, times, names of places and parts, and the mark of our posts. */
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

/** What stands outside of all brackets; all of it where they do not close: a phrase that was cut is no phrase. */
function textOutsideMarks(text: string): string[] {
  const pieces = ['']
  let depth = 0
  for (const letter of text) {
    if (letter === OPEN_MARK) pieces.push('')
    if (letter === OPEN_MARK) depth++
    else if (letter === CLOSE_MARK) depth--
    else if (depth === 0) pieces[pieces.length - 1] += letter
    if (depth < 0) return [text]
  }
  return depth === 0 ? pieces : [text]
}

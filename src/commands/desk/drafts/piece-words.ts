import { safeText } from '../../../chat/safe-text.ts'
import { readableDate } from '../../../dates/dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { firstWords } from '../../lists/first-words.ts'
import { foundText, hasNoSpeaker, isOpen, isSure, type Piece } from './chat-draft.ts'

/** A value of an entry as one line of text that breaks no message. */
export const fieldText = ({ values }: Pick<Piece, 'values'>, field: string): string | undefined => {
  const value = values[field]
  if (value === undefined || value === null) return undefined
  const text = safeText(String(value)).replace(/\s+/g, ' ').trim()
  return text === '' ? undefined : text
}

/** The first words of a text, with a mark where there are more. */
export function shortened(text: string, max: number): string {
  const line = safeText(text).replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  return `${firstWords(line, max) ?? line.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The words of a quotation as a page has them, its passages with the mark of what stands between them. */
export const quotedWords = ({ passages }: Piece): string => safeText(passages.join(' […] '))

/** The text of an event: an editor's, or what was found. */
export const eventText = ({ entry, edit }: Piece): string => safeText(edit?.text ?? foundText(entry))

/** The day of an event as people read it. */
export function eventDay(piece: Piece): string | undefined {
  const date = fieldText(piece, 'date')
  return date === undefined ? undefined : readableDate(date)
}

/** What a piece is about, in few words: a quotation, the text of an event, or the name of a person. */
export function pieceWords(piece: Piece, max: number): string {
  switch (piece.kind) {
    case 'quote':
      return `“${shortened(quotedWords(piece), max)}”`
    case 'event':
      return `${phrases.draftPieces.eventOn(eventDay(piece))}: ${shortened(eventText(piece), max)}`
    case 'person':
      return shortened(fieldText(piece, 'name') ?? '', max)
  }
}

/** Whoever said the words of a quotation; of a person, their role. */
export function pieceWho(piece: Piece): string | undefined {
  if (piece.kind === 'event') return undefined
  if (hasNoSpeaker(piece)) return phrases.draftPieces.noSpeaker
  return shortened(fieldText(piece, piece.kind === 'quote' ? 'speaker' : 'role') ?? '', 60)
}

/** What was decided about a piece, or whether it is sure. */
export function pieceState(piece: Piece): string {
  const { state } = piece
  if (!isOpen(piece)) return phrases.draftPieces.decided[state!.decision!]
  if (isSure(piece)) return phrases.drafts.sure
  return piece.kind === 'event' && piece.entry.sure ? phrases.drafts.toRewrite : phrases.drafts.unsure
}

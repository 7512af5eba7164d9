import { phoneLength } from '../../../chat/plain-text.ts'
import {
  type Block,
  type Button,
  type Inline,
  MAX_BUTTONS_WITH_SHARE,
  note,
  PHONE_BUDGET,
  type Reply,
  text,
} from '../../../chat/reply.ts'
import { readableDate } from '../../../dates/dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { pageButtons, pageNumber } from '../../pages.ts'
import { momentFormat } from '../moment-format.ts'
import {
  type ChatDraft,
  draftLine,
  hasNoSpeaker,
  isOpen,
  isRewritten,
  isSure,
  type Piece,
} from './chat-draft.ts'
import { confirmSureButtons, piecesMenu } from './overview.ts'
import { eventDay, eventText, fieldText, pieceState, quotedWords, shortened } from './piece-words.ts'

/** So many characters of one text fit on a phone with all that stands beside it. */
const MAX_ON_PAGE = 350
const MAX_ROLE = 120

/** What stands above a piece: what was done last, and the piece that it can be undone for. */
export type Done = { lines: Inline[][]; undo?: string }

/** Shows one piece of a draft: its words as the page has them, what was found about it, and what can be done. */
export function showPiece(request: DeskRequest, draft: ChatDraft, piece: Piece, done?: Done): Reply {
  const { slug } = draft.stored
  const [...texts] = splitText(piece.kind === 'quote' ? quotedWords(piece) : eventText(piece))
  const line = draftLine(slug, piece.name)
  const page = pageNumber({ page: request.flags.page, line }, texts.length)
  if (typeof page !== 'number') return page
  const isLast = page === texts.length
  const reply = (optional: Block[]): Reply => ({
    ...(done && { lead: joinLines(done.lines) }),
    title: phrases.draftPieces.pieceOf({ ...piece, draft: slug, state: pieceState(piece) }),
    blocks: [
      ...wordsBlocks(piece, texts[page - 1]!, isLast),
      ...(isLast ? [...factBlocks(draft, piece), ...optional] : []),
      ...stateBlocks(request, piece),
      ...(texts.length > 1 ? [note(phrases.pages.page(page, texts.length))] : []),
    ],
    buttons: [
      ...pageButtons(page, texts.length, line).slice(0, 1),
      ...pieceButtons(draft, piece),
      ...nextButtons(draft, piece, done),
    ].slice(0, MAX_BUTTONS_WITH_SHARE),
    menus: piecesMenu(slug, menuPieces(draft, piece)),
    parts: [],
    audience: 'caller',
    guide: true,
  })
  // What is said of it in the report as well, as far as there is room.
  const optional = isLast ? reportBlocks(draft, piece) : []
  const counts = Array.from({ length: optional.length + 1 }, (_, index) => optional.length - index)
  const fitting = counts.find(count => phoneLength(reply(optional.slice(0, count))) <= PHONE_BUDGET)
  return reply(optional.slice(0, fitting ?? 0))
}

/** What is shown after something was done: the next piece to decide about, or all of them. */
export const joinLines = (lines: Inline[][]): Inline[] =>
  lines.flatMap((line, index) => (index === 0 ? line : ['\n', ...line]))

/** The next piece that nothing was decided about, after this one and around. */
export function nextOpen({ pieces }: ChatDraft, after: Piece | undefined): Piece | undefined {
  const at = after === undefined ? -1 : pieces.indexOf(after)
  const others = [...pieces.slice(at + 1), ...pieces.slice(0, Math.max(0, at))]
  return others.find(isOpen)
}

function wordsBlocks(piece: Piece, words: string, isLast: boolean): Block[] {
  if (piece.kind === 'person') return [text({ bold: fieldText(piece, 'name') ?? '' })]
  if (piece.kind === 'event')
    return [
      text({ bold: phrases.draftPieces.eventOn(eventDay(piece)) }, `: ${words}`),
      ...(isLast && !isRewritten(piece) ? [note(phrases.draftPieces.outletsWords)] : []),
    ]
  const who = hasNoSpeaker(piece)
    ? phrases.draftPieces.noSpeaker
    : phrases.draftPieces.speaker(
        fieldText(piece, 'speaker') ?? '',
        shortened(fieldText(piece, 'role') ?? '', MAX_ROLE),
      )
  const attribution = isLast ? [who] : []
  return [{ kind: 'quote', words, marks: true, attribution }]
}

function factBlocks({ body }: ChatDraft, piece: Piece): Block[] {
  const { line } = piece
  const role = piece.kind === 'person' ? fieldText(piece, 'role') : undefined
  return [
    ...(role === undefined ? [] : [text(role)]),
    note(
      phrases.draftPieces.sourceLine({
        outlet: body.outlet === undefined ? undefined : shortened(body.outlet, 60),
        date: body.date === undefined ? undefined : readableDate(body.date),
        line,
      }),
    ),
  ]
}

/** How the page names whoever is quoted, and what the report says of the piece. */
function reportBlocks({ body }: ChatDraft, piece: Piece): Block[] {
  const { entry, named } = piece
  const reports = body.report.filter(({ entry: about }) => about === entry.id)
  return [
    ...reports.map(({ severity, text: words }) =>
      note(`${phrases.drafts.severity[severity]} · ${shortened(words, 160)}`),
    ),
    ...(named === undefined || isSameName(named, piece)
      ? []
      : [note(phrases.draftPieces.named(shortened(named, 80)))]),
  ]
}

/** Whether a page names whoever is quoted as we do, or by a part of that name. */
const isSameName = (named: string, piece: Piece): boolean =>
  fieldText(piece, 'speaker')?.includes(named) === true

function stateBlocks(request: DeskRequest, { state }: Piece): Block[] {
  if (state?.decision === undefined) return []
  const who = state.byName ?? phrases.draftPieces.somebody
  if (!state.settled) return [note(phrases.draftPieces.unfinished(who))]
  const at = state.at === undefined ? undefined : momentFormat(request)(state.at)
  return [text({ bold: phrases.draftPieces.byWhom(state.decision, who, at) })]
}

/** A button about a draft, whose answer takes the place of the message. */
export const pieceButton = (label: string, slug: string, ...args: string[]): Button => ({
  label,
  line: draftLine(slug, ...args),
  turns: true,
})

function pieceButtons({ stored: { slug }, published }: ChatDraft, piece: Piece): Button[] {
  const { name, kind } = piece
  // What is a story by now is changed there.
  if (published) return []
  const button = (label: string, act: string): Button => pieceButton(label, slug, act, name)
  if (!isOpen(piece)) return [button(phrases.draftPieces.undo(name), 'undo')]
  const change =
    kind === 'event'
      ? button(phrases.draftPieces.rewrite, 'event')
      : button(phrases.draftPieces.correctSpeaker, 'speaker')
  return [button(phrases.draftPieces.confirm, 'confirm'), change, button(phrases.draftPieces.leave, 'leave')]
}

/** Undo of what was done last, the next piece, or all pieces. */
function nextButtons(draft: ChatDraft, piece: Piece, done: Done | undefined): Button[] {
  const { slug } = draft.stored
  const next = nextOpen(draft, piece)
  return [
    ...(done?.undo === undefined || done.undo === piece.name
      ? []
      : [
          {
            label: phrases.draftPieces.undo(done.undo),
            line: draftLine(slug, 'undo', done.undo),
            turns: true as const,
          },
        ]),
    ...(next === undefined || next === piece
      ? []
      : [{ label: phrases.draftPieces.next, line: draftLine(slug, next.name), turns: true as const }]),
    { label: phrases.drafts.allPieces, line: draftLine(slug), turns: true },
    ...confirmSureButtons(
      slug,
      draft.published ? 0 : draft.pieces.filter(each => isOpen(each) && isSure(each)).length,
    ),
  ]
}

/** The pieces around this one, as many as a menu has. */
function menuPieces({ pieces }: ChatDraft, piece: Piece): Piece[] {
  const at = Math.max(0, Math.min(pieces.indexOf(piece) - 5, pieces.length - 25))
  return pieces.slice(at, at + 25)
}

/** Splits a long text at spaces, so that each piece fits on a phone. Nothing is left out. */
function splitText(words: string): string[] {
  const texts: string[] = []
  let rest = words
  while (rest.length > MAX_ON_PAGE) {
    const space = rest.lastIndexOf(' ', MAX_ON_PAGE)
    const end = space > 0 ? space : MAX_ON_PAGE
    texts.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...texts, rest]
}

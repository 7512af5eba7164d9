import { type Button, type Inline, list, type Reply, refusal, text } from '../../../chat/reply.ts'
import { safeText } from '../../../chat/safe-text.ts'
import { readableDate, readableMoment } from '../../../dates/dates.ts'
import type { ReportLine } from '../../../import/draft/draft.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { menuOf, menuOption } from '../../lists/menus.ts'
import { type PageUnit, plainUnit, renderPage } from '../../pages.ts'
import { type ChatDraft, draftLine, isOpen, isSure, type Piece } from './chat-draft.ts'
import { pieceState, pieceWho, pieceWords, shortened } from './piece-words.ts'
import { undoStoryButton } from './published.ts'

const MAX_LISTED = 50
const MAX_WORDS = 60
const MAX_REPORT_LINE = 240

/** `/desk draft`: the drafts that are kept, the newest first. */
export async function listDrafts(request: DeskRequest): Promise<Reply> {
  const { desk, call, context, flags } = request
  const drafts = await desk.store.drafts.list(MAX_LISTED)
  if (drafts.length === 0) return refusal(phrases.drafts.none())
  const units = drafts.map(draft => ({
    ...plainUnit(
      list([
        phrases.drafts.listed({
          ...draft,
          address: shortened(draft.address, 100),
          made: readableMoment(draft.createdAt, context.zone, call.at),
        }),
      ]),
    ),
    part: draft.slug,
  }))
  const frame = {
    title: phrases.drafts.listTitle(drafts.length),
    menusOf: (shown: PageUnit[]) =>
      menuOf(
        phrases.drafts.openDraft,
        shown.map(({ part }) => menuOption(part, draftLine(part))),
      ),
  }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line: '/desk draft' })
  return { ...reply, parts: [], guide: true }
}

/** `/desk draft <slug>`: what was found on the page, what an editor has to look at first, and a menu of the pieces. */
export function showDraft({ flags }: Pick<DeskRequest, 'flags'>, draft: ChatDraft): Reply {
  const { stored, body, pieces } = draft
  const open = pieces.filter(isOpen)
  const sure = open.filter(isSure)
  const line = draftLine(stored.slug)
  // What was decided about is looked at already.
  const decided = new Set(pieces.flatMap(piece => (isOpen(piece) ? [] : [piece.entry.id])))
  const report = body.report.filter(({ entry }) => entry === undefined || !decided.has(entry))
  const [first, notes] = [
    report.filter(({ severity }) => severity !== 'note'),
    report.filter(({ severity }) => severity === 'note'),
  ]
  const units = [
    plainUnit(text(...pageLine(draft))),
    ...titled(
      phrases.drafts.lookFirst,
      first.map(reported => plainUnit(list([reportItem(reported, pieces)]))),
    ),
    ...(pieces.length === 0
      ? [plainUnit(text(phrases.drafts.noPieces))]
      : titled(phrases.drafts.pieces, pieces.map(pieceUnit))),
    ...notes.map(reported => plainUnit(list([reportItem(reported, pieces)]))),
  ]
  const frame = {
    title: draftTitle(draft),
    buttons: draft.published
      ? [undoStoryButton(stored.slug)]
      : [
          ...confirmSureButtons(stored.slug, sure.length),
          ...publishButtons(draft),
          ...leaveRestButtons(draft, open.length - sure.length),
        ],
    menusOf: (shown: PageUnit[]) => {
      const onPage = pieces.filter(({ name }) => shown.some(({ part }) => part === name))
      return piecesMenu(stored.slug, onPage.length > 0 ? onPage : open.length > 0 ? open : pieces)
    },
  }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line })
  return { ...reply, parts: [], guide: true }
}

/** How a draft stands: how many pieces are to be decided, and how many of them are sure. */
export function draftTitle({ stored, pieces, published }: ChatDraft): string {
  const open = pieces.filter(isOpen)
  const sure = open.filter(isSure).length
  if (published)
    return phrases.drafts.publishedTitle(stored.slug, published.byName ?? phrases.draftPieces.somebody)
  return phrases.drafts.title({
    ...{ slug: stored.slug, story: stored.story },
    ...{ open: open.length, sure, decided: pieces.length - open.length },
  })
}

/** The button that confirms all that is sure, where anything is. */
export const confirmSureButtons = (slug: string, count: number): Button[] =>
  count === 0
    ? []
    : [
        {
          label: phrases.drafts.confirmSure(count),
          line: draftLine(slug, 'confirm', 'sure'),
          turns: true,
        },
      ]

/** The button that makes a story of a draft which is for none, once something was confirmed. */
const publishButtons = ({ stored, pieces }: ChatDraft): Button[] =>
  stored.story === undefined && pieces.some(({ state }) => state?.decision === 'confirmed')
    ? [{ label: phrases.draftStory.publish, line: draftLine(stored.slug, 'publish') }]
    : []

/** The button that ends a draft for a story: once no sure piece is open, the others are mostly not wanted. */
const leaveRestButtons = ({ stored, pieces }: ChatDraft, unsure: number): Button[] =>
  stored.story === undefined || unsure === 0 || pieces.some(piece => isOpen(piece) && isSure(piece))
    ? []
    : [
        {
          label: phrases.drafts.leaveRest(unsure),
          line: draftLine(stored.slug, 'leave', 'rest'),
          turns: true,
        },
      ]

/** A menu that opens pieces. */
export const piecesMenu = (slug: string, pieces: Piece[]) =>
  menuOf(
    phrases.drafts.openPiece,
    pieces.map(piece =>
      menuOption(`${piece.name} · ${pieceWords(piece, MAX_WORDS)}`, draftLine(slug, piece.name)),
    ),
  )

function pageLine({ stored, body }: ChatDraft): Inline[] {
  return phrases.drafts.page({
    title: shortened(body.title ?? stored.address, 150),
    address: stored.address,
    outlet: body.outlet === undefined ? undefined : shortened(body.outlet, 60),
    date: body.date === undefined ? undefined : readableDate(body.date),
    words: body.words,
  })
}

function reportItem({ severity, text: words, entry }: ReportLine, pieces: Piece[]): Inline[] {
  const piece = entry === undefined ? undefined : pieces.find(({ entry: { id } }) => id === entry)
  return [
    { bold: phrases.drafts.severity[severity] },
    `${piece === undefined ? '' : ` · ${piece.name}`} · ${shortened(safeText(words), MAX_REPORT_LINE)}`,
  ]
}

const pieceUnit = (piece: Piece): PageUnit => ({
  ...plainUnit(
    list([
      phrases.drafts.piece({
        name: piece.name,
        words: pieceWords(piece, MAX_WORDS),
        who: pieceWho(piece),
        state: pieceState(piece),
      }),
    ]),
  ),
  part: piece.name,
})

const titled = (title: string, units: PageUnit[]): PageUnit[] =>
  units.map((unit, index) => (index === 0 ? { ...unit, lead: text({ bold: title }) } : unit))

import type { Place } from '../../chat/platform.ts'
import { type Button, type Inline, note, type Reply, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import type { Library } from '../../content/library.ts'
import { readableMoment } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Approval, OPEN_STATES, type Rendering, type Vote } from '../../store/approvals/approval.ts'
import type { Delivery, NewDelivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'

/** What a notice tells editors: an edition is ready, its text changed, its slot has come, or its time is over. */
export type ApprovalNews = 'ready' | 'changed' | 'late' | 'missed'

/** What the row of a notice stores: of which edition it is, what it tells, and how that stood when it was drawn. */
type StoredNotice = { approval: string; says: ApprovalNews; drawn?: string }

/** Builds the row of a notice about an edition; `key` makes it the same notice however often it is added. */
export const approvalNoticeRow = (
  { key, place, lane, dueAt }: { key: string; place: Place; lane: string; dueAt: number },
  { approval, says }: StoredNotice,
): NewDelivery => ({
  ...{ key: `notice approval ${key}`, kind: 'notice', place, lane, number: 1, state: 'due', dueAt },
  selection: JSON.stringify({ approval, says } satisfies StoredNotice),
})

/** Reads what the row of a notice about an edition stores; undefined for other notices. */
export function readApprovalNotice({ selection }: Pick<Delivery, 'selection'>): StoredNotice | undefined {
  const stored = JSON.parse(selection ?? '{}') as Partial<StoredNotice>
  return stored.approval !== undefined && stored.says !== undefined ? (stored as StoredNotice) : undefined
}

/** How an edition stands, in one word: a notice that was drawn at another is drawn again. */
export const standing = ({ state, hash, votes }: Approval): string =>
  [state, hash, ...votes.map(({ who }) => who)].join(' ')

/** Draws a notice about an edition as that stands now, and says at which standing. */
export async function drawApprovalNotice(
  stored: StoredNotice,
  {
    store,
    library,
    zone,
    now,
  }: { store: Pick<Store, 'approvals'>; library: Library; zone: string; now: number },
): Promise<{ reply: Reply; selection: string }> {
  const approval = await store.approvals.find(stored.approval)
  if (!approval) {
    const gone: Reply = { blocks: [text(phrases.approval.forgotten)], parts: [], audience: 'place' }
    return { reply: gone, selection: JSON.stringify({ ...stored, drawn: 'gone' }) }
  }
  const renderings = await store.approvals.renderings(approval.key)
  const reply = noticeReply(stored.says, { approval, renderings, library, zone, now })
  return { reply, selection: JSON.stringify({ ...stored, drawn: standing(approval) }) }
}

type Drawing = { approval: Approval; renderings: Rendering[]; library: Library; zone: string; now: number }

function noticeReply(says: ApprovalNews, drawing: Drawing): Reply {
  const { approval } = drawing
  const isOver = !OPEN_STATES.includes(approval.state)
  return {
    blocks: [
      text({ bold: editionName(drawing) }, `\n${newsSentence(says, drawing)}`),
      // Once it is posted or over, a correction would not find these words here.
      ...(isOver ? [] : [text(...firstLine(drawing)), note(...phrases.approval.lines(linesOf(approval)))]),
    ],
    ...(!isOver && { buttons: approvalButtons(approval) }),
    parts: [],
    audience: 'place',
  }
}

/** The buttons of an edition that waits: what can be done with it now, and the line of each. */
export const approvalButtons = ({ state, code }: Pick<Approval, 'state' | 'code'>): Button[] => [
  ...(state === 'approved'
    ? []
    : [{ label: phrases.approval.button.approve, line: `/desk approve ${code}` }]),
  ...(state === 'held' ? [] : [{ label: phrases.approval.button.hold, line: `/desk hold ${code}` }]),
  { label: phrases.approval.button.preview, line: `/desk preview ${code}` },
]

/** The lines of its buttons, for whoever types. */
export const linesOf = (approval: Pick<Approval, 'state' | 'code'>): string[] =>
  approvalButtons(approval).map(({ line }) => line)

/** Names an edition: its digest, when it is due, and in how many places. */
export function editionName({ approval, renderings, library, zone, now }: Drawing): string {
  const { digest, slot } = approval
  const title = library.digest(digest)?.title ?? digest
  const places = new Set(renderings.map(({ place }) => place)).size
  return phrases.approval.edition(title, readableMoment(slot, zone, now), places)
}

/** Says how an edition stands: how many have approved it, when it goes out, or why it does not. */
export function stateSentence({ approval, zone, now }: Omit<Drawing, 'renderings' | 'library'>): string {
  const { state, slot, until, votes, needed } = approval
  const names = namesOf(votes)
  const isOver = now >= slot
  switch (state) {
    case 'waiting':
      return phrases.approval.waits({
        names,
        needed,
        isLate: isOver,
        until: readableMoment(until, zone, now),
      })
    case 'approved':
      return phrases.approval.approved(names, isOver ? undefined : readableMoment(slot, zone, now))
    case 'held':
      return phrases.approval.held
    case 'done':
      return phrases.approval.done(names)
    case 'missed':
      return phrases.approval.missed
    case 'empty':
      return phrases.approval.empty
  }
}

function newsSentence(says: ApprovalNews, drawing: Drawing): string {
  const { approval } = drawing
  const { changed } = approval
  const sentence = stateSentence(drawing)
  if (says !== 'changed' || !changed || approval.state === 'missed' || approval.state === 'done')
    return sentence
  return `${phrases.approval.changed(namesOf(changed.by), changed.why)} ${sentence}`
}

/** The names of people who approved a text, as they may be printed. */
export const namesOf = (votes: Vote[]): string[] =>
  votes.map(({ name }) => harmlessName(name) ?? phrases.approval.anEditor)

/** The first line of an edition, as a lock screen shows it. */
function firstLine({ renderings }: Drawing): Inline[] {
  const first = renderings.find(({ number }) => number === 1) ?? renderings[0]
  if (!first) return [phrases.approval.nothingLeft]
  const { lead, blocks } = JSON.parse(first.reply) as Reply
  const opening = lead ?? blocks.flatMap(block => (block.kind === 'text' ? [block.text] : []))[0] ?? []
  return [...phrases.approval.beginsWith(), ...opening]
}

import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { readableDate } from '../../dates/dates.ts'
import { formatReasons } from '../../delivery/repair-reasons.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure-text.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { plainUnit, renderPage } from '../pages.ts'
import { TOO_LATE } from '../refusals.ts'
import { deskReply } from './confirmation.ts'
import { lookUpPlaceNames, type PlaceNames } from './place-names.ts'
import { isTooLate, logThenDo, tryApplyChanges } from './run.ts'

const MAX_STOPPED = 50

/** `/desk retry`: lists what failed or is in doubt, with a line to try each again; with a key, makes that due again. */
export async function deskRetry(request: DeskRequest): Promise<Reply> {
  const { desk, args, flags } = request
  const key = args.join(' ').trim()
  if (key !== '') return retryDelivery(request, key)
  const [{ rows, more }, causes] = await Promise.all([
    desk.store.ledger.failedOrUnclear(MAX_STOPPED),
    desk.store.corrections.causes(),
  ])
  const incomplete = causes.filter(cause => cause.impossible > 0)
  if (rows.length + incomplete.length === 0) return deskReply([text(phrases.desk.noneFailedOrUnclear)])
  const nameOf = await lookUpPlaceNames(
    request,
    rows.map(({ place }) => place),
  )
  const units = [
    ...rows.map(row => itemUnit(stoppedItem(row, nameOf))),
    ...incomplete.map(cause => itemUnit(uneditableItem(cause))),
  ]
  if (more > 0) units.push(itemUnit([phrases.desk.moreFailedOrUnclear(more)]))
  const frame = { title: phrases.desk.failedOrUnclear }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line: '/desk retry' })
  return { ...reply, parts: [], guide: true }
}

/** A row of the ledger with its date as people read it. */
export const withReadableDate = <Row extends { date?: string }>(row: Row) => ({
  ...row,
  date: row.date === undefined ? undefined : readableDate(row.date),
})

/** Describes a delivery that stopped: what it is, why it stopped, and the line that tries it again. */
export function stoppedItem(row: Delivery, nameOf: PlaceNames): Inline[] {
  const sentence = row.state === 'doubt' ? phrases.desk.inDoubt : phrases.desk.failed
  const why = row.error === undefined ? undefined : parseFailure(row.error).human
  const posting = { ...withReadableDate(row), place: nameOf(row.place) }
  return sentence(posting, why, retryLineFor(row.key))
}

/** The line that tries a delivery, or the messages of a correction, once more. */
export const retryLineFor = (key: string): string => `/desk retry ${formatLine({ args: [key], flags: {} })}`

async function retryDelivery(request: DeskRequest, key: string): Promise<Reply> {
  const { store } = request.desk
  const row = await store.ledger.find(key)
  const cause = row ? undefined : (await store.corrections.causes()).find(known => known.cause === key)
  if (cause) return retryCause(request, cause)
  if (!row) return refusal(phrases.desk.noSuchKey())
  if (row.state !== 'doubt' && row.state !== 'failed')
    return refusal([phrases.desk.notFailedOrUnclear(row.state)])
  if (isTooLate(request)) return TOO_LATE
  const { place, digest, state } = row
  const isDue = await logThenDo(request, 'retry', { key, place, state }, () => store.ledger.retry(key))
  if (!isDue) return refusal(phrases.desk.changedMeanwhile())
  await store.notify()
  const pausedHint =
    digest !== undefined && (await store.subscriptions.find(place, digest))?.state === 'paused'
      ? [' ', ...phrases.desk.digestPaused(digest)]
      : []
  const nameOf = await lookUpPlaceNames(request, [place])
  const posting = { ...withReadableDate(row), place: nameOf(place) }
  return deskReply([text(phrases.desk.retrying(posting), ...pausedHint)])
}

/** Describes the messages that a correction or withdrawal could not change, with the line that tries them again. */
const uneditableItem = ({ cause, kind, story, part, impossible, reasons }: Cause): Inline[] =>
  phrases.correction.messagesNotChanged({
    kind,
    name: kind === 'withdrawal' ? story : part,
    count: impossible,
    why: formatReasons(reasons),
    again: retryLineFor(cause),
  })

async function retryCause(request: DeskRequest, { cause }: Cause): Promise<Reply> {
  if (isTooLate(request)) return TOO_LATE
  const count = await logThenDo(request, 'retry', { cause }, () =>
    request.desk.store.corrections.retryRepairs(cause),
  )
  if (count === 0) return refusal([phrases.desk.noneEditable])
  await tryApplyChanges(request)
  return deskReply([text(...phrases.desk.retryingMessages(count))])
}

const itemUnit = (item: Inline[]) => plainUnit(list([item]))

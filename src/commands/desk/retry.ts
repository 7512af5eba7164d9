import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { readableDate } from '../../dates.ts'
import { formatReasons } from '../../delivery/repair-reasons.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { TOO_LATE } from '../refusals.ts'
import { isTooLate, logThenDo, tryApplyChanges } from './run.ts'

const MAX_STOPPED = 50

/** `/desk retry`: what failed or is in doubt, with a line each; with a key, makes it due again. */
export async function deskRetry(ask: DeskRequest): Promise<Reply> {
  const { desk, args, flags } = ask
  const key = args.join(' ').trim()
  if (key !== '') return retryDelivery(ask, key)
  const [{ rows, more }, causes] = await Promise.all([
    desk.store.ledger.failedOrUnclear(MAX_STOPPED),
    desk.store.corrections.causes(),
  ])
  const left = causes.filter(cause => cause.impossible > 0)
  if (rows.length + left.length === 0) return deskReply([text(phrases.desk.noneFailedOrUnclear)])
  const units = [
    ...rows.map(row => itemUnit(stoppedItem(row))),
    ...left.map(cause => itemUnit(uneditableItem(cause))),
  ]
  if (more > 0) units.push(itemUnit([phrases.desk.moreFailedOrUnclear(more)]))
  const frame = { title: phrases.desk.failedOrUnclear }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line: '/desk retry' })
  return { ...reply, parts: [], guide: true }
}

/** What something is that was to be posted, with its date as people read it. */
export const withReadableDate = <Row extends { date?: string }>({ date, ...row }: Row) => ({
  ...row,
  ...(date !== undefined && { date: readableDate(date) }),
})

/** A row that stopped: what it is, why it stopped, and the line that tries it again. */
export function stoppedItem(row: Delivery): Inline[] {
  const said = row.state === 'doubt' ? phrases.desk.inDoubt : phrases.desk.failed
  const why = row.error === undefined ? undefined : parseFailure(row.error).human
  return said(withReadableDate(row), why, `/desk retry ${formatLine({ args: [row.key], flags: {} })}`)
}

async function retryDelivery(ask: DeskRequest, key: string): Promise<Reply> {
  const { store } = ask.desk
  const row = await store.ledger.find(key)
  const cause = row ? undefined : (await store.corrections.causes()).find(one => one.cause === key)
  if (cause) return retryCause(ask, cause)
  if (!row) return refusal(phrases.desk.noSuchKey())
  if (row.state !== 'doubt' && row.state !== 'failed')
    return refusal([phrases.desk.notFailedOrUnclear(row.state)])
  if (isTooLate(ask)) return TOO_LATE
  const { place, digest, state } = row
  const done = await logThenDo(ask, 'retry', { key, place, state }, () => store.ledger.retry(key))
  if (!done) return refusal(phrases.desk.changedMeanwhile())
  await store.notify()
  const paused =
    digest !== undefined && (await store.subscriptions.find(place, digest))?.state === 'paused'
      ? [' ', ...phrases.desk.digestPaused(digest)]
      : []
  return deskReply([text(phrases.desk.retrying(withReadableDate(row)), ...paused)])
}

/** Messages that could not be changed, of a correction or withdrawal, and the line that tries it again. */
const uneditableItem = ({ cause, kind, story, part, impossible, reasons }: Cause): Inline[] =>
  phrases.correction.messagesNotChanged({
    kind,
    name: kind === 'withdrawal' ? story : part,
    count: impossible,
    why: formatReasons(reasons),
    again: `/desk retry ${formatLine({ args: [cause], flags: {} })}`,
  })

async function retryCause(ask: DeskRequest, { cause }: Cause): Promise<Reply> {
  if (isTooLate(ask)) return TOO_LATE
  const count = await logThenDo(ask, 'retry', { cause }, () => ask.desk.store.corrections.retryRepairs(cause))
  if (count === 0) return refusal([phrases.desk.noneEditable])
  await tryApplyChanges(ask)
  return deskReply([text(...phrases.desk.retryingMessages(count))])
}

const itemUnit = (item: Inline[]): PageUnit => ({ block: list([item]), sources: [], part: '' })

const deskReply = (blocks: Reply['blocks']): Reply => ({ blocks, parts: [], audience: 'caller', guide: true })

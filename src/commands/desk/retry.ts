import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { readable } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Cause, reasonsText } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import { whyOf } from '../../store/failure.ts'
import type { DeskAsk } from '../context.ts'
import { line } from '../line.ts'
import { paged, type Unit } from '../pages.ts'
import { TOO_LATE } from '../refusals.ts'
import { acted, takesEffect, tooLate } from './run.ts'

const MOST = 50

/** `/desk retry`: what failed or is in doubt, with a line each; with a key, makes it due again. */
export async function deskRetry(ask: DeskAsk): Promise<Reply> {
  const { desk, args, flags } = ask
  const key = args.join(' ').trim()
  if (key !== '') return again(ask, key)
  const [{ rows, more }, causes] = await Promise.all([desk.store.stopped(MOST), desk.store.causes()])
  const left = causes.filter(cause => cause.impossible > 0)
  if (rows.length + left.length === 0) return told([text(phrases.desk.noneStopped)])
  const units = [
    ...rows.map(row => unit(stoppedLine(row))),
    ...left.map(cause => unit(impossibleLine(cause))),
  ]
  if (more > 0) units.push(unit([phrases.desk.moreStopped(more)]))
  const frame = { title: phrases.desk.stopped }
  const reply = paged(undefined, frame, units, { page: flags.page, line: '/desk retry' })
  return { ...reply, parts: [], guide: true }
}

/** What something is that was to be posted, with its date as people read it. */
export const postingOf = <Row extends { date?: string }>({ date, ...row }: Row) => ({
  ...row,
  ...(date !== undefined && { date: readable(date) }),
})

/** A row that stopped: what it is, why it stopped, and the line that tries it again. */
export function stoppedLine(row: Delivery): Inline[] {
  const said = row.state === 'doubt' ? phrases.desk.inDoubt : phrases.desk.failed
  const why = row.error === undefined ? undefined : whyOf(row.error).human
  return said(postingOf(row), why, `/desk retry ${line({ args: [row.key], flags: {} })}`)
}

async function again(ask: DeskAsk, key: string): Promise<Reply> {
  const { store } = ask.desk
  const row = await store.delivery(key)
  const cause = row ? undefined : (await store.causes()).find(one => one.cause === key)
  if (cause) return repairedAgain(ask, cause)
  if (!row) return refusal(phrases.desk.noSuchKey())
  if (row.state !== 'doubt' && row.state !== 'failed') return refusal([phrases.desk.notStopped(row.state)])
  if (tooLate(ask)) return TOO_LATE
  const { place, digest, state } = row
  const done = await acted(ask, 'retry', { key, place, state }, () => store.retry(key))
  if (!done) return refusal(phrases.desk.movedOn())
  await store.notify()
  const paused =
    digest !== undefined && (await store.subscription(place, digest))?.state === 'paused'
      ? [' ', ...phrases.desk.digestPaused(digest)]
      : []
  return told([text(phrases.desk.triedAgain(postingOf(row)), ...paused)])
}

/** Messages that could not be changed, of a correction or withdrawal, and the line that tries it again. */
const impossibleLine = ({ cause, kind, story, part, impossible, reasons }: Cause): Inline[] =>
  phrases.correction.notChanged({
    kind,
    name: kind === 'withdrawal' ? story : part,
    count: impossible,
    why: reasonsText(reasons),
    again: `/desk retry ${line({ args: [cause], flags: {} })}`,
  })

async function repairedAgain(ask: DeskAsk, { cause }: Cause): Promise<Reply> {
  if (tooLate(ask)) return TOO_LATE
  const count = await acted(ask, 'retry', { cause }, () => ask.desk.store.retryRepairs(cause))
  if (count === 0) return refusal([phrases.desk.noneToChange])
  await takesEffect(ask)
  return told([text(...phrases.desk.changedAgain(count))])
}

const unit = (item: Inline[]): Unit => ({ block: list([item]), sources: [], part: '' })

const told = (blocks: Reply['blocks']): Reply => ({ blocks, parts: [], audience: 'caller', guide: true })

import { type Inline, list, type Reply, refusal, text } from '../reply.ts'
import { type Cause, reasonsText } from '../store/causes.ts'
import type { Delivery } from '../store/delivery.ts'
import { acted, type DeskAsk, TOO_LATE, takesEffect, tooLate } from './deskroom.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'

const MOST = 50

/** `/desk retry`: what failed or is in doubt, with a line each; with a key, makes it due again. */
export async function deskRetry(ask: DeskAsk): Promise<Reply> {
  const { desk, args, flags } = ask
  const key = args.join(' ').trim()
  if (key !== '') return again(ask, key)
  const [{ rows, more }, causes] = await Promise.all([desk.store.stopped(MOST), desk.store.causes()])
  const left = causes.filter(cause => cause.impossible > 0)
  if (rows.length + left.length === 0)
    return told([text('Nothing is in doubt, nothing has failed, and every message could be corrected.')])
  const units = [
    ...rows.map(row => unit(stoppedLine(row))),
    ...left.map(cause => unit(impossibleLine(cause))),
  ]
  if (more > 0) units.push(unit([`and ${more} more, which show once these are gone.`]))
  const frame = { title: 'In doubt or failed' }
  const reply = paged(undefined, frame, units, { page: flags.page, line: '/desk retry' })
  return { ...reply, parts: [], guide: true }
}

/** A row that stopped: what it is, why it stopped, and the line that tries it again. */
export function stoppedLine(row: Delivery): Inline[] {
  const doubt = row.state === 'doubt'
  return [
    { bold: doubt ? 'IN DOUBT' : 'FAILED' },
    ` · ${whatItIs(row)} · ${row.error ?? 'no reason is known'}`,
    doubt ? ' · Look there first: tried again, it may stand there twice. ' : ' · ',
    { code: `/desk retry ${line({ args: [row.key], flags: {} })}` },
  ]
}

/** A row of the ledger in words. */
export function whatItIs({
  kind,
  digest,
  date,
  place,
  number,
}: Pick<Delivery, 'kind' | 'digest' | 'date' | 'place' | 'number'>): string {
  if (kind === 'edition')
    return [
      `digest “${digest}”${date === undefined ? '' : ` of ${date}`}`,
      number > 1 && `part ${number}`,
      `in ${place}`,
    ]
      .filter(Boolean)
      .join(', ')
  return `${kind === 'notice' ? 'a notice' : 'an answer'} in ${place}`
}

async function again(ask: DeskAsk, key: string): Promise<Reply> {
  const { store } = ask.desk
  const row = await store.delivery(key)
  const cause = row ? undefined : (await store.causes()).find(one => one.cause === key)
  if (cause) return repairedAgain(ask, cause)
  if (!row) return refusal(['No message has that key. What can be tried again: ', { code: '/desk retry' }])
  if (row.state !== 'doubt' && row.state !== 'failed')
    return refusal([`It is neither in doubt nor failed: it is ${STATES[row.state]}. Nothing was changed.`])
  if (tooLate(ask)) return TOO_LATE
  const { place, digest, state } = row
  const done = await acted(ask, 'retry', { key, place, state }, () => store.retry(key))
  if (!done) return refusal(['It moved on in the meantime. Nothing was changed: ', { code: '/desk retry' }])
  await store.notify()
  const paused =
    digest !== undefined && (await store.subscription(place, digest))?.state === 'paused'
      ? [
          ' The digest itself is paused there; whoever wants the next one switches it on: ',
          { code: `/digest on ${digest}` },
        ]
      : []
  return told([text(`It is tried again now: ${whatItIs(row)}.`, ...paused)])
}

/** Messages that could not be changed, of a correction or withdrawal, and the line that tries it again. */
export function impossibleLine({ cause, kind, story, part, impossible, reasons }: Cause): Inline[] {
  const why = reasonsText(reasons)
  return [
    { bold: 'NOT CHANGED' },
    ` · ${impossible === 1 ? '1 message' : `${impossible} messages`} that ${kind === 'withdrawal' ? `showed ${story}` : `show ${part}`} · ${why} · `,
    { code: `/desk retry ${line({ args: [cause], flags: {} })}` },
  ]
}

async function repairedAgain(ask: DeskAsk, { cause }: Cause): Promise<Reply> {
  if (tooLate(ask)) return TOO_LATE
  const count = await acted(ask, 'retry', { cause }, () => ask.desk.store.retryRepairs(cause))
  if (count === 0) return refusal(['No message of that is left that could be changed. Nothing was changed.'])
  await takesEffect(ask)
  return told([
    text(`${count === 1 ? '1 message is' : `${count} messages are`} tried again. How far it is: `, {
      code: '/desk status',
    }),
  ])
}

const STATES: Record<Delivery['state'], string> = {
  due: 'waiting for its turn',
  sending: 'on its way',
  sent: 'posted',
  doubt: 'in doubt',
  failed: 'failed',
  withdrawn: 'withdrawn',
  missed: 'missed',
  quiet: 'without news',
}

const unit = (item: Inline[]): Unit => ({ block: list([item]), sources: [], part: '' })

const told = (blocks: Reply['blocks']): Reply => ({ blocks, parts: [], audience: 'caller', guide: true })

import type { Reply } from '../../../src/chat/reply.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import { NOON } from '../noon.ts'
import { type createForeignBot, foreignLibrary } from './foreign-bot.ts'
import { toForeign } from './foreign-words.ts'

const PLACE = 'slack:T1/C7'
const HOUR = 3_600_000

/** Collects what `/digest status` and others say of editions that were sent, skipped, missed, in doubt or failed. */
export async function collectDigestResults(
  { ask, store }: Awaited<ReturnType<typeof createForeignBot>>,
  hear: (typed: string, reply: Reply) => void,
): Promise<void> {
  const digest = foreignLibrary.digests[0]!.name
  const say = async (typed: string) => hear(typed, await ask(typed, { place: PLACE }))
  await say(`/digest on ${digest}`)
  const states = ['sent', 'quiet', 'missed', 'missed', 'doubt', 'failed', 'withdrawn', 'due'] as const
  for (const [index, state] of states.entries()) {
    const row: NewDelivery = {
      key: `edition ${index}`,
      kind: 'edition',
      place: PLACE,
      lane: 'slack:T1',
      digest,
      number: 1,
      state,
      slot: NOON - (9 - index) * HOUR,
      date: '2026-05-05',
      dueAt: NOON + HOUR,
      ...(state === 'failed' && { error: toForeign('gone') }),
      ...(index === 2 && { error: 'missed: nutgraf was not running; so were 4 before it' }),
    }
    await store.ledger.add([row])
    await say('/digest status')
  }
  const [subscription] = await store.subscriptions.list(PLACE)
  const paused = { state: 'paused' as const, reason: toForeign('gone') }
  await store.subscriptions.save([{ ...subscription!, ...paused }])
  await say('/digest status')
  await say('/digest settings')
  await store.subscriptions.save([{ ...subscription!, digest: 'old-bridge' }])
  for (const typed of ['status', 'set old-bridge 08:00', 'set 08:00', 'now', 'off old-bridge'])
    await say(`/digest ${typed}`)
}

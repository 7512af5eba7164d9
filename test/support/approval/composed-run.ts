import { expect } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { afterEachTest } from '../after-each.ts'
import { MINUTE, openApprovalRun } from './approval-run.ts'

type Run = Awaited<ReturnType<typeof openApprovalRun>>
type RunOptions = Parameters<typeof openApprovalRun>[0]

const open: Run[] = []
afterEachTest(() => Promise.all(open.splice(0).map(run => run.close())))

export const ANN = { who: 'slack:T1/ANN', name: 'Ann', place: 'slack:T1/C1' }
export const BEN = { who: 'slack:T1/BEN', name: 'Ben', place: 'slack:T1/C1' }

/** The slot of the first edition of a run. */
export const EIGHT = Date.parse('2026-05-05T08:00:00Z')

/** Starts a run without news, an hour before its first slot; it ends with the test. */
export async function startRun(options?: RunOptions): Promise<Run> {
  const run = await openApprovalRun(options)
  open.push(run)
  return run
}

/** Starts a run with news and with its edition composed, half an hour before its slot. */
export async function startComposed(options?: RunOptions): Promise<Run> {
  const run = await startRun(options)
  run.edit({ events: 2, river: 2, fact: 1 })
  run.advance(29 * MINUTE)
  await run.round()
  return run
}

/** The only edition that is open. */
export async function onlyEdition({ store }: Run) {
  const all = await store.approvals.open()
  expect(all).toHaveLength(1)
  return all[0]!
}

/** Approves the only edition that is open, as it is. */
export async function approveOnly(run: Run, who = ANN) {
  const { key, hash } = await onlyEdition(run)
  return (await run.store.approvals.approve(key, hash, who))?.outcome
}

/** The state of the row of each place at a slot. */
export const statesAt = async ({ store, places }: Run, slot: number) =>
  Promise.all(
    places.map(
      async place => (await store.ledger.editions(place, 'morning', 5)).find(row => row.slot === slot)?.state,
    ),
  )

/** What editors were told, in the latest version of each notice. */
export const noticeTexts = (run: Run) => run.notices().map(({ reply }) => toPlainText(reply))

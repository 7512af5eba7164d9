import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { MINUTE } from '../../support/approval/approval-run.ts'
import {
  approveOnly,
  EIGHT,
  noticeTexts,
  onlyEdition,
  startComposed,
  startRun,
  statesAt,
} from '../../support/approval/composed-run.ts'
import { dueEdition } from '../../support/delivery/due-rows.ts'

test('a thread reply is approved with its message; changed before it is posted, it alone waits again', async () => {
  const run = await startRun({ places: ['fake:1'] })
  run.edit({ events: 30 })
  run.advance(29 * MINUTE)
  await run.round()
  await approveOnly(run)
  const texts = await run.preview((await onlyEdition(run)).key)
  expect([...texts.keys()].map(key => key.slice(-2))).toEqual(['#1', '#2'])
  run.advance(30 * MINUTE)
  await run.renew()
  await run.tick()
  await run.look()
  // Between the two messages an event is corrected.
  run.onNextPost(() => run.edit({ isCorrected: true }))
  await run.work()
  expect(run.editions()).toHaveLength(1)
  await run.round()
  expect(run.editions()).toHaveLength(1)
  expect(noticeTexts(run).at(-1)).toMatch(
    /Changed after Ann approved it: .*event:e7.* changed\. Ann must look again/,
  )
  await approveOnly(run)
  await run.round()
  expect(run.editions().map(({ key }) => key.slice(-2))).toEqual(['#1', '#2'])
  expect(toPlainText(run.editions()[1]!.reply)).toContain('corrected')
})

test('a place that joins later, and another setting, are approved too', async () => {
  const run = await startComposed()
  await approveOnly(run)
  const late = { ...(await run.store.subscriptions.find('fake:1', 'morning'))!, place: 'fake:3' as const }
  await run.store.subscriptions.save([{ ...late, setAt: run.now() + 1 }])
  run.advance(MINUTE)
  await run.round()
  // Those that were approved stay so.
  expect((await run.store.approvals.open()).map(({ key, state }) => [key.slice(-2), state])).toEqual([
    ['#1', 'approved'],
    ['#2', 'waiting'],
  ])
  const first = (await run.store.subscriptions.find('fake:1', 'morning'))!
  await run.store.subscriptions.save([{ ...first, words: 'event' }])
  await run.round()
  expect((await run.store.approvals.open()).map(({ state, changed }) => [state, changed?.why])).toEqual([
    ['waiting', ['settings']],
    ['waiting', undefined],
  ])
})

test('with nothing new there is nothing to approve, until there is', async () => {
  const run = await startRun()
  run.advance(40 * MINUTE)
  await run.round()
  expect(await run.store.approvals.open()).toEqual([])
  run.edit({ events: 2 })
  await run.round()
  expect((await onlyEdition(run)).state).toBe('waiting')
  run.advance(24 * 60 * MINUTE)
  await run.round()
})

test('a day without news is quiet at its slot', async () => {
  const run = await startRun()
  run.advance(70 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['quiet', 'quiet'])
  expect(run.notices()).toEqual([])
})

test('a digest that needs approval no more is posted, and one that begins to need it waits', async () => {
  const run = await startComposed()
  run.advance(31 * MINUTE)
  await run.round()
  run.edit({ approvals: 0 })
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['sent', 'sent'])
  expect(await run.store.approvals.open()).toEqual([])
  // A row that was due before digests.yml said so is held by the last look before the post.
  run.edit({ approvals: 1, events: 3 })
  await run.renew()
  await run.store.ledger.add([dueEdition('fake:1', run.now())])
  await run.work()
  expect(await statesAt(run, run.now())).toEqual(['held', undefined])
  await run.round()
  expect((await onlyEdition(run)).state).toBe('waiting')
})

test('where the desk has no channel, it waits all the same', async () => {
  const run = await startRun({ desk: undefined })
  run.edit({ events: 2 })
  run.advance(70 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['held', 'held'])
  await approveOnly(run)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['sent', 'sent'])
})

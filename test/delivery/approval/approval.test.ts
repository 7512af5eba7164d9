import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { MINUTE } from '../../support/approval/approval-run.ts'
import {
  ANN,
  approveOnly,
  BEN,
  EIGHT,
  noticeTexts,
  onlyEdition,
  startComposed,
  startRun,
  statesAt,
} from '../../support/approval/composed-run.ts'

test('an edition is composed half an hour before, shown to the desk once, and posted as it was approved', async () => {
  const run = await startRun()
  run.edit({ events: 2 })
  await run.round()
  expect(await run.store.approvals.open()).toEqual([])
  run.advance(29 * MINUTE)
  await run.round()
  await run.round()
  const edition = await onlyEdition(run)
  expect(edition).toMatchObject({ digest: 'morning', slot: EIGHT, state: 'waiting', votes: [] })
  expect(run.notices()).toHaveLength(1)
  const [notice] = run.notices()
  expect(toPlainText(notice!.reply)).toContain(
    'Morning brief · Tue 5 May 08:00 · 2 channels\nIt waits for the desk.',
  )
  expect(notice!.reply.buttons?.map(({ line }) => line)).toEqual(
    ['approve', 'hold', 'preview'].map(verb => `/desk ${verb} ${edition.code}`),
  )
  const approved = await run.preview(edition.key)
  expect(await approveOnly(run)).toBe('counted')
  await run.round()
  expect(run.editions()).toEqual([])
  expect(toPlainText(run.notices()[0]!.reply)).toContain('Approved by Ann. It is posted Tue 5 May 08:00.')
  run.advance(30 * MINUTE)
  await run.round()
  expect(run.editions().map(({ reply, key }) => [key, reply])).toEqual([...approved])
  expect(toPlainText(run.editions()[0]!.reply)).toContain('Event 1.')
  await run.round()
  expect(run.notices()).toHaveLength(1)
  expect(toPlainText(run.notices()[0]!.reply)).toContain('Posted. Approved by Ann.')
})

test('without approval it is held at its slot, and the desk hears at once; approved later it says how late it is', async () => {
  const run = await startComposed()
  run.advance(30 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['held', 'held'])
  expect(run.editions()).toEqual([])
  expect(noticeTexts(run)[1]).toContain(
    'Held: its time has come, and it is not approved. Nobody has approved it yet.',
  )
  const { key } = await onlyEdition(run)
  const approved = await run.preview(key)
  run.advance(100 * MINUTE)
  await run.round()
  expect(run.notices()).toHaveLength(2)
  expect(await approveOnly(run)).toBe('counted')
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['sent', 'sent'])
  for (const { key, reply } of run.editions()) {
    expect(reply.label?.line).toContain('sent 09:40 instead of 08:00')
    const { label: _, ...rest } = reply
    const { label: __, ...text } = approved.get(key)!
    expect(rest).toEqual(text)
  }
})

test('a change after approval voids it, says what and who must look again, and shows the new text', async () => {
  const run = await startComposed()
  const old = await onlyEdition(run)
  expect(await approveOnly(run)).toBe('counted')
  run.edit({ isRiverGone: true, fact: 2 })
  await run.round()
  const now = await onlyEdition(run)
  expect(now.code).not.toBe(old.code)
  expect(now.state).toBe('waiting')
  expect(now.votes).toEqual([])
  expect((await run.store.approvals.findByCode(old.code))?.key).toBe(now.key)
  expect(noticeTexts(run).at(-1)).toMatch(
    /Changed after Ann approved it: river was taken down, and bridge\/fact:cost changed. Ann must look again/,
  )
  run.advance(30 * MINUTE)
  await run.round()
  expect(run.editions()).toEqual([])
  expect(await run.store.approvals.approve(now.key, old.hash, ANN)).toMatchObject({ outcome: 'changed' })
  expect(await approveOnly(run)).toBe('counted')
  await run.round()
  expect(run.editions()).toHaveLength(2)
  expect(toPlainText(run.editions()[0]!.reply)).toContain('Cost 2.')
})

test('news after it was composed waits for the next edition, and voids nothing', async () => {
  const run = await startComposed()
  await approveOnly(run)
  run.edit({ events: 3 })
  run.advance(30 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['sent', 'sent'])
  expect(toPlainText(run.editions()[0]!.reply)).not.toContain('Event 2.')
  run.advance(23.5 * 60 * MINUTE)
  await run.round()
  await approveOnly(run)
  run.advance(30 * MINUTE)
  await run.round()
  const texts = run.editions().map(({ reply }) => toPlainText(reply))
  expect(texts).toHaveLength(4)
  expect(texts[2]).toContain('Event 2.')
  expect(texts[2]).not.toContain('Event 1.')
})

test('two approvals are those of two people', async () => {
  const run = await startComposed({ approvals: 2 })
  expect(await approveOnly(run)).toBe('counted')
  expect(await approveOnly(run)).toBe('again')
  expect((await onlyEdition(run)).state).toBe('waiting')
  expect(await approveOnly(run, BEN)).toBe('counted')
  expect((await onlyEdition(run)).state).toBe('approved')
  run.advance(30 * MINUTE)
  await run.round()
  expect(run.editions()).toHaveLength(2)
})

test('a hold takes an approval back, until somebody approves again', async () => {
  const run = await startComposed()
  await approveOnly(run)
  const { key } = await onlyEdition(run)
  expect(await run.store.approvals.hold(key, BEN, 'Wait for the court.')).toMatchObject({ outcome: 'held' })
  run.advance(30 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['held', 'held'])
  expect(noticeTexts(run).join('\n')).not.toContain('Wait for the court')
  await approveOnly(run)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['sent', 'sent'])
  expect(await run.store.approvals.hold(key, BEN)).toMatchObject({ outcome: 'over' })
})

test('what nobody approves within a day is missed and told, and its news is in the next edition', async () => {
  const run = await startComposed()
  for (let hour = 0; hour < 24; hour++) {
    run.advance(60 * MINUTE)
    await run.round()
  }
  run.advance(30 * MINUTE)
  await run.round()
  expect(await statesAt(run, EIGHT)).toEqual(['missed', 'missed'])
  expect(noticeTexts(run)).toContainEqual(
    expect.stringContaining('Not posted: it was not approved within a day'),
  )
  const next = await onlyEdition(run)
  await run.store.approvals.approve(next.key, next.hash, ANN)
  await run.round()
  expect(run.editions()).toHaveLength(2)
  expect(toPlainText(run.editions()[0]!.reply)).toContain('Event 1.')
})

test('each step is in the editors’ log, with the hash of what it is about', async () => {
  const run = await startComposed()
  await approveOnly(run)
  const first = await onlyEdition(run)
  run.edit({ fact: 2 })
  await run.round()
  const second = await onlyEdition(run)
  await run.store.approvals.hold(second.key, BEN, 'Why not.')
  const entries = (await run.store.editorLog.entries()).map(({ who, what, details }) => [
    who,
    what,
    JSON.parse(details).hash,
  ])
  expect(entries).toEqual([
    ['nutgraf', 'edition composed', first.hash],
    ['slack:T1/ANN', 'approve', first.hash],
    ['nutgraf', 'approval void', second.hash],
    ['slack:T1/BEN', 'hold', second.hash],
  ])
  expect((await run.store.editorLog.verify()).broken).toBeUndefined()
})

import { expect, test, vi } from 'vitest'
import { watchStore } from '../../src/bot/store-watch.ts'
import { recordingLog } from '../support/recording-log.ts'

const FAST = { lookMs: 5, answerMs: 50 }

/** A store that fails while there is a `sentence`. */
function storeThat(engineName: string) {
  const fate: { sentence?: string; hangs?: true } = {}
  const check = async () => {
    if (fate.hangs) await new Promise(() => {})
    if (fate.sentence !== undefined) throw new Error(fate.sentence)
  }
  return { fate, store: { engineName, check } }
}

test('a store that fails, and works again, is one line each in the log, without being asked', async () => {
  const { fate, store } = storeThat('sqlite')
  const log = recordingLog()
  const watch = watchStore(store, log, FAST)
  expect(await watch.state()).toBe('answers')
  fate.sentence = 'store: the disk is full'
  await vi.waitFor(() => expect(log.lines).toHaveLength(1))
  expect(log.lines[0]).toMatchObject({ level: 'error', details: { why: 'store: the disk is full' } })
  expect(await watch.state()).toBe('away: store: the disk is full')
  expect(watch.isUsable()).toBe(false)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(log.lines).toHaveLength(1)
  fate.sentence = undefined
  await vi.waitFor(() => expect(log.lines).toHaveLength(2))
  expect(log.lines[1]).toMatchObject({ level: 'info', message: 'store: works again' })
  expect(watch.isUsable()).toBe(true)
  watch.stop()
})

test('a PostgreSQL that hangs or is away is told, and the process stays ready: answers do not need it', async () => {
  const { fate, store } = storeThat('postgres')
  const watch = watchStore(store, recordingLog(), FAST)
  fate.hangs = true
  expect(await watch.state()).toBe('away: no answer in time')
  expect(watch.isUsable()).toBe(true)
  watch.stop()
})

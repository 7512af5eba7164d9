import { join } from 'node:path'
import { setImmediate as afterAnswers } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLooks, type LooksContext } from '../../../src/commands/story/last-look.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { libraryFromFiles, type StoryFields, storyFiles } from '../../support/content/story-files.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { temporaryFolder } from '../../support/start-process.ts'

/** A Monday, 14:00 in London. */
const MONDAY = Date.parse('2026-05-04T13:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const event = (date: string, text: string, more: object = {}) => ({
  ...{ date, text, confidence: 'high', sources: [1] },
  ...more,
})
const OLD = event('2026-05-01', 'The bridge is shut.')
const slip = (now: string) => ({ on: '2026-05-04', part: 'label', was: 'wrong', now, why: 'A slip.' })

/** A bot with a store whose clock the test moves, and stories that it changes. */
async function newsroom(change: (looks: LooksContext) => void = () => {}) {
  let now = MONDAY
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now }))
  onTestFinished(() => store.close())
  const log = recordingLog()
  let library = libraryFromFiles(storyFiles('bridge'))
  const publish = async (...stories: [string, StoryFields][]) => {
    library = libraryFromFiles(...stories.map(([slug, written]) => storyFiles(slug, written)))
    await store.revisions.record(partsOfAll(library))
    now += 5 * MINUTE
  }
  await publish(['bridge', { timeline: [OLD] }], ['road', { timeline: [OLD] }])
  now += HOUR
  const looks = createLooks({ ...store, looks: { ...store.looks } }, log)
  change(looks)
  const startProcess = (its: LooksContext) =>
    createHandler({ library: () => library, version: '1', zone: 'Europe/London', looks: its }, log)
  const handle = startProcess(looks)
  const ask = (typed: string, call: Partial<Call> = {}, answer = handle.answer): Reply | Promise<Reply> =>
    answer({
      ...splitCommand(typed),
      place: 'slack:T1/C1',
      caller: { id: 'slack:T1/U1', rights: ['member'] },
      audience: 'caller',
      at: now,
      ...call,
    })
  const say = async (typed: string, call: Partial<Call> = {}) => {
    const reply = await ask(typed, call)
    await afterAnswers()
    return toPlainText(reply)
  }
  const later = (hours: number) => {
    now += hours * HOUR
  }
  return { ask, say, publish, later, store, log, startProcess }
}

const KIM = { caller: { id: 'slack:T1/U2', rights: ['member' as const] } }

test('the changes of all stories begin where this person looked last, and say so', async () => {
  const { say, publish, later } = await newsroom()
  expect(await say('/nutgraf changes')).toContain('CHANGES SINCE 27 APR 2026')
  later(24)
  // Entered late, with an older date than the look.
  const vote = event('2026-04-02', 'The council votes.')
  await publish(['bridge', { timeline: [vote, OLD] }], ['road', { timeline: [OLD] }])
  const text = await say('/nutgraf changes')
  expect(text).toContain('CHANGES SINCE YOU LAST LOOKED, MON 15:05')
  expect(text).toContain('The council votes.')
  expect(text).not.toContain('The bridge is shut.')
  expect(await say('/nutgraf changes', KIM)).toContain('CHANGES SINCE 28 APR 2026')
  later(1)
  expect(await say('/nutgraf changes')).toMatch(
    /^No corrections and no dated entries since you last looked, Tue 15:10\. The last entry is from 1 May 2026/,
  )
})

test('a look at one story is none at the others, and one at all stories is one at each', async () => {
  const { say, publish, later } = await newsroom()
  await say('/nutgraf bridge changes')
  later(1)
  const corrections = (now: string) => [slip(now)]
  await publish(
    ['bridge', { timeline: [OLD], corrections: corrections('north') }],
    ['road', { timeline: [OLD], corrections: corrections('south') }],
  )
  const bridge = await say('/nutgraf bridge changes')
  expect(bridge).toContain('Changes to our text since you last looked, Mon 15:05 ·')
  expect(bridge).toContain('now: north')
  const both = await say('/nutgraf changes')
  expect(both).toContain('now: north')
  expect(both).toContain('now: south')
  later(1)
  expect(await say('/nutgraf road changes')).toContain('No corrections since you last looked, Mon 16:10')
  expect(await say('/nutgraf road changes', KIM)).toContain('now: south')
})

test('turning the pages of an answer does not move where it begins, and a date stays a date', async () => {
  const { ask, say, publish, later } = await newsroom()
  await say('/nutgraf bridge changes')
  later(24)
  const many = Array.from({ length: 12 }, (_, at) => slip(`word ${at} ${'more '.repeat(30)}`))
  await publish(['bridge', { timeline: [OLD], corrections: many }], ['road', { timeline: [OLD] }])
  const first = await ask('/nutgraf bridge changes')
  const next = first.buttons!.find(({ label }) => label.startsWith('Next'))!
  expect(next.line).toBe('/nutgraf bridge changes --since 2026-05-04T14:05:00.000Z --page 2')
  expect(first.buttons!.map(({ label }) => label)).toEqual([next.label, 'All changes'])
  const second = await say(next.line)
  expect(second).toContain('Page 2 of')
  later(1)
  expect(await say(next.line)).toBe(second)
  expect(await say('/nutgraf bridge changes --since 2026-05-01')).toContain('Page 1 of')
  expect(await say('/nutgraf bridge changes --page 2')).toContain('Page 2 of')
  // Only the look of the first page counted.
  expect(await say('/nutgraf bridge changes')).toContain('since you last looked, Tue 15:10')
})

test('a public answer does not say when somebody looked, and is no look', async () => {
  const { ask, say, publish, later } = await newsroom()
  await say('/nutgraf changes')
  later(24)
  await publish(
    ['bridge', { timeline: [OLD, event('2026-05-05', 'It opens.')] }],
    ['road', { timeline: [OLD] }],
  )
  for (const line of ['/nutgraf changes --public', '/nutgraf changes --since 2026-05-04T14:05:00Z --public'])
    expect(await say(line), line).toContain('CHANGES SINCE 28 APR 2026')
  expect(ask('/nutgraf changes', { audience: 'place' })).not.toBeInstanceOf(Promise)
  const own = await ask('/nutgraf changes')
  expect(toPlainText(own)).toContain('YOU LAST LOOKED, MON 15:05')
  expect(own.buttons!.map(({ line }) => line)).toEqual(['/nutgraf changes --since 7d'])
})

test('a story that is new as a whole shows its newest entry, and not all that it ever had', async () => {
  const { say, publish, later } = await newsroom()
  await say('/nutgraf changes')
  later(24)
  const history = [event('2020-01-01', 'The tunnel is planned.'), event('2026-04-30', 'The tunnel opens.')]
  await publish(
    ['bridge', { timeline: [OLD] }],
    ['road', { timeline: [OLD] }],
    ['tunnel', { timeline: history, meta: { coversTo: '2026-04-30' } }],
  )
  const text = await say('/nutgraf changes')
  expect(text).toContain('The tunnel opens.')
  expect(text).not.toContain('The tunnel is planned.')
})

test('a store that hangs or fails delays nobody: the answer is the one for whoever never looked', async () => {
  const slow = await newsroom(looks => {
    looks.store.looks.find = () => new Promise(() => {})
  })
  expect(await slow.say('/nutgraf changes')).toContain('CHANGES SINCE 27 APR 2026')
  const broken = await newsroom(looks => {
    looks.store.looks.find = () => Promise.reject(new Error('away'))
    looks.store.looks.save = () => Promise.reject(new Error('away'))
  })
  expect(await broken.say('/nutgraf bridge changes')).toContain('No corrections, and no events added later.')
  expect(broken.log.lines.map(({ message }) => message)).toEqual([
    'changes: when somebody looked last could not be read',
  ])
})

test('a look is stored after its answer, is known in this process at once, and in another once it is stored', async () => {
  let release = () => {}
  const { ask, say, later, log, store, startProcess } = await newsroom(looks => {
    const { save } = looks.store.looks
    looks.store.looks.save = async (...look) => {
      await new Promise<void>(resolve => {
        release = resolve
      })
      await save(...look)
    }
  })
  const other = startProcess(createLooks(store, log)).answer
  const elsewhere = async () => toPlainText(await ask('/nutgraf changes', {}, other))
  await say('/nutgraf changes')
  later(1)
  expect(await say('/nutgraf changes')).toContain('you last looked, Mon 15:05')
  expect(await elsewhere()).toContain('CHANGES SINCE 27 APR 2026')
  release()
  await afterAnswers()
  later(1)
  expect(await elsewhere()).toContain('you last looked, Mon 16:05')
})

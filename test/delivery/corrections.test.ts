import { afterEach, describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { DeliveryError } from '../../src/chat/platform.ts'
import { check } from '../../src/check/check.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'
import { WRONG_WORD as WRONG_DAY, writeStage } from '../support/delivery/correction-stories.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'

afterEach(stopBridgeBots)

const HOUR = 3_600_000
const event = (id: string, date: string, text: string) => ({
  ...{ id, date, text },
  ...{ confidence: 'high', sources: [1] },
})
const RUST = event('rust', '2025-12-30', 'An inspection finds rust.')
const WRONG = event('vote', '2026-05-04', 'The council votes on WEDNESDAY.')
const RIGHT = event('vote', '2026-05-04', 'The council votes on Thursday.')
const ENTRY = {
  on: '2026-05-05',
  part: 'event:vote',
  was: 'MITTWOCH',
  now: 'Donnerstag',
  why: 'Misread.',
}
const FIRST = { timeline: [RUST, WRONG] }

describe('what is corrected', () => {
  test('an answer that shows the part is edited once; others are not, and nothing is posted', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const wrong = await desk.publish('/nutgraf bridge timeline')
    const other = await desk.publish('/nutgraf bridge quotes')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(desk.messageAt(wrong)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(wrong).text).toMatch(
      /CORRECTED \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC · was: MITTWOCH · now: Donnerstag · why: Misread\./,
    )
    expect(desk.messageAt(wrong).text).toContain('Thursday')
    expect(desk.messageAt(wrong).text).not.toContain('WEDNESDAY')
    expect(desk.messageAt(other)).toMatchObject({ edits: 0 })
    expect(await desk.store.corrections.causes()).toMatchObject([{ repaired: 1, pending: 0, impossible: 0 }])
    expect(desk.fake.messages).toHaveLength(2)

    await desk.look()
    await desk.restart()
    desk.advanceClock(2 * HOUR)
    await desk.look()
    expect(desk.editCount()).toBe(1)
    expect(toPlainText(await desk.ask('/nutgraf bridge changes'))).toContain('1 message repaired')
  })

  test('an edition is edited, and the next one opens with the correction', async () => {
    const desk = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await desk.store.subscriptions.save([subscription(place)])
    await desk.deliverEdition(place)
    await desk.writeStory({ timeline: [RUST, WRONG] })
    const told = (await desk.deliverEdition(place))!
    expect(told.text).toContain('WEDNESDAY')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(told.text).toContain('CORRECTED')
    expect(told.text).not.toContain('WEDNESDAY')
    expect(told.edits).toBe(1)
    // The first edition showed where the story stands, not the event.
    expect(desk.fake.messages[0]!.edits).toBe(0)
    const next = (await desk.deliverEdition(place))!
    expect(next.text.split('\n\n').find(piece => /^[A-Z]{3,} ·/.test(piece))).toContain('CORRECTED')
    expect(next.edits).toBe(0)
  })

  test('two corrections of one message stand in it, the newest first', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const message = await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    desk.advanceClock(5 * HOUR)
    const second = { ...ENTRY, part: 'event:rust', was: 'ROST', now: 'kein Rost', why: 'Paint.' }
    await desk.writeStory({
      timeline: [{ ...RUST, text: 'An inspection finds paint.' }, RIGHT],
      corrections: [ENTRY, second],
    })
    const { text, edits } = desk.messageAt(message)
    expect(edits).toBe(2)
    expect(text.indexOf('was: ROST')).toBeGreaterThan(0)
    expect(text.indexOf('was: MITTWOCH')).toBeGreaterThan(text.indexOf('was: ROST'))
    // Both at once are one edit.
    const third = await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({
      timeline: [
        { ...RUST, text: 'Paint was found.' },
        { ...RIGHT, text: 'No vote.' },
      ],
      corrections: [...[ENTRY, second], { ...ENTRY, now: 'never' }, { ...second, now: 'old paint' }],
    })
    expect(desk.messageAt(third)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(third).text).toContain('now: never')
    expect(desk.messageAt(third).text).toContain('now: old paint')
    expect(desk.messageAt(third).text).not.toContain('now: Donnerstag')
  })

  test('what may not be repeated appears nowhere', async () => {
    const desk = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await desk.store.subscriptions.save([subscription(place)])
    await desk.deliverEdition(place)
    await desk.writeStory({ timeline: [RUST, WRONG] })
    await desk.deliverEdition(place)
    await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({
      timeline: [RUST, RIGHT],
      corrections: [{ ...ENTRY, repeat: false, notice: true }],
    })
    await desk.deliverEdition(place)
    await desk.publish('/nutgraf bridge changes')
    await desk.publish('/nutgraf changes --since 2026-01-01')
    const all = desk.fake.messages.map(one => one.text).join('\n')
    expect(all).not.toMatch(/WEDNESDAY|MITTWOCH/)
    expect(all.match(/Donnerstag/g)!.length).toBeGreaterThanOrEqual(5)
  })

  test('words that may no longer be repeated go from all that repeated them', async () => {
    const desk = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await desk.store.subscriptions.save([subscription(place)])
    await desk.deliverEdition(place)
    await desk.writeStory({ timeline: [RUST, WRONG] })
    await desk.deliverEdition(place)
    await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await desk.deliverEdition(place)
    await desk.publish('/nutgraf bridge changes')
    expect(desk.fake.messages.filter(one => one.text.includes('MITTWOCH')).length).toBe(6)
    await desk.writeStory({ corrections: [{ ...ENTRY, notice: true, repeat: false }] })
    expect(desk.fake.messages.filter(one => one.text.includes('MITTWOCH'))).toEqual([])
    expect((await desk.store.corrections.causes()).map(one => one.impossible)).toEqual([0, 0])
  })

  test('a notice is told once in the thread of each message that was wrong', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const wrong = await desk.publish('/nutgraf bridge timeline')
    const inThread = await desk.publish('/nutgraf bridge timeline', 'fake:2', 'thread-9')
    await desk.publish('/nutgraf bridge quotes', 'fake:3')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await desk.look()
    await desk.restart()
    const notices = desk.fake.messages.filter(one => one.key.startsWith('notice '))
    expect(notices.map(one => one.ref.under).sort()).toEqual([wrong.id, 'thread-9'].sort())
    for (const one of notices) {
      expect(one.text).toContain('CORRECTED')
      expect(one.text).toContain('now: Donnerstag')
      expect(one.edits).toBe(0)
    }
    expect(desk.messageAt(inThread)).toMatchObject({ edits: 1 })
    // What is told in a notice is corrected like anything else, and gets no notice of its own.
    await desk.writeStory({
      timeline: [RUST, { ...RIGHT, text: 'No vote.' }],
      corrections: [
        { ...ENTRY, notice: true },
        { ...ENTRY, now: 'gar nicht', notice: true },
      ],
    })
    const later = desk.fake.messages.filter(one => one.key.startsWith('notice '))
    expect(later).toHaveLength(4)
    expect(later.slice(0, 2).every(one => one.edits === 1 && one.text.includes('gar nicht'))).toBe(true)
  })

  test('an answer whose list has grown since shows what it showed, and nothing that came later', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const message = await desk.publish('/nutgraf bridge timeline')
    const sources = await desk.publish('/nutgraf bridge sources')
    desk.advanceClock(HOUR)
    const late = event('late', '2026-05-09', 'LATE: a ferry sails.')
    const source = { number: 3, outlet: 'The LATER Paper', title: 'Ferry', kind: 'news', date: '2026-05-09' }
    const given = [
      {
        ...{ number: 1, outlet: 'The Paper', title: 'Bridge shut', kind: 'news', date: '2026-05-02' },
        ...{ url: 'https://paper.example/bridge', text: 'paper.txt', skip: [9], rights: 'ours' },
      },
      { number: 2, outlet: 'City', title: 'Notice of closure', kind: 'primary' },
      source,
    ]
    await desk.writeStory({
      timeline: [RUST, WRONG, { ...late, sources: [3] }],
      sources: given,
      meta: { coversTo: '2026-05-09' },
    })
    expect(desk.editCount()).toBe(0)
    const label = { ...ENTRY, part: 'label', was: 'X', now: 'Y' }
    await desk.writeStory({ timeline: [RUST, RIGHT, { ...late, sources: [3] }], corrections: [ENTRY, label] })
    expect(desk.messageAt(message)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(message).text).toContain('Thursday')
    expect(desk.messageAt(message).text).not.toContain('LATE')
    expect(desk.messageAt(sources)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(sources).text).not.toContain('LATER')
  })
})

test('in the preview the page gets the edit', async () => {
  const folder = writeStage(temporaryFolder(), 'new')
  const one = startBot({ CONTENT_DIR: folder, HOST: '127.0.0.1' })
  const url = await addressOf(one)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ line: '/nutgraf bridge timeline --public' })
  const { posted } = await (await fetch(`${url}/preview/ask`, { method: 'POST', headers, body })).json()
  const shown = async () => {
    const leave = new AbortController()
    const stream = await fetch(`${url}/preview/events`, { signal: leave.signal })
    const { value } = await stream.body!.pipeThrough(new TextDecoderStream()).getReader().read()
    leave.abort()
    return JSON.parse(/data: (.*)\n\n/.exec(value ?? '')![1]!) as {
      id: string
      edited: boolean
      text: string
    }
  }
  expect(await shown()).toMatchObject({ id: posted, edited: false, text: expect.stringContaining(WRONG_DAY) })
  writeStage(folder, 'corrected')
  await expect.poll(async () => (await shown()).edited, { timeout: 10_000 }).toBe(true)
  const { id, text } = await shown()
  expect(id).toBe(posted)
  expect(text).toMatch(/CORRECTED .* was: Mittwoch · now: Donnerstag/)
  expect(text).not.toContain(WRONG_DAY)
})

describe('what edits nothing', () => {
  test('a new event, a revision, another design, another story’s correction, one that was there before', async () => {
    const before = { ...ENTRY, part: 'event:rust' }
    const road = (more = {}) =>
      storyFiles('road', { meta: { title: 'The road' }, timeline: [RUST, WRONG], ...more })
    const desk = await startBridgeBot({ first: { ...FIRST, corrections: [before] }, more: road() })
    await desk.publish('/nutgraf bridge timeline')
    await desk.publish('/nutgraf bridge summary')
    await desk.writeStory({ timeline: [RUST, event('new', '2026-05-01', 'A new one.'), WRONG] })
    await desk.writeStory({ timeline: [RUST, WRONG] })
    await desk.writeStory({ timeline: [RUST, { ...WRONG, text: 'The council votes on Friday.' }] })
    await desk.writeStory({ meta: { tags: ['other'] } })
    await desk.writeStory({ meta: { checked: { on: '2026-05-08' } } })
    await desk.writeStory({}, road({ timeline: [RUST, RIGHT], corrections: [ENTRY] }))
    desk.advanceClock(2 * HOUR)
    await desk.look()
    await desk.restart()
    expect(desk.editCount()).toBe(0)
    expect(desk.fake.messages).toHaveLength(2)
  })

  test('a later revision of a part that was corrected together with its entry', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(desk.editCount()).toBe(1)
    await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, { ...RIGHT, text: 'The council votes on Thursday at noon.' }] })
    await desk.look()
    expect(desk.editCount()).toBe(1)
  })
})

describe('in which order it is written', () => {
  test('entry first: said at once, and drawn again once the part is right, with all that was posted meanwhile', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const before = await desk.publish('/nutgraf bridge timeline')
    desk.advanceClock(60_000)
    await desk.writeStory({ corrections: [ENTRY] })
    expect(desk.messageAt(before)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(before).text).toContain('CORRECTED')
    desk.advanceClock(2 * HOUR)
    const between = await desk.publish('/nutgraf bridge timeline', 'fake:2')
    expect(desk.messageAt(between).text).toContain('WEDNESDAY')
    desk.advanceClock(60_000)
    await desk.writeStory({ timeline: [RUST, RIGHT] })
    for (const message of [before, between]) {
      expect(desk.messageAt(message).text).toContain('Thursday')
      expect(desk.messageAt(message).text).toContain('CORRECTED')
    }
    expect(desk.messageAt(before).edits).toBe(2)
    expect(desk.messageAt(between).edits).toBe(1)
    await desk.look()
    await desk.restart()
    expect(desk.editCount()).toBe(3)
  })

  test('entry first, and the part put right while the first edit is on its way', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const message = await desk.publish('/nutgraf bridge timeline')
    const { edit } = desk.fake.platform
    const release = Promise.withResolvers<void>()
    let held = 0
    desk.fake.platform.edit = async (...given) => {
      if (held++ === 0) await release.promise
      return edit(...given)
    }
    desk.advanceClock(60_000)
    desk.writeStoryUnseen({ corrections: [ENTRY] })
    await desk.pipeline().refresh()
    await expect.poll(() => held).toBe(1)
    desk.writeStoryUnseen({ timeline: [RUST, RIGHT] })
    await desk.pipeline().refresh()
    release.resolve()
    await desk.waitUntilSettled()
    await desk.look()
    expect(desk.messageAt(message).text).toContain('Thursday')
    expect(desk.messageAt(message).text).toContain('CORRECTED')
  })

  test('text first: what showed the mistake is edited once the entry is there', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const message = await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT] })
    expect(desk.editCount()).toBe(0)
    desk.advanceClock(60_000)
    const right = await desk.publish('/nutgraf bridge status')
    await desk.writeStory({ corrections: [ENTRY] })
    expect(desk.messageAt(message)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(message).text).toContain('Thursday')
    // What was posted with the right words was never wrong.
    expect(desk.messageAt(right).text).toContain('Thursday')
    expect(desk.messageAt(right)).toMatchObject({ edits: 0 })
    await desk.look()
    await desk.restart()
    expect(desk.editCount()).toBe(1)
  })
})

describe('messages on their way', () => {
  test('a post that is under way when the correction comes is edited once it stands, and gets its notice', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const { post } = desk.fake.platform
    const release = Promise.withResolvers<void>()
    let started = false
    desk.fake.platform.post = async (...given) => {
      if (!given[2].key.startsWith('notice ')) {
        started = true
        await release.promise
      }
      return post(...given)
    }
    const posted = desk.publish('/nutgraf bridge timeline')
    await expect.poll(() => started).toBe(true)
    desk.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await desk.pipeline().refresh()
    release.resolve()
    const message = await posted
    await desk.waitUntilSettled()
    await desk.look()
    expect(desk.messageAt(message)).toMatchObject({ edits: 1 })
    expect(desk.messageAt(message).text).toContain('Thursday')
    expect(desk.messageAt(message).text).toContain('CORRECTED')
    expect(desk.fake.messages.filter(one => one.key.startsWith('notice ')).map(one => one.ref.under)).toEqual(
      [message.id],
    )
  })

  test('a correction that comes while an earlier one is being edited in is not lost', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const message = await desk.publish('/nutgraf bridge timeline')
    const { edit } = desk.fake.platform
    const release = Promise.withResolvers<void>()
    let held = 0
    desk.fake.platform.edit = async (...given) => {
      if (held++ === 0) await release.promise
      return edit(...given)
    }
    desk.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    await desk.pipeline().refresh()
    await expect.poll(() => held).toBe(1)
    const second = { ...ENTRY, part: 'event:rust', was: 'ROST', now: 'kein Rost', why: 'Paint.' }
    desk.writeStoryUnseen({ timeline: [{ ...RUST, text: 'Paint.' }, RIGHT], corrections: [ENTRY, second] })
    await desk.pipeline().refresh()
    release.resolve()
    await desk.waitUntilSettled()
    expect(desk.messageAt(message).text).toContain('now: kein Rost')
    expect(desk.messageAt(message).text).toContain('now: Donnerstag')
    expect(desk.messageAt(message).edits).toBe(2)
  })

  test('what ends in doubt is counted as impossible, and the correction comes to its end', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    const { post } = desk.fake.platform
    desk.fake.platform.post = async (place, reply, how) => {
      if (how.key.startsWith('answer')) throw new DeliveryError('fake: cut', { outcome: 'unknown' })
      return post(place, reply, how)
    }
    await expect(desk.publish('/nutgraf bridge timeline')).rejects.toThrow(/can’t tell/)
    desk.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    await desk.pipeline().refresh()
    expect(await desk.store.corrections.causes()).toMatchObject([{ pending: 1 }])
    desk.fake.refuseFind()
    desk.advanceClock(10_000)
    desk.pipeline().wake()
    await expect.poll(() => desk.store.ledger.countByState(), { timeout: 5_000 }).toEqual({ doubt: 1 })
    await desk.look()
    expect(await desk.store.corrections.causes()).toMatchObject([
      { pending: 0, impossible: 1, doneAt: expect.any(Number), reasons: [{ count: 1 }] },
    ])
  })
})

test('check refuses an entry that no corrected message could say in full, and names its line', async () => {
  const long = { ...ENTRY, now: 'a & b '.repeat(70) }
  const folder = await createContentFolder(storyFiles('bridge', { ...FIRST, corrections: [ENTRY, long] }))
  const { problems } = await check(folder)
  expect(problems).toMatchObject([
    {
      file: expect.stringMatching(/corrections\.yml$/),
      message: expect.stringMatching(/^was, now and why are \d+ letters/),
    },
  ])
  expect(problems[0]!.line).toBeGreaterThan(5)
})

describe('what is withdrawn', () => {
  const DOWN = { withdrawn: { on: '2026-05-06', reason: 'The source took its report back.' } }

  test('every copy is replaced by the notice, those of other stories stay, and the desk hears once', async () => {
    const road = storyFiles('road', {
      meta: { title: 'The road to town' },
      timeline: [{ ...RUST, text: 'Ice.' }],
    })
    const desk = await startBridgeBot({ first: FIRST, more: road, desk: 'fake:desk' })
    await desk.store.subscriptions.save([subscription('fake:1')])
    const edition = (await desk.deliverEdition('fake:1'))!
    const answers = [
      await desk.publish('/nutgraf bridge timeline'),
      await desk.publish('/nutgraf bridge quotes', 'fake:2', 'thread-9'),
    ]
    const other = await desk.publish('/nutgraf road timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await desk.deliverEdition('fake:1')
    await desk.writeStory({ meta: DOWN })
    const standing = desk.fake.messages.filter(one => one.ref.place !== 'fake:desk')
    expect(standing.map(one => one.text).join('\n')).not.toMatch(/Thursday|Donnerstag|inspection|Main Street/)
    for (const answer of answers)
      expect(desk.messageAt(answer).text).toBe(
        'WITHDRAWN 6 May 2026 · this story was taken down: The source took its report back.',
      )
    expect(edition.text).toContain('WITHDRAWN 6 May 2026')
    expect(edition.text).toContain('The road to town')
    expect(desk.messageAt(other)).toMatchObject({ edits: 0 })
    const edits = desk.editCount()
    await desk.look()
    await desk.restart()
    expect(desk.editCount()).toBe(edits)
    const told = desk.fake.messages.filter(one => one.ref.place === 'fake:desk').map(one => one.text)
    expect(told.filter(one => one.startsWith('Withdrawn: bridge.'))).toHaveLength(1)
    expect(told.at(-1)).toMatch(
      /^Withdrawn: bridge\. 5 messages were changed, the last \d+\.\d s after it was known\.$/,
    )
  })

  test('it is tried until it is confirmed, and what is impossible is counted with its reason', async () => {
    const desk = await startBridgeBot({ first: FIRST, desk: 'fake:desk' })
    const one = await desk.publish('/nutgraf bridge timeline')
    const two = await desk.publish('/nutgraf bridge quotes', 'fake:2')
    const { edit } = desk.fake.platform
    let tries = 0
    desk.fake.platform.edit = async (ref, reply) => {
      if (ref.id === two.id)
        throw new DeliveryError('fake: gone', { outcome: 'unsent', human: 'The message was deleted.' })
      if (++tries < 8) throw new DeliveryError('fake: 503', { outcome: 'unknown', retryInMs: 1 })
      return edit(ref, reply)
    }
    await desk.writeStory({ meta: DOWN })
    expect(desk.messageAt(one).text).toContain('WITHDRAWN')
    expect(await desk.store.corrections.causes()).toMatchObject([
      { repaired: 1, impossible: 1, reasons: [{ error: 'The message was deleted.', count: 1 }] },
    ])
    const told = () =>
      desk.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
    expect(told().filter(line => line.startsWith('Withdrawn'))).toEqual([
      expect.stringMatching(
        /^Withdrawn: bridge\. 1 message was changed, .* 1 can’t be changed: 1 × The message was deleted\.$/,
      ),
    ])
  })

  test('the notice of a correction goes with the story, and so does one whose entry was reworded', async () => {
    const desk = await startBridgeBot({ first: FIRST })
    await desk.publish('/nutgraf bridge timeline')
    await desk.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await desk.writeStory({ corrections: [{ ...ENTRY, now: 'am Donnerstag' }] })
    const notice = desk.fake.messages.find(one => one.key.startsWith('notice '))!
    expect(notice.text).toContain('am Donnerstag')
    await desk.writeStory({ meta: DOWN })
    expect(notice.text).toContain('WITHDRAWN')
    expect(notice.text).not.toContain('Donnerstag')
    expect((await desk.store.corrections.causes()).flatMap(one => one.reasons)).toEqual([])
  })
})

function subscription(place: 'fake:1') {
  return {
    ...{ place, digest: 'morning', time: '08:00', zone: 'UTC', days: 'mon', stories: '' },
    ...{ quiet: 'skip' as const, state: 'on' as const, setBy: 'u', setAt: 1 },
    ...{ nextSlot: Date.now() + 1_000 * HOUR, nextDate: '2099-01-01' },
  }
}

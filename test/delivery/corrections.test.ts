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
  ...{ confidence: 'medium', sources: [1] },
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
    const bot = await startBridgeBot({ first: FIRST })
    const wrong = await bot.publish('/nutgraf bridge timeline')
    const other = await bot.publish('/nutgraf bridge quotes')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(bot.messageAt(wrong)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(wrong).text).toMatch(
      /CORRECTED \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC · was: MITTWOCH · now: Donnerstag · why: Misread\./,
    )
    expect(bot.messageAt(wrong).text).toContain('Thursday')
    expect(bot.messageAt(wrong).text).not.toContain('WEDNESDAY')
    expect(bot.messageAt(other)).toMatchObject({ edits: 0 })
    expect(await bot.store.corrections.causes()).toMatchObject([{ repaired: 1, pending: 0, impossible: 0 }])
    expect(bot.fake.messages).toHaveLength(2)

    await bot.look()
    await bot.restart()
    bot.advanceClock(2 * HOUR)
    await bot.look()
    expect(bot.editCount()).toBe(1)
    expect(toPlainText(await bot.ask('/nutgraf bridge changes'))).toContain('1 message repaired')
  })

  test('an edition is edited, and the next one opens with the correction', async () => {
    const bot = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await bot.store.subscriptions.save([subscription(place)])
    await bot.deliverEdition(place)
    await bot.writeStory({ timeline: [RUST, WRONG] })
    const edition = (await bot.deliverEdition(place))!
    expect(edition.text).toContain('WEDNESDAY')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(edition.text).toContain('CORRECTED')
    expect(edition.text).not.toContain('WEDNESDAY')
    expect(edition.edits).toBe(1)
    // The first edition showed the state of the story, not the event.
    expect(bot.fake.messages[0]!.edits).toBe(0)
    const next = (await bot.deliverEdition(place))!
    expect(next.text).toMatch(/^CORRECTED, timeline, /)
    expect(next.edits).toBe(0)
  })

  test('two corrections of one message stand in it, the newest first', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    bot.advanceClock(5 * HOUR)
    const second = { ...ENTRY, part: 'event:rust', was: 'ROST', now: 'kein Rost', why: 'Paint.' }
    await bot.writeStory({
      timeline: [{ ...RUST, text: 'An inspection finds paint.' }, RIGHT],
      corrections: [ENTRY, second],
    })
    const { text, edits } = bot.messageAt(message)
    expect(edits).toBe(2)
    expect(text.indexOf('was: ROST')).toBeGreaterThan(0)
    expect(text.indexOf('was: MITTWOCH')).toBeGreaterThan(text.indexOf('was: ROST'))
    // Both at once are one edit.
    const third = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({
      timeline: [
        { ...RUST, text: 'Paint was found.' },
        { ...RIGHT, text: 'No vote.' },
      ],
      corrections: [...[ENTRY, second], { ...ENTRY, now: 'never' }, { ...second, now: 'old paint' }],
    })
    expect(bot.messageAt(third)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(third).text).toContain('now: never')
    expect(bot.messageAt(third).text).toContain('now: old paint')
    expect(bot.messageAt(third).text).not.toContain('now: Donnerstag')
  })

  test('what may not be repeated appears nowhere', async () => {
    const bot = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await bot.store.subscriptions.save([subscription(place)])
    await bot.deliverEdition(place)
    await bot.writeStory({ timeline: [RUST, WRONG] })
    await bot.deliverEdition(place)
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({
      timeline: [RUST, RIGHT],
      corrections: [{ ...ENTRY, repeat: false, notice: true }],
    })
    await bot.deliverEdition(place)
    await bot.publish('/nutgraf bridge changes')
    await bot.publish('/nutgraf changes --since 2026-01-01')
    const posted = bot.fake.messages.map(({ text }) => text).join('\n')
    expect(posted).not.toMatch(/WEDNESDAY|MITTWOCH/)
    expect(posted.match(/Donnerstag/g)!.length).toBeGreaterThanOrEqual(5)
  })

  test('words that may no longer be repeated go from all that repeated them', async () => {
    const bot = await startBridgeBot({ first: { timeline: [RUST] } })
    const place = 'fake:1'
    await bot.store.subscriptions.save([subscription(place)])
    await bot.deliverEdition(place)
    await bot.writeStory({ timeline: [RUST, WRONG] })
    await bot.deliverEdition(place)
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await bot.deliverEdition(place)
    await bot.publish('/nutgraf bridge changes')
    expect(bot.fake.messages.filter(({ text }) => text.includes('MITTWOCH')).length).toBe(6)
    await bot.writeStory({ corrections: [{ ...ENTRY, notice: true, repeat: false }] })
    expect(bot.fake.messages.filter(({ text }) => text.includes('MITTWOCH'))).toEqual([])
    expect((await bot.store.corrections.causes()).map(({ impossible }) => impossible)).toEqual([0, 0])
  })

  test('a notice is told once in the thread of each message that was wrong', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const wrong = await bot.publish('/nutgraf bridge timeline')
    const inThread = await bot.publish('/nutgraf bridge timeline', 'fake:2', 'thread-9')
    await bot.publish('/nutgraf bridge quotes', 'fake:3')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await bot.look()
    await bot.restart()
    const notices = bot.fake.messages.filter(({ key }) => key.startsWith('notice '))
    expect(notices.map(({ ref }) => ref.under).sort()).toEqual([wrong.id, 'thread-9'].sort())
    for (const { text, edits } of notices) {
      expect(text).toContain('CORRECTED')
      expect(text).toContain('now: Donnerstag')
      expect(edits).toBe(0)
    }
    expect(bot.messageAt(inThread)).toMatchObject({ edits: 1 })
    // A notice is corrected like any other message, and gets no notice of its own.
    await bot.writeStory({
      timeline: [RUST, { ...RIGHT, text: 'No vote.' }],
      corrections: [
        { ...ENTRY, notice: true },
        { ...ENTRY, now: 'gar nicht', notice: true },
      ],
    })
    const later = bot.fake.messages.filter(({ key }) => key.startsWith('notice '))
    expect(later).toHaveLength(4)
    expect(later.slice(0, 2).every(({ edits, text }) => edits === 1 && text.includes('gar nicht'))).toBe(true)
  })

  test('two corrections of one message are one edit with both, however slowly the store takes them', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    await bot.restart({ size: { sweepMs: 60_000 } })
    const { corrections } = bot.store
    const { applyCause } = corrections
    corrections.applyCause = async (...cause) => {
      // Somebody else has something to post meanwhile.
      bot.pipeline().wake()
      await new Promise(resolve => setTimeout(resolve, 100))
      return applyCause(...cause)
    }
    const message = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({
      timeline: [{ ...RUST, text: 'Paint was found.' }, RIGHT],
      corrections: [ENTRY, { ...ENTRY, part: 'event:rust', was: 'ROST', now: 'old paint', why: 'Paint.' }],
    })
    expect(bot.messageAt(message)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(message).text).toContain('now: old paint')
    expect(bot.messageAt(message).text).toContain('was: MITTWOCH')
  })

  test('an answer whose list has grown since shows what it showed, and nothing that came later', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    const sourcesAnswer = await bot.publish('/nutgraf bridge sources')
    bot.advanceClock(HOUR)
    const late = event('late', '2026-05-09', 'LATE: a ferry sails.')
    const source = { number: 3, outlet: 'The LATER Paper', title: 'Ferry', kind: 'news', date: '2026-05-09' }
    const sources = [
      {
        ...{ number: 1, outlet: 'The Paper', title: 'Bridge shut', kind: 'news', date: '2026-05-02' },
        ...{ url: 'https://paper.example/bridge', text: 'paper.txt', skip: [9], rights: 'ours' },
      },
      { number: 2, outlet: 'City', title: 'Notice of closure', kind: 'primary' },
      source,
    ]
    await bot.writeStory({
      timeline: [RUST, WRONG, { ...late, sources: [3] }],
      sources,
      meta: { coversTo: '2026-05-09' },
    })
    expect(bot.editCount()).toBe(0)
    const label = { ...ENTRY, part: 'label', was: 'X', now: 'Y' }
    await bot.writeStory({ timeline: [RUST, RIGHT, { ...late, sources: [3] }], corrections: [ENTRY, label] })
    expect(bot.messageAt(message)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(message).text).toContain('Thursday')
    expect(bot.messageAt(message).text).not.toContain('LATE')
    expect(bot.messageAt(sourcesAnswer)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(sourcesAnswer).text).not.toContain('LATER')
  })
})

test('in the preview the page gets the edit', async () => {
  const folder = writeStage(temporaryFolder(), 'new')
  const process = startBot({ CONTENT_DIR: folder, HOST: '127.0.0.1' })
  const url = await addressOf(process)
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
  await expect.poll(async () => (await shown()).edited, { timeout: 20_000 }).toBe(true)
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
    const bot = await startBridgeBot({ first: { ...FIRST, corrections: [before] }, more: road() })
    await bot.publish('/nutgraf bridge timeline')
    await bot.publish('/nutgraf bridge summary')
    await bot.writeStory({ timeline: [RUST, event('new', '2026-05-01', 'A new one.'), WRONG] })
    await bot.writeStory({ timeline: [RUST, WRONG] })
    await bot.writeStory({ timeline: [RUST, { ...WRONG, text: 'The council votes on Friday.' }] })
    await bot.writeStory({ meta: { tags: ['other'] } })
    await bot.writeStory({ meta: { checked: { on: '2026-05-08' } } })
    await bot.writeStory({}, road({ timeline: [RUST, RIGHT], corrections: [ENTRY] }))
    bot.advanceClock(2 * HOUR)
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(0)
    expect(bot.fake.messages).toHaveLength(2)
  })

  test('a later revision of a part that was corrected together with its entry', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    expect(bot.editCount()).toBe(1)
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, { ...RIGHT, text: 'The council votes on Thursday at noon.' }] })
    await bot.look()
    expect(bot.editCount()).toBe(1)
  })
})

describe('in which order it is written', () => {
  test('entry first: said at once, and drawn again once the part is right, with all that was posted meanwhile', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const before = await bot.publish('/nutgraf bridge timeline')
    bot.advanceClock(60_000)
    await bot.writeStory({ corrections: [ENTRY] })
    expect(bot.messageAt(before)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(before).text).toContain('CORRECTED')
    bot.advanceClock(2 * HOUR)
    const between = await bot.publish('/nutgraf bridge timeline', 'fake:2')
    expect(bot.messageAt(between).text).toContain('WEDNESDAY')
    bot.advanceClock(60_000)
    await bot.writeStory({ timeline: [RUST, RIGHT] })
    for (const message of [before, between]) {
      expect(bot.messageAt(message).text).toContain('Thursday')
      expect(bot.messageAt(message).text).toContain('CORRECTED')
    }
    expect(bot.messageAt(before).edits).toBe(2)
    expect(bot.messageAt(between).edits).toBe(1)
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(3)
  })

  test('entry first, and the part put right while the first edit is on its way', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    const { edit } = bot.fake.platform
    const release = Promise.withResolvers<void>()
    let edits = 0
    bot.fake.platform.edit = async (...args) => {
      if (edits++ === 0) await release.promise
      return edit(...args)
    }
    bot.advanceClock(60_000)
    bot.writeStoryUnseen({ corrections: [ENTRY] })
    await bot.pipeline().refresh()
    await expect.poll(() => edits).toBe(1)
    bot.writeStoryUnseen({ timeline: [RUST, RIGHT] })
    await bot.pipeline().refresh()
    release.resolve()
    await bot.waitUntilSettled()
    await bot.look()
    expect(bot.messageAt(message).text).toContain('Thursday')
    expect(bot.messageAt(message).text).toContain('CORRECTED')
  })

  test('text first: what showed the mistake is edited once the entry is there', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT] })
    expect(bot.editCount()).toBe(0)
    bot.advanceClock(60_000)
    const right = await bot.publish('/nutgraf bridge status')
    await bot.writeStory({ corrections: [ENTRY] })
    expect(bot.messageAt(message)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(message).text).toContain('Thursday')
    // A message that was posted with the right words was never wrong.
    expect(bot.messageAt(right).text).toContain('Thursday')
    expect(bot.messageAt(right)).toMatchObject({ edits: 0 })
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(1)
  })
})

describe('messages on their way', () => {
  test('a post that is under way when the correction comes is edited once it stands, and gets its notice', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const { post } = bot.fake.platform
    const release = Promise.withResolvers<void>()
    let started = false
    bot.fake.platform.post = async (...args) => {
      if (!args[2].key.startsWith('notice ')) {
        started = true
        await release.promise
      }
      return post(...args)
    }
    const posted = bot.publish('/nutgraf bridge timeline')
    await expect.poll(() => started).toBe(true)
    bot.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await bot.pipeline().refresh()
    release.resolve()
    const message = await posted
    await bot.waitUntilSettled()
    await bot.look()
    expect(bot.messageAt(message)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(message).text).toContain('Thursday')
    expect(bot.messageAt(message).text).toContain('CORRECTED')
    expect(
      bot.fake.messages.filter(({ key }) => key.startsWith('notice ')).map(({ ref }) => ref.under),
    ).toEqual([message.id])
  })

  test('a correction that comes while an earlier one is being edited in is not lost', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    const { edit } = bot.fake.platform
    const release = Promise.withResolvers<void>()
    let edits = 0
    bot.fake.platform.edit = async (...args) => {
      if (edits++ === 0) await release.promise
      return edit(...args)
    }
    bot.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    await bot.pipeline().refresh()
    await expect.poll(() => edits).toBe(1)
    const second = { ...ENTRY, part: 'event:rust', was: 'ROST', now: 'kein Rost', why: 'Paint.' }
    bot.writeStoryUnseen({ timeline: [{ ...RUST, text: 'Paint.' }, RIGHT], corrections: [ENTRY, second] })
    await bot.pipeline().refresh()
    release.resolve()
    await bot.waitUntilSettled()
    expect(bot.messageAt(message).text).toContain('now: kein Rost')
    expect(bot.messageAt(message).text).toContain('now: Donnerstag')
    expect(bot.messageAt(message).edits).toBe(2)
  })

  test('what ends in doubt is counted as impossible, and the correction comes to its end', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const { post } = bot.fake.platform
    bot.fake.platform.post = async (place, reply, how) => {
      if (how.key.startsWith('answer')) throw new DeliveryError('fake: cut', { outcome: 'unknown' })
      return post(place, reply, how)
    }
    await expect(bot.publish('/nutgraf bridge timeline')).rejects.toThrow(/can’t tell/)
    bot.writeStoryUnseen({ timeline: [RUST, RIGHT], corrections: [ENTRY] })
    await bot.pipeline().refresh()
    expect(await bot.store.corrections.causes()).toMatchObject([{ pending: 1 }])
    bot.fake.refuseFind()
    bot.advanceClock(10_000)
    bot.pipeline().wake()
    await expect.poll(() => bot.store.ledger.countByState(), { timeout: 20_000 }).toEqual({ doubt: 1 })
    await bot.look()
    expect(await bot.store.corrections.causes()).toMatchObject([
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
      message: expect.stringMatching(/^was, now and why are \d+ characters/),
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
    const bot = await startBridgeBot({ first: FIRST, more: road, desk: 'fake:desk' })
    await bot.store.subscriptions.save([subscription('fake:1')])
    const edition = (await bot.deliverEdition('fake:1'))!
    const answers = [
      await bot.publish('/nutgraf bridge timeline'),
      await bot.publish('/nutgraf bridge quotes', 'fake:2', 'thread-9'),
    ]
    const other = await bot.publish('/nutgraf road timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await bot.deliverEdition('fake:1')
    await bot.writeStory({ meta: DOWN })
    const standing = bot.fake.messages.filter(({ ref }) => ref.place !== 'fake:desk')
    expect(standing.map(({ text }) => text).join('\n')).not.toMatch(
      /Thursday|Donnerstag|inspection|Main Street/,
    )
    for (const answer of answers)
      expect(bot.messageAt(answer).text).toBe(
        'WITHDRAWN 6 May 2026 · this story was taken down: The source took its report back.',
      )
    expect(edition.text).toContain('WITHDRAWN 6 May 2026')
    expect(edition.text).toContain('The road to town')
    expect(bot.messageAt(other)).toMatchObject({ edits: 0 })
    const edits = bot.editCount()
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(edits)
    const notices = bot.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
    expect(notices.filter(text => text.startsWith('Withdrawn: bridge.'))).toHaveLength(1)
    expect(notices.at(-1)).toMatch(
      /^Withdrawn: bridge\. 5 messages were changed, the last \d+\.\d s after it was known\.$/,
    )
  })

  test('it is tried until it is confirmed, and what is impossible is counted with its reason', async () => {
    const bot = await startBridgeBot({ first: FIRST, desk: 'fake:desk' })
    const editable = await bot.publish('/nutgraf bridge timeline')
    const deleted = await bot.publish('/nutgraf bridge quotes', 'fake:2')
    const { edit } = bot.fake.platform
    let tries = 0
    bot.fake.platform.edit = async (ref, reply) => {
      if (ref.id === deleted.id)
        throw new DeliveryError('fake: gone', { outcome: 'unsent', human: 'The message was deleted.' })
      if (++tries < 8) throw new DeliveryError('fake: 503', { outcome: 'unknown', retryInMs: 1 })
      return edit(ref, reply)
    }
    await bot.writeStory({ meta: DOWN })
    expect(bot.messageAt(editable).text).toContain('WITHDRAWN')
    expect(await bot.store.corrections.causes()).toMatchObject([
      { repaired: 1, impossible: 1, reasons: [{ error: 'The message was deleted.', count: 1 }] },
    ])
    const notices = () =>
      bot.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
    expect(notices().filter(line => line.startsWith('Withdrawn'))).toEqual([
      expect.stringMatching(
        /^Withdrawn: bridge\. 1 message was changed, .* 1 can’t be changed: 1 × The message was deleted\.$/,
      ),
    ])
  })

  test('the notice of a correction goes with the story, and so does one whose entry was reworded', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ timeline: [RUST, RIGHT], corrections: [{ ...ENTRY, notice: true }] })
    await bot.writeStory({ corrections: [{ ...ENTRY, now: 'am Donnerstag' }] })
    const notice = bot.fake.messages.find(({ key }) => key.startsWith('notice '))!
    expect(notice.text).toContain('am Donnerstag')
    await bot.writeStory({ meta: DOWN })
    expect(notice.text).toContain('WITHDRAWN')
    expect(notice.text).not.toContain('Donnerstag')
    expect((await bot.store.corrections.causes()).flatMap(({ reasons }) => reasons)).toEqual([])
  })
})

function subscription(place: 'fake:1') {
  return {
    ...{ place, digest: 'morning', time: '08:00', zone: 'UTC', days: 'mon', stories: '' },
    ...{ quiet: 'skip' as const, state: 'on' as const, setBy: 'u', setAt: 1 },
    ...{ nextSlot: Date.now() + 1_000 * HOUR, nextDate: '2099-01-01' },
  }
}

import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { StoreError } from '../../../src/store/engine.ts'
import {
  CITY_STORIES,
  ONE_DIGEST,
  PLACE,
  startDigestConversation,
  THURSDAY,
} from '../../support/conversations/digest-conversation.ts'

const DONE = 'Done. I posted a confirmation in this channel.'
const HOUR = 3_600_000

describe('on', () => {
  test('is confirmed by the bot in the channel, in full, and only then stored', async () => {
    const { say, posts, subscriptionsHere, fake } = await startDigestConversation()
    expect(await say('/digest on morning 07:30 America/Chicago')).toBe(DONE)
    expect(posts()).toEqual([
      `Morning brief is on in #city-desk, set by Dana
Mon–Fri 07:30 Chicago time (America/Chicago) · quiet days: no post
2 stories: bridge, old-bridge
First: Fri 20 Apr 07:30, with the status of each story

Change: /digest set morning … · Stop: /digest off morning`,
    ])
    expect(await subscriptionsHere()).toEqual([
      {
        place: PLACE,
        digest: 'morning',
        time: '07:30',
        zone: 'America/Chicago',
        days: 'mon,tue,wed,thu,fri',
        stories: '',
        quiet: 'skip',
        state: 'on',
        setBy: 'slack:T1/U1',
        setByName: 'Dana',
        setAt: THURSDAY + 1,
        nextSlot: Date.parse('2018-04-20T12:30:00Z'),
        nextDate: '2018-04-20',
      },
    ])
    expect(fake.messages[0]?.key).toMatch(/digest on morning slack:T1\/U1/)
  })

  test('takes its words in any order, and what is left out from the digest and the person', async () => {
    const { say, subscriptionsHere } = await startDigestConversation()
    await say('/digest on 7.30pm new york sat,sun old-bridge note morning')
    expect(await subscriptionsHere()).toMatchObject([
      { time: '19:30', zone: 'America/New_York', days: 'sat,sun', stories: 'old-bridge', quiet: 'note' },
    ])
    await say('/digest on weekly')
    const [, weekly] = await subscriptionsHere()
    expect(weekly).toMatchObject({ time: '09:00', zone: 'America/Chicago', days: 'mon', quiet: 'note' })
  })

  test('the zone is the person’s own, else that of the newsroom; it is fixed when set', async () => {
    const unknown = await startDigestConversation({ about: { guest: false } })
    await unknown.say('/digest on morning')
    expect(await unknown.subscriptionsHere()).toMatchObject([{ zone: 'Europe/London', setByName: 'dana' }])
    const strange = await startDigestConversation({ about: { guest: false, zone: 'Mars/Olympus' } })
    await strange.say('/digest on morning')
    expect(await strange.subscriptionsHere()).toMatchObject([{ zone: 'Europe/London' }])
    const moved = await startDigestConversation()
    await moved.say('/digest on morning')
    await moved.say('/digest set morning 8:00', { caller: { id: 'slack:T1/U2', rights: ['member'] } })
    expect(await moved.subscriptionsHere()).toMatchObject([{ zone: 'America/Chicago', time: '08:00' }])
  })

  test('on again is a change, and never a second edition for one day', async () => {
    const { say, subscriptionsHere, posts, store } = await startDigestConversation()
    await say('/digest on morning 13:00 chicago')
    expect(await subscriptionsHere()).toMatchObject([{ nextDate: '2018-04-19' }])
    await store.ledger.add([
      {
        key: 'e1',
        kind: 'edition',
        place: PLACE,
        lane: PLACE,
        digest: 'morning',
        slot: THURSDAY - HOUR,
        date: '2018-04-19',
        number: 1,
        state: 'due',
        dueAt: THURSDAY,
      },
    ])
    await say('/digest on morning 14:00')
    expect(await subscriptionsHere()).toMatchObject([{ time: '14:00', nextDate: '2018-04-20' }])
    expect(posts().at(-1)).toContain('First: Fri 20 Apr 14:00')
    // Turning it off and on again on the same day gives no second edition either.
    await say('/digest off morning')
    await say('/digest on morning 15:00')
    expect(await subscriptionsHere()).toMatchObject([{ nextDate: '2018-04-20' }])
  })

  test('a slot that is due right now is not lost by a change', async () => {
    const { say, subscriptionsHere } = await startDigestConversation()
    await say('/digest on morning 13:00 chicago')
    const [before] = await subscriptionsHere()
    await say('/digest set morning 7:00', { at: before!.nextSlot + 1_000 })
    expect(await subscriptionsHere()).toMatchObject([
      { nextSlot: before!.nextSlot, nextDate: '2018-04-19', time: '07:00' },
    ])
  })

  test('what was told already stays told; nothing asked, nothing changed', async () => {
    const { say, subscriptionsHere, store, posts } = await startDigestConversation()
    await say('/digest on morning')
    const [subscription] = await subscriptionsHere()
    await store.subscriptions.save([{ ...subscription!, newsFrom: 5 }])
    expect(await say('/digest on morning')).toContain('Nothing was changed.')
    expect(posts()).toHaveLength(1)
    await say('/digest set 18:00')
    expect(await subscriptionsHere()).toMatchObject([{ newsFrom: 5, time: '18:00' }])
    expect(posts().at(-1)).toMatch(/\nNext: Thu 19 Apr 18:00\n/)
  })

  test('asks which digest when none is named, and keeps the other words', async () => {
    const { say, buttons, subscriptionsHere } = await startDigestConversation()
    expect(await say('/digest on 7:30 chicago weekdays')).toContain('Which digest?')
    expect(await buttons('/digest on 7:30 cst weekdays')).not.toEqual([])
    expect(await buttons('/digest on 7:30 weekdays')).toEqual([
      'Morning brief: /digest on morning 07:30 weekdays',
      'Week in review: /digest on weekly 07:30 weekdays',
    ])
    expect(await subscriptionsHere()).toEqual([])
    const one = await startDigestConversation({ library: ONE_DIGEST })
    expect(await one.say('/digest on 8:00')).toBe(DONE)
  })
})

describe('what cannot be followed changes nothing', () => {
  test('an unknown word is offered what comes close, in the whole line', async () => {
    const { say, buttons, posts, subscriptionsHere } = await startDigestConversation()
    expect(await say('/digest on morning 7:30 chicgo weekdays')).toMatch(
      /I don’t know “chicgo”.*\n\nNothing was changed\.$/s,
    )
    expect((await buttons('/digest on morning 7:30 denvr weekdays'))[0]).toBe(
      'Denver: /digest on morning "7:30" Denver weekdays',
    )
    expect(await buttons('/digest on mornin')).toContainEqual('morning: /digest on morning')
    expect(await buttons('/digest on morning old-brige')).toContainEqual(
      'old-bridge: /digest on morning old-bridge',
    )
    expect(await buttons('/digest stauts')).toContainEqual('status: /digest status')
    expect(await buttons('/digest morning')).toContainEqual('morning: /digest on morning')
    expect(posts()).toEqual([])
    expect(await subscriptionsHere()).toEqual([])
  })

  test('an ambiguous zone is asked, with a line for each candidate and buttons', async () => {
    const { ask, say } = await startDigestConversation()
    const typed = '/digest on morning 7:30 cst weekdays'
    const { buttons = [] } = await ask(typed)
    expect(buttons).toHaveLength(3)
    expect(buttons[0]).toEqual({
      label: 'Chicago',
      line: '/digest on morning 07:30 America/Chicago weekdays',
    })
    expect(await say(typed)).toContain('/digest on morning 07:30 Asia/Shanghai weekdays')
    expect(await say(buttons[0]!.line)).toBe(DONE)
  })

  test('a name of both a story and a city is asked about, unless a zone is there', async () => {
    const { ask, say, subscriptionsHere } = await startDigestConversation({ library: CITY_STORIES })
    const { buttons = [] } = await ask('/digest on morning chicago 8:00')
    expect(buttons.map(action => action.line)).toEqual([
      '/digest on morning 08:00 story:chicago',
      '/digest on morning 08:00 America/Chicago',
    ])
    await say(buttons[0]!.line)
    expect(await subscriptionsHere()).toMatchObject([{ stories: 'chicago' }])
    await say('/digest set morning America/Chicago')
    await say('/digest set morning chicago london')
    expect(await subscriptionsHere()).toMatchObject([{ stories: 'chicago', zone: 'Europe/London' }])
  })

  test.each([
    ['/digest on morning 7:30 8:00', 'These contradict each other: 7:30, 8:00.'],
    ['/digest on morning weekly', 'These contradict each other: morning, weekly.'],
    ['/digest set morning skip note', 'These contradict each other: skip, note.'],
    ['/digest set morning all bridge', 'These contradict each other: all, bridge.'],
    ['/digest on morning london paris', 'These contradict each other: london, paris.'],
    ['/digest off morning 7:30', '/digest off takes the name of a digest and nothing else.'],
    ['/digest preview morning weekdays', '/digest preview takes the name of a digest and nothing else.'],
    ['/digest set 7:30', 'No digest is on here.'],
    ['/digest set weekly 7:30', 'Week in review is not on here.'],
    ['/digest off', 'No digest is on here, so there is nothing to stop.'],
    ['/digest off weekly', 'Week in review is not on here.'],
    [
      '/digest quiet maybe',
      '“maybe” is not skip or note: /digest quiet skip (no post) or /digest quiet note (one line).',
    ],
    ['/digest off nope', 'No digest is called “nope”. Here: morning, weekly.'],
    ['/digest on morning 99:99', '“99:99” is not a time. Write 7:30, 19:00 or 7pm.'],
    ['/digest on morning springfield', 'I know no story or time zone “springfield”.'],
    ['/digest quiet', 'What should happen on a day without news?'],
    [
      '/digest on morning --public',
      '/digest on does not take --public: the change is announced here anyway.',
    ],
    ['/digest preview --public', '/digest preview does not take --public: a preview is only for you.'],
    ['/digest status --since 7d', '/digest status does not take --since.'],
  ])('%s', async (typed, said) => {
    const { ask, say, posts, subscriptionsHere } = await startDigestConversation()
    expect(await say(typed)).toContain(said)
    expect((await ask(typed)).refusal).toBe(true)
    expect(posts()).toEqual([])
    expect(await subscriptionsHere()).toEqual([])
  })

  test('what is offered is for its place in the line: no town for a word that is no zone', async () => {
    const { say, buttons } = await startDigestConversation()
    for (const typed of [
      '/digest on morning maybe',
      '/digest set morning often',
      '/digest on morning indian',
    ])
      expect(await say(typed), typed).toMatch(
        /^I know no story or time zone “\w+”\. For a time zone, try a city/,
      )
    expect(await say('/digest off india')).toMatch(
      /takes the name of a digest and nothing else|No digest is called/,
    )
    expect(await say('/digest on morning chicgo')).toContain('Did you mean: /digest on morning Chicago?')
    expect(await say('/digest on morning weekdys')).toContain('Did you mean: /digest on morning weekdays?')
    expect(await buttons('/digest on every morning at 8')).toEqual([
      '8:00: /digest on every morning at "8:00"',
      '20:00: /digest on every morning at "20:00"',
    ])
    expect(await say('/digest on morning 8')).toContain('“8” is not a time. Write 7:30, 19:00 or 7pm.')
    expect(await buttons('/digest on morning 13')).toEqual(['13:00: /digest on morning "13:00"'])
    expect(await buttons('/digest on morning 24')).toEqual([])
  })

  test('where others read along, nobody makes the bot say their words', async () => {
    const { say } = await startDigestConversation()
    for (const typed of ['/digest on morning naughty', '/digest naughty', '/digest on morning 6:66 7:77'])
      expect(await say(typed, { audience: 'place' }), typed).not.toMatch(/naughty|6:66/)
    const meant = await say('/digest on mornin naughty', { audience: 'place' })
    expect(meant).toContain('Did you mean: /digest on morning?')
    expect(meant).not.toContain('naughty')
    expect(await say('/digest on mornin bridge')).toContain('Did you mean: /digest on morning bridge?')
    expect(await say('/digest on morning 7:30 8:00', { audience: 'place' })).toContain('Some of these words')
  })
})

describe('set, quiet and off', () => {
  test('set changes what is named; several digests are asked about', async () => {
    const { say, buttons, subscriptionsHere } = await startDigestConversation()
    await say('/digest on morning 7:30 America/Chicago bridge')
    await say('/digest set 18:00 mon-wed')
    expect(await subscriptionsHere()).toMatchObject([
      { time: '18:00', days: 'mon,tue,wed', stories: 'bridge' },
    ])
    await say('/digest set morning all stories')
    expect(await subscriptionsHere()).toMatchObject([{ stories: '' }])
    await say('/digest on weekly')
    expect(await buttons('/digest set 9:00')).toEqual([
      'Morning brief: /digest set morning 09:00',
      'Week in review: /digest set weekly 09:00',
    ])
    expect(await buttons('/digest off')).toEqual([
      'Stop Morning brief: /digest off morning',
      'Stop Week in review: /digest off weekly',
    ])
  })

  test('quiet is confirmed like everything', async () => {
    const { say, posts, subscriptionsHere } = await startDigestConversation()
    await say('/digest on morning')
    expect(await say('/digest quiet note')).toBe(DONE)
    expect(posts().at(-1)).toContain('quiet days: one line')
    expect(await subscriptionsHere()).toMatchObject([{ quiet: 'note' }])
    expect(await say('/digest quiet note morning')).toContain('Nothing was changed.')
  })

  test('off is told to all', async () => {
    const { say, posts, subscriptionsHere } = await startDigestConversation()
    await say('/digest on morning')
    expect(await say('/digest off morning')).toBe(DONE)
    expect(posts().at(-1)).toBe(
      'Morning brief is off in #city-desk, stopped by Dana\nStart it again: /digest on morning',
    )
    expect(await subscriptionsHere()).toEqual([])
  })

  test('off works where the bot cannot post any more, and then only its caller is told', async () => {
    const { say, subscriptionsHere, fake } = await startDigestConversation()
    await say('/digest on morning')
    fake.queueOutcomes('gone')
    expect(await say('/digest off morning')).toBe(
      'Morning brief is off. I could not post that here, so only you see it.',
    )
    expect(await subscriptionsHere()).toEqual([])
  })

  test('a digest that is no longer offered can be stopped, and nothing else', async () => {
    const { say, subscriptionsHere, store } = await startDigestConversation()
    await say('/digest on morning')
    const [subscription] = await subscriptionsHere()
    await store.subscriptions.remove(PLACE, 'morning')
    await store.subscriptions.save([{ ...subscription!, digest: 'gone' }])
    expect(await say('/digest set 7:00')).toContain('no longer offered')
    expect(await say('/digest off gone')).toBe(DONE)
    expect(await subscriptionsHere()).toEqual([])
  })

  test('on or set switches a paused digest on again', async () => {
    const { say, subscriptionsHere, store, posts } = await startDigestConversation()
    for (const typed of ['/digest on morning', '/digest set morning']) {
      await say('/digest on morning')
      await store.subscriptions.setState(
        { place: PLACE, digest: 'morning' },
        'paused',
        'The channel is gone.',
      )
      expect(await say(typed)).toBe(DONE)
      expect(await subscriptionsHere()).toMatchObject([{ state: 'on' }])
      expect((await subscriptionsHere())[0]!.reason).toBeUndefined()
    }
    expect(posts()).toHaveLength(3)
  })
})

describe('stored only when confirmed', () => {
  test('where the bot cannot post, it says so and nothing is changed', async () => {
    const { ask, say, subscriptionsHere, fake } = await startDigestConversation()
    fake.queueOutcomes('gone', 'gone')
    expect(await say('/digest on morning')).toBe('The channel is gone. Nothing was changed.')
    expect((await ask('/digest on morning')).refusal).toBe(true)
    expect(await subscriptionsHere()).toEqual([])
  })

  test('when storing fails, the confirmation is taken back', async () => {
    const { say, subscriptionsHere, context, posts } = await startDigestConversation()
    context.store.subscriptions.save = () => Promise.reject(new StoreError('store: the disk is full'))
    expect(await say('/digest on morning')).toMatch(
      /^I can’t look anything up right now, so nothing was changed/,
    )
    expect(posts()).toEqual(['Nothing was changed: I could not save it. Please try again.'])
    expect(await subscriptionsHere()).toEqual([])
  })

  test('a connection that breaks after the commit has stored it: then the confirmation holds', async () => {
    const { say, subscriptionsHere, context, store, posts } = await startDigestConversation()
    context.store.subscriptions.save = async subscriptions => {
      await store.subscriptions.save(subscriptions)
      throw new StoreError('store: the connection broke')
    }
    expect(await say('/digest on morning')).toBe(DONE)
    expect(posts()[0]).toContain('Morning brief is on')
    expect(await subscriptionsHere()).toHaveLength(1)
  })

  test('a store that cannot be asked changes nothing and posts nothing', async () => {
    const { say, context, posts, log } = await startDigestConversation()
    context.store.subscriptions.list = () => Promise.reject(new StoreError('store: gone'))
    for (const typed of [
      '/digest',
      '/digest on morning',
      '/digest off morning',
      '/digest preview',
      '/span follow',
    ])
      expect(await say(typed), typed).toMatch(/^I can’t look anything up right now, so nothing was changed/)
    expect(posts()).toEqual([])
    expect(log.errors).toHaveLength(5)
  })

  test('a slot that was taken up between planning and storing is not planned twice', async () => {
    const { say, subscriptionsHere, store, posts } = await startDigestConversation({
      publish: real => async (call, reply, options) => {
        await store.ledger.add([
          {
            key: 'taken',
            kind: 'edition',
            place: PLACE,
            lane: PLACE,
            digest: 'morning',
            slot: THURSDAY,
            date: '2018-04-19',
            number: 1,
            state: 'due',
            dueAt: THURSDAY,
          },
        ])
        return real(call, reply, options)
      },
    })
    await say('/digest on morning 13:00 America/Chicago')
    expect(await subscriptionsHere()).toMatchObject([{ nextDate: '2018-04-20' }])
    expect(posts()[0]).toContain('First: Fri 20 Apr 13:00')
  })

  test('a confirmation of which nobody knows whether it was posted does not stay standing', async () => {
    const { say, subscriptionsHere, posts, fake } = await startDigestConversation({
      retractMs: [1, 1],
      publish: real => async (call, reply, options) => {
        const posted = await real(call, reply, options)
        return 'problem' in posted ? { ...posted, unclear: fake.messages[0]!.key } : posted
      },
    })
    fake.queueOutcomes('cut after')
    expect(await say('/digest on morning')).toMatch(
      /can’t tell whether that was posted.* Nothing was changed\.$/,
    )
    expect(await subscriptionsHere()).toEqual([])
    for (let turn = 0; turn < 100 && /is on/.test(posts()[0]!); turn++)
      await new Promise(resolve => setTimeout(resolve, 5))
    expect(posts()).toEqual(['Saving took too long, so nothing was changed. Please try again.'])
  })

  test('what took so long that its caller was told to try again is not done any more', async () => {
    const { say, context, store, posts } = await startDigestConversation()
    const real = performance.now.bind(performance)
    let passed = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => real() + passed)
    onTestFinished(() => clock.mockRestore())
    context.store.ledger.editions = async (...query) => {
      passed = 2_400
      return store.ledger.editions(...query)
    }
    expect(await say('/digest on morning')).toMatch(/^That took too long, so nothing was changed/)
    expect(posts()).toEqual([])
  })
})

describe('who may change', () => {
  const manager = { id: 'slack:T1/U9', rights: ['manage', 'member'] as ('manage' | 'member')[] }
  const CHANGES = ['/digest on morning', '/digest off morning', '/digest set morning 8:00', '/span follow']

  test('a guest may not, and may look', async () => {
    const { say, subscriptionsHere, posts } = await startDigestConversation({ about: { guest: true } })
    for (const typed of CHANGES) expect(await say(typed), typed).toMatch(/^Guests can’t change digests/)
    expect(await subscriptionsHere()).toEqual([])
    expect(posts()).toEqual([])
    expect(await say('/digest status')).toContain('Morning brief · off')
    expect(await say('/digest preview morning')).toContain('Morning brief: where each story stands')
    expect(await say('/digest on morning', { caller: manager })).toBe(DONE)
  })

  test('where it cannot be learned who is a guest, nobody may for now', async () => {
    const { say } = await startDigestConversation({ about: {} })
    for (const typed of CHANGES) expect(await say(typed), typed).toMatch(/^I can’t check right now/)
    const silent = await startDigestConversation({
      platform: { lookUpCaller: () => Promise.reject(new Error('down')) },
    })
    expect(await silent.say('/digest on morning')).toMatch(/^I can’t check right now/)
  })

  test('where the platform does not tell guests from members, only who manages the place', async () => {
    const { lookUpCaller: _, ...bare } = (await startDigestConversation()).context.platform('slack')!
    const { say, subscriptionsHere, context } = await startDigestConversation()
    context.platform = () => bare
    const refused = await say('/digest on morning')
    expect(refused).toBe(
      'Changing digests needs the permission Manage Channels or Manage Server. Nothing was changed.',
    )
    expect(await say('/digest on morning', { audience: 'place' })).toContain(
      'the slash command does: /digest',
    )
    expect(await subscriptionsHere()).toEqual([])
    expect(await say('/digest on morning', { caller: manager })).toBe(DONE)
  })

  test('a line that is answered again from the ledger changes nothing', async () => {
    const { say, subscriptionsHere } = await startDigestConversation()
    expect(await say('/digest on morning', { caller: { id: 'ledger', rights: [] } })).toContain(
      'Nothing was changed',
    )
    expect(await subscriptionsHere()).toEqual([])
  })
})

describe('follow and unfollow', () => {
  test('a story joins the only digest of the channel, and leaves it', async () => {
    const { say, subscriptionsHere, posts } = await startDigestConversation({ library: ONE_DIGEST })
    await say('/digest on morning')
    expect(await say('/nutgraf old-bridge follow')).toBe(DONE)
    expect(posts().at(-1)).toContain('2 stories: bridge, old-bridge')
    expect(await subscriptionsHere()).toMatchObject([{ stories: 'bridge,old-bridge' }])
    expect(await say('/nutgraf story old-bridge follow')).toContain('is already in Morning brief here')
    await say('/nutgraf old-bridge unfollow')
    // The digest's own stories again, with those that are added to it later.
    expect(await subscriptionsHere()).toMatchObject([{ stories: '' }])
    expect(await say('/span unfollow')).toMatch(
      /It is the only story of Morning brief here.*Nothing was changed/,
    )
    expect(await say('/nutgraf old-bridge unfollow')).toContain('is not in Morning brief here')
  })

  test('with none or several it asks, and changes nothing', async () => {
    const { say, buttons, subscriptionsHere } = await startDigestConversation()
    expect(await say('/span unfollow')).toContain('No digest is on here.')
    expect(await buttons('/span unfollow')).toEqual([
      'Morning brief: /digest on morning',
      'Week in review: /digest on weekly',
    ])
    await say('/digest on morning')
    await say('/digest on weekly')
    const before = await subscriptionsHere()
    expect(await buttons('/nutgraf old-bridge follow')).toEqual([
      'Morning brief: /nutgraf old-bridge follow morning',
      'Week in review: /nutgraf old-bridge follow weekly',
    ])
    expect(await subscriptionsHere()).toEqual(before)
    expect(await say('/nutgraf old-bridge follow weekly')).toBe(DONE)
    expect(await subscriptionsHere()).toMatchObject([{ stories: '' }, { stories: 'bridge,old-bridge' }])
    expect(await say('/span unfollow weekdays')).toContain('takes the name of a digest and nothing else')
  })
})

test('every place has its own', async () => {
  const { say, store } = await startDigestConversation()
  const other: Place = 'slack:T1/C2'
  await say('/digest on morning')
  await say('/digest on morning 9:00', { place: other })
  await say('/digest off morning', { place: PLACE })
  expect(await store.subscriptions.list()).toMatchObject([{ place: other, time: '09:00' }])
})

test('values are offered while one types, from memory', async () => {
  const { suggest } = await startDigestConversation()
  const values = (argument: string, typed: string, command = 'digest') =>
    suggest({ command, subcommand: 'on', argument, typed, at: 0 }).map(one => one.value)
  expect(values('name', '')).toEqual(['morning', 'weekly'])
  expect(values('name', 'review')).toEqual(['weekly'])
  expect(values('digest', 'm', 'span')).toEqual(['morning'])
  expect(values('zone', 'chic')[0]).toBe('America/Chicago')
  expect(values('zone', 'calcutta')).toEqual(['Asia/Kolkata'])
  expect(values('days', 'week')).toEqual(['weekdays', 'weekends'])
  expect(values('policy', '')).toEqual(['skip', 'note'])
  expect(values('stories', 'bri')).toEqual(['bridge', 'old-bridge'])
  expect(values('stories', 'old-bridge, br')).toEqual(['old-bridge,bridge'])
  for (const argument of ['name', 'zone', 'days', 'stories', 'time'])
    expect(values(argument, '').length).toBeLessThanOrEqual(25)
})

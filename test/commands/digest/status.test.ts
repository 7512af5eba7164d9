import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../../src/chat/reply.ts'
import type { Library } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { render as discord } from '../../../src/platforms/discord/render.ts'
import { render as slack } from '../../../src/platforms/slack/render.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import type { Store } from '../../../src/store/store.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { PLACE, startDigestConversation, THURSDAY } from '../../support/conversations/digest-conversation.ts'

const DAY = 86_400_000
const row = (date: string, more: Partial<NewDelivery> = {}): NewDelivery => {
  const slot = Date.parse(`${date}T12:30:00Z`)
  return {
    key: `e ${date}`,
    kind: 'edition',
    place: PLACE,
    lane: PLACE,
    digest: 'morning',
    slot,
    date,
    number: 1,
    state: 'due',
    dueAt: slot,
    ...more,
  }
}

/** Claims the one delivery that is due and settles it. */
async function settle(
  store: Store,
  settleRow: (claim: { key: string; owner: string }) => Promise<unknown>,
): Promise<void> {
  const rows = await store.ledger.claim({
    owner: 'me',
    leaseMs: 1_000,
    max: 9,
    platforms: ['slack'],
    pace: () => undefined,
  })
  expect(rows).toHaveLength(1)
  for (const { key } of rows) await settleRow({ key, owner: 'me' })
}

test('what the channel receives, when, what became of the last one, and what I may do', async () => {
  const { say, store } = await startDigestConversation()
  await say('/digest on morning 07:30 America/Chicago', { at: Date.parse('2018-04-16T20:00:00Z') })
  const [subscription] = await store.subscriptions.list(PLACE)
  expect(await say('/digest status')).toContain('Next: in a moment')
  await store.subscriptions.save([
    { ...subscription!, nextSlot: Date.parse('2018-04-20T12:30:00Z'), nextDate: '2018-04-20' },
  ])
  await store.ledger.add([row('2018-04-19')])
  await settle(store, claim => store.ledger.markSent(claim, { place: PLACE, id: '77' }))
  expect(await say('/digest status')).toBe(`Digests in #city-desk

Morning brief (morning) · ON · Mon–Fri 07:30 Chicago time (America/Chicago) · quiet days: no post
2 stories: bridge, old-bridge
Last: Thu 19 Apr 07:30, posted Thu 19 Apr 09:00 (open) · Next: Fri 20 Apr 07:30
Set by Dana, Mon 16 Apr

Week in review · off · Start: /digest on weekly

This channel: can post ✓ · can correct ✓ · can look back ✓`)
  expect(await say('/digest')).toBe(await say('/digest status'))
  expect(await say('/nutgraf digest')).toBe(await say('/digest status'))
})

test('a post in time has its link, and nothing else', async () => {
  const { ask, say, store } = await startDigestConversation()
  await say('/digest on morning 09:00 America/Chicago', { at: THURSDAY - DAY })
  await store.ledger.add([row('2018-04-19', { slot: THURSDAY - 1_000 })])
  await settle(store, claim => store.ledger.markSent(claim, { place: PLACE, id: '77' }))
  expect(await say('/digest')).toContain('Last: Thu 19 Apr 08:59, posted (open)')
  expect(JSON.stringify(slack(await ask('/digest')).blocks)).toContain('https://chat.example/77')
})

test.each<[string, Partial<NewDelivery>, RegExp]>([
  ['quiet', { state: 'quiet' }, /Last: Thu 19 Apr 07:30, nothing new, so no post/],
  [
    'missed',
    { state: 'missed', error: 'missed: nutgraf was not running; so were 4 before it' },
    /Last: Thu 19 Apr 07:30, missed: I was not running.*\nMissed while I was not running: Thu 19 Apr 07:30 and 4 more/,
  ],
  ['doubt', { state: 'doubt', error: 'x' }, /in doubt: I can’t tell whether it was posted/],
  [
    'failed',
    { state: 'failed', error: 'This channel is archived.\nslack: is_archived' },
    /, not posted: This channel is archived\. · Next/,
  ],
  [
    'failed for a reason that says nothing to people',
    { state: 'failed', error: 'slack: gone' },
    /, not posted: the log says why · Next/,
  ],
  ['due', { state: 'due' }, /being posted now/],
])('the last one was %s', async (_, more, said) => {
  const { say, store } = await startDigestConversation()
  await say('/digest on morning 07:30 America/Chicago')
  await store.ledger.add([row('2018-04-19', more)])
  expect(await say('/digest')).toMatch(said)
})

test('slots that were missed are told also after an edition that came', async () => {
  const { say, store } = await startDigestConversation()
  await say('/digest on morning 07:30 America/Chicago')
  await store.ledger.add(
    ['12', '13', '16', '17', '18'].map(day => row(`2018-04-${day}`, { state: 'missed' })),
  )
  await store.ledger.add([row('2018-04-19', { state: 'quiet' })])
  expect(await say('/digest')).toContain(
    'Missed while I was not running: Wed 18 Apr 07:30, Tue 17 Apr 07:30, Mon 16 Apr 07:30 and 2 more',
  )
})

test('a paused digest tells why, and how to switch it on again', async () => {
  const { say, store } = await startDigestConversation()
  await say('/digest on morning')
  await store.subscriptions.setState(
    { place: PLACE, digest: 'morning' },
    'paused',
    'This channel is archived.',
  )
  const text = await say('/digest')
  expect(text).toMatch(
    /\(morning\) · PAUSED · .*\nWhy: This channel is archived\. Switch it on again: \/digest on morning/,
  )
  expect(text).not.toContain('Next:')
})

test('what I may not do here is said in words', async () => {
  const why = 'Type /invite @nutgraf.'
  const blind = await startDigestConversation({ access: { post: false, correct: false, look: false, why } })
  expect(await blind.say('/digest')).toMatch(
    /^Digests here\n.*This channel: can’t post ✗ · can’t correct ✗ · can’t look back ✗: if a crash leaves it unclear whether a digest was posted, I notify the desk rather than risk posting it twice\. Type \/invite @nutgraf\.$/s,
  )
  const silent = await startDigestConversation({
    platform: { checkAccess: () => Promise.reject(new Error('down')) },
  })
  expect(await silent.say('/digest')).toContain('I can’t tell right now what I may do in this channel.')
})

test('a digest that is gone, a zone that is gone, and no digest at all', async () => {
  const { say, store, subscriptionsHere } = await startDigestConversation()
  await say('/digest on morning')
  const [subscription] = await subscriptionsHere()
  await store.subscriptions.save([{ ...subscription!, digest: 'gone', zone: 'Mars/Olympus' }])
  expect(await say('/digest')).toMatch(
    /gone \(gone\) · ON · 07:30 Mars\/Olympus.*No longer offered\. Stop it: \/digest off gone/s,
  )
  const none = await startDigestConversation({ library: libraryFromFiles(storyFiles('bridge')) })
  for (const typed of ['/digest', '/digest on', '/digest preview', '/digest on morning'])
    expect(await none.say(typed), typed).not.toBe('')
  expect(await none.say('/digest')).toMatch(/^There are no digests yet/)
})

test('many digests and many stories stand on pages that a phone shows', async () => {
  const stories = Array.from({ length: 40 }, (_, index) => storyFiles(`a-story-with-a-name-${index}`))
  const digests = Array.from({ length: 6 }, (_, index) => ({
    name: `digest-${index}`,
    title: `The digest with the number ${index}`,
    time: '08:00',
    days: 'daily',
  }))
  const file = { path: 'digests.yml', origin: 'content/digests.yml', text: JSON.stringify(digests) }
  const { ask, say, buttons } = await startDigestConversation({
    library: libraryFromFiles(...stories, [file]),
  })
  for (const { name } of digests) await say(`/digest on ${name}`)
  expect(await say('/digest')).toMatch(/40 stories: a-story-with-a-name-0, .* and 3\d more/)
  expect(await buttons('/digest')).toEqual(['Next page: /digest status --page 2'])
  for (let page = 1; page < 4; page++) {
    const reply = await ask(`/digest status --page ${page}`)
    expect(toPlainText(reply).length).toBeLessThanOrEqual(PHONE_BUDGET)
    slack(reply)
    discord(reply)
  }
  expect(await say('/digest --page 9')).toMatch(/^There are \d pages/)
})

/** Records the revisions of a library's parts, as the process that holds the content does. */
const record = (store: Store, library: Library) => store.revisions.record(partsOfAll(library))

test('a preview is the edition as it would be now: private, without a share button, counted nowhere', async () => {
  const library = libraryFromFiles(storyFiles('bridge'), [
    {
      path: 'digests.yml',
      origin: 'd',
      text: `[{ name: morning, title: Morning brief, time: '07:30', days: daily }]`,
    },
  ])
  const { ask, say, buttons, store, posts } = await startDigestConversation({ library })
  await record(store, library)
  const text = await say('/digest preview')
  expect(text).toMatch(/ · developing, .* · Thu 19 Apr · 10 s\n\nPreview\n/)
  expect(text).toContain('Morning brief: where each story stands. From now on: what is new.')
  expect(await say('/digest now')).toBe(text)
  expect((await ask('/digest preview')).audience).toBe('caller')
  expect((await buttons('/digest preview')).join()).not.toMatch(/Share/)
  expect(posts()).toEqual([])
  expect(await store.ledger.countByState()).toEqual({})

  await say('/digest on morning')
  const [subscription] = await store.subscriptions.list(PLACE)
  await store.subscriptions.save([{ ...subscription!, newsFrom: THURSDAY + 10 }])
  expect(await say('/digest preview')).toBe(
    'Preview · Morning brief\nNothing new since Thu 19 Apr 09:00, so there would be no post now.\n\nquiet days: no post · Change it: /digest quiet note morning',
  )
  await store.subscriptions.save([{ ...subscription!, newsFrom: THURSDAY + 10, quiet: 'note' }])
  expect(await say('/digest preview')).toContain('Nothing new since')
  expect(await store.ledger.countByState()).toEqual({ sent: 1 })
})

test('what has no room in a preview stands on its second page', async () => {
  const stories = Array.from({ length: 12 }, (_, index) => storyFiles(`story-${index}`))
  const file = {
    path: 'digests.yml',
    origin: 'd',
    text: `[{ name: morning, title: Brief, time: '07:30', days: daily }]`,
  }
  const library = libraryFromFiles(...stories, [file])
  const { say, ask, store } = await startDigestConversation({ library })
  await record(store, library)
  const first = await ask('/digest preview morning')
  expect(first.buttons?.[0]).toEqual({ label: 'The reply below', line: '/digest preview morning --page 2' })
  for (const page of [1, 2]) {
    const reply = await ask(`/digest preview morning --page ${page}`)
    slack(reply)
    discord(reply)
  }
  expect(await say('/digest preview --page 2')).toContain('continued')
  expect(await say('/digest preview --page 3')).toMatch(/^There are 2 pages/)
})

test('with several digests a preview asks which; with some here, only those', async () => {
  const { buttons, say } = await startDigestConversation()
  expect(await buttons('/digest preview')).toEqual([
    'Morning brief: /digest preview morning',
    'Week in review: /digest preview weekly',
  ])
  await say('/digest on weekly')
  expect(await say('/digest now')).toContain('Week in review: where each story stands')
})

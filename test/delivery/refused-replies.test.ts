import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Place, Platform } from '../../src/chat/platform.ts'
import { text } from '../../src/chat/reply.ts'
import type { DeliverOptions } from '../../src/delivery/attempt.ts'
import { deliver } from '../../src/delivery/deliver.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { dailySubscription, dueEdition } from '../support/delivery/due-rows.ts'
import { discordPlatformFor } from '../support/discord/connected-platform.ts'
import { CHANNEL, GUILD } from '../support/discord/payloads.ts'
import { startDiscord } from '../support/loopback/discord.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { recordingLog } from '../support/recording-log.ts'
import { slackPlatformFor } from '../support/slack/connected-platform.ts'
import { SECRET } from '../support/slack/payloads.ts'
import { temporaryFolder } from '../support/start-process.ts'

/** The codes with which a post is refused, for Discord with their HTTP status. */
type Refusals = { slack: string[]; discord: string[] }

/** Only the thread is refused: the reply follows as a message of its own. */
const THREAD: Refusals = {
  slack: [
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'cannot_reply_to_message',
    'a_code_that_is_new',
  ],
  discord: ['403 160002', '400 50024', '400 50074', '404 10008', '400 999999'],
}
/** The whole place is dead. */
const DEAD: Refusals = {
  slack: ['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive', 'account_inactive'],
  discord: ['404 10003', '404 10004', '403 50001', '400 50083'],
}
/** Only this post is refused, or something that is not about the place: the next edition may arrive. */
const PASSING: Refusals = {
  slack: [
    'restricted_action',
    'restricted_action_thread_only_channel',
    'msg_too_long',
    'invalid_blocks',
    'invalid_auth',
    'missing_scope',
    'another_new_code',
  ],
  discord: ['403 50013', '400 50035', '400 200000', '403 160005', '401 0', '400 999998'],
}

type Newsroom = {
  platform: Platform
  place: Place
  refuse(...codes: string[]): void
  /** The messages in the channel: their words, and whether each is a reply. */
  messages(): { id: string; text: string; isReply: boolean }[]
}
const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(opened => opened.close()))
})

const NEWSROOMS: Record<keyof Refusals, () => Promise<Newsroom>> = {
  slack: async () => {
    const slack = await startSlack()
    open.push(slack)
    return {
      platform: slackPlatformFor(slack, { log: recordingLog(), signingSecret: SECRET }),
      place: 'slack:T1/C1',
      refuse: (...codes) => slack.failNext('chat.postMessage', ...codes.map(error => ({ error }))),
      messages: () =>
        slack.messages.map(({ ts, text, thread_ts }) => ({ id: ts, text, isReply: thread_ts !== undefined })),
    }
  },
  discord: async () => {
    const discord = await startDiscord()
    open.push(discord)
    return {
      platform: discordPlatformFor(discord, { log: recordingLog() }),
      place: `discord:${GUILD}/${CHANNEL}`,
      refuse: (...codes) => {
        const failures = codes.map(written => written.split(' ').map(Number) as [number, number])
        discord.failNext(
          'POST /channels/:id/messages',
          ...failures.map(([status, code]) => ({ status, code })),
        )
      },
      messages: () =>
        discord.messages.map(({ id, content, message_reference }) => ({
          ...{ id, text: content },
          isReply: message_reference !== undefined,
        })),
    }
  },
}

/** Delivers an edition of two messages; `between` happens once the first one is posted. */
async function postEdition({ platform, place }: Newsroom, between: () => void) {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  open.push(store)
  const slot = 1_700_000_000_000
  await store.subscriptions.save([dailySubscription(place, Date.now() + 1e12)])
  const first = dueEdition(place, slot)
  const second = { ...dueEdition(place, slot), key: `${first.key} 2`, number: 2, parent: first.key }
  await store.ledger.add([first, second])
  const troubles: (string | undefined)[] = []
  const work: DeliverOptions = {
    ...{ store, owner: 'me', platform: () => platform, log: recordingLog() },
    compose: async row => ({
      reply: { blocks: [text(`part ${row.number}`)], parts: [], audience: 'place' },
      ...{ selection: '{"newsTo":5}', shown: [] },
    }),
    reportTrouble: async (_, { human }) => void troubles.push(human),
    reportMended: async () => {},
    closeTrouble: async () => {},
    pauseDigest: async (row, reason) =>
      void (await store.subscriptions.setState({ place, digest: row.digest! }, 'paused', reason)),
    times: { leaseMs: 5_000, requestTimeoutMs: 2_000, backOffMs: 1, maxBackOffMs: 2, giveUpAfterMs: 60_000 },
  }
  const run = async () => {
    const claimed = await store.ledger.claim({
      ...{ owner: 'me', leaseMs: 5_000, max: 1, platforms: ['slack', 'discord'] },
      pace: () => undefined,
    })
    return Promise.all(claimed.map(row => deliver(row, work)))
  }
  expect(await run()).toEqual(['sent'])
  between()
  const outcome = await run()
  return {
    outcome,
    troubles,
    row: await store.ledger.find(second.key),
    digest: (await store.subscriptions.find(place, 'morning'))!,
  }
}

describe.for(Object.keys(NEWSROOMS) as (keyof Refusals)[])(
  'the second message of an edition, on %s',
  name => {
    test.for(THREAD[name])('follows as a message of its own where its thread is refused: %s', async code => {
      const newsroom = await NEWSROOMS[name]()
      const { outcome, row, digest, troubles } = await postEdition(newsroom, () => newsroom.refuse(code))
      expect(outcome).toEqual(['sent'])
      expect(newsroom.messages()).toMatchObject([
        { text: 'part 1', isReply: false },
        { text: 'part 2', isReply: false },
      ])
      expect(row?.message).toMatchObject({ id: expect.any(String) })
      expect(row?.message?.under).toBeUndefined()
      expect(digest.state).toBe('on')
      expect(troubles).toEqual([])
      // It is found again, too: a second look must not post it twice.
      const found = await newsroom.platform.findPost(newsroom.place, row!.key, {
        since: Date.now() - 5_000,
        under: newsroom.messages()[0]!.id,
      })
      expect(found).toEqual(row?.message)
    })

    test.for(DEAD[name])('pauses the digest where its place is dead: %s', async code => {
      const newsroom = await NEWSROOMS[name]()
      const { outcome, row, digest } = await postEdition(newsroom, () => newsroom.refuse(code, code))
      expect(outcome).toEqual(['failed'])
      expect(row?.state).toBe('failed')
      expect(digest).toMatchObject({ state: 'paused', reason: expect.stringMatching(/\.$/) })
    })

    test.for(PASSING[name])('ends alone where something else is wrong: %s', async code => {
      const newsroom = await NEWSROOMS[name]()
      const { outcome, digest, troubles } = await postEdition(newsroom, () => newsroom.refuse(code, code))
      expect(outcome).toEqual(['failed'])
      expect(digest.state).toBe('on')
      expect(troubles).toHaveLength(1)
    })
  },
)

test.for(['thread_not_found', 'message_not_found'])(
  'where somebody has deleted the first message, the second ends with that reason: %s',
  async code => {
    const newsroom = await NEWSROOMS.slack()
    const { outcome, row, digest, troubles } = await postEdition(newsroom, () => newsroom.refuse(code))
    expect(outcome).toEqual(['failed'])
    expect(row?.error).toContain('The message was deleted.')
    expect(troubles).toEqual(['The message was deleted.'])
    expect(digest.state).toBe('on')
    expect(newsroom.messages()).toHaveLength(1)
  },
)

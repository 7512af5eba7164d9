import { expect, test } from 'vitest'
import { formatFailure } from '../../../src/store/failure-text.ts'
import { startDeskConversation } from '../../support/conversations/desk-conversation.ts'

const CAUSE = 'bridge/withdrawn:2026-05-05'
const CLAIM = { owner: 'a', leaseMs: 60_000, platforms: ['slack'], pace: () => undefined }
const LIMITED = {
  message: 'discord: rate limited',
  human: 'Discord limits edits of messages older than an hour.',
}

/** Starts a desk with three messages of a story that was just taken down, claimed for their edits. */
async function startWithdrawing() {
  const desk = await startDeskConversation()
  for (const key of ['k1', 'k2', 'k3']) await desk.addPostedMessage(key, ['bridge/label'], { id: key })
  const cause = { cause: CAUSE, kind: 'withdrawal' as const, story: 'bridge', part: 'bridge/' }
  await desk.store.corrections.applyCause({ ...cause, revision: 0, waits: false }, { lane: place => place })
  await desk.store.ledger.claim({ ...CLAIM, max: 3 })
  return desk
}

test('status says what messages wait for that could not be corrected yet', async () => {
  const { say, store } = await startWithdrawing()
  const waits = { inMs: 60_000, error: formatFailure(LIMITED), first: false }
  for (const key of ['k1', 'k2']) await store.ledger.retryLater({ key, owner: 'a' }, waits)
  // A short outage is no news.
  await store.ledger.retryLater({ key: 'k3', owner: 'a' }, { ...waits, error: 'slack: HTTP 503' })
  expect(await say('/desk')).toContain(
    '0 messages repaired, 3 waiting (2 × Discord limits edits of messages older than an hour.)',
  )
})

test('status names the line that tries again what people can cure, and only that', async () => {
  const { say, store } = await startWithdrawing()
  await store.ledger.markUneditable({ key: 'k1', owner: 'a' }, 'The message was deleted.')
  expect(await say('/desk')).not.toContain('/desk retry "')
  await store.ledger.markUneditable(
    { key: 'k2', owner: 'a' },
    'The thread is locked. A moderator can unlock it.',
  )
  expect(await say('/desk')).toContain(`· Once that is mended: /desk retry "${CAUSE}"`)
})

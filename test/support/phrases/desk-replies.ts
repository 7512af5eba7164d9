import type { Reply } from '../../../src/chat/reply.ts'
import { deskNoticeReply, deskNotices } from '../../../src/delivery/desk-notices.ts'
import { recordingLog } from '../recording-log.ts'
import { type createForeignBot, DESK_PLACE, EDITOR, foreignLibrary, PLACE } from './foreign-bot.ts'
import { toForeign } from './foreign-words.ts'
import { DESK_LINES } from './lines-to-ask.ts'

const CLAIM = { owner: 'a', leaseMs: 60_000, max: 50, platforms: ['slack'], pace: () => undefined }

/** Lines that put a story back: none, one that is not down, one that is down in its file, and one by command. */
const restoreLines = (slug: string) => [
  ...['', ' old-bridge', ` ${slug}`, ` ${slug} --confirm`, ` ${slug}`].map(rest => `/desk restore${rest}`),
]

/** Collects what editors read: replies to their commands, with messages sent, in doubt and failed, and desk notices. */
export async function collectDeskReplies(
  { ask, store, failCheck }: Awaited<ReturnType<typeof createForeignBot>>,
  hear: (typed: string, reply: Reply) => void,
): Promise<void> {
  const [{ slug, timeline }] = foreignLibrary.stories as [(typeof foreignLibrary.stories)[number]]
  const part = `${slug}/event:${timeline[0]!.id}`
  // The part had these words in a revision: the corrections below name them.
  const [recorded] = await store.revisions.historyOf([part])
  await store.partWords.record([{ part, hash: recorded!.hash, words: 'Ա' }])
  const say = async (typed: string, call = {}) => {
    const line = typed.replace('PART', part)
    hear(line, await ask(line, call))
  }

  for (const state of ['sent', 'doubt', 'fail'] as const) {
    const key = `it ${state}`
    const row = {
      key,
      kind: 'edition' as const,
      place: PLACE,
      lane: 'slack:T1',
      digest: foreignLibrary.digests[0]!.name,
    }
    await store.ledger.add([
      { ...row, date: '2026-05-04', number: 1, state: 'due', dueAt: 0, selection: '{"version":1}' },
    ])
    await store.ledger.claim(CLAIM)
    const claimed = { key, owner: 'a' }
    await store.ledger.beginAttempt(claimed, { leaseMs: 60_000, shown: [{ part, revision: 1 }], first: true })
    if (state === 'sent') await store.ledger.markSent(claimed, { place: PLACE, id: '15.1' })
    else
      await store.ledger[state === 'doubt' ? 'markUnclear' : 'markFailed'](
        claimed,
        toForeign('nobody may look'),
      )
  }
  await store.faults.raise(`${PLACE} morning`, toForeign('gone'))
  for (const typed of DESK_LINES) await say(typed)
  await say('/desk', { audience: 'place' })
  await say('/desk', { caller: { ...EDITOR, id: 'slack:T1/U9' } })
  failCheck(Array.from({ length: 5 }, () => toForeign('broken')))
  await say('/desk correct PART --was Ա --now Բ --why Գ --confirm')

  await say(`/desk kill ${slug} Յ --confirm`)
  const cause = {
    cause: `${slug}/withdrawn:2026-05-05`,
    kind: 'withdrawal' as const,
    story: slug,
    part: `${slug}/`,
  }
  await store.corrections.applyCause({ ...cause, revision: 0, waits: false }, { lane: place => place })
  const linesAboutCause = ['/desk status', '/desk audit it sent', '/desk audit it doubt', '/desk retry']
  for (const typed of linesAboutCause) await say(typed)
  await store.corrections.takeBack(cause.cause)
  for (const typed of [...linesAboutCause, `/desk retry "${cause.cause}"`]) await say(typed)
  for (const typed of restoreLines(slug)) await say(typed)
  await say('/nutgraf changes --since 2017-01-01')

  const notices = deskNotices({
    store,
    place: DESK_PLACE,
    lane: place => place,
    namePlace: async place => place,
    log: recordingLog(),
  })
  for (const key of ['it sent', 'it doubt']) {
    const row = (await store.ledger.find(key))!
    await notices.reportTrouble(row, { message: 'fake: gone', human: toForeign('gone') })
    await notices.reportMended(row)
  }
  for (const doneCause of await store.corrections.causes()) {
    const notice = await notices.doneNotice({ ...doneCause, repaired: 2, impossible: 1 })
    if (notice) await store.ledger.add([notice])
  }
  for (const row of await store.ledger.claim({ ...CLAIM, owner: 'b' }))
    if (row.kind === 'notice') hear('a notice', deskNoticeReply(row))
  for (const key of ['it sent', 'it doubt', 'it fail', 'it fail']) await say(`/desk retry "${key}"`)
}

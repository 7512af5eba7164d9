import { isDeepStrictEqual } from 'node:util'
import type { Reply } from '../../../src/chat/reply.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Posted } from './approval-run.ts'

/** What the editors' log says of an edition: the hash of its text, who approved that since, and how many must. */
type Standing = { hash: string; approvedBy: Set<string>; needed: number; isHeld: boolean }

/**
 * Keeps what editors saw and did, apart from the bot, and judges each post by it: what was posted must be what was
 * approved, by enough people, and nothing may have been changed or stopped before the post began.
 */
export function createJudge(store: () => Store) {
  /** What editors saw, by the hash that they approved: the text of each row. */
  const seen = new Map<string, Map<string, Reply>>()
  const calls = new Set<string>()
  const standings = new Map<string, Standing | undefined>()
  const faults: string[] = []

  async function standingOf(key: string): Promise<Standing | undefined> {
    const approval = (await store().approvals.composed([key])).get(key)
    let standing: Standing | undefined
    for (const { who, what, details } of await store().editorLog.entries()) {
      const entry = JSON.parse(details) as { approval: string; hash: string; needed: number }
      if (entry.approval !== approval) continue
      if (what === 'hold') standing = { ...standing!, approvedBy: new Set(), isHeld: true }
      else if (what === 'approve') {
        if (!calls.has(`${who} ${entry.hash}`)) faults.push(`${who} never approved ${entry.hash}`)
        const before = standing?.hash === entry.hash ? standing.approvedBy : new Set<string>()
        standing = {
          hash: entry.hash,
          approvedBy: new Set([...before, who]),
          needed: entry.needed,
          isHeld: false,
        }
      } else
        standing = {
          hash: entry.hash,
          approvedBy: new Set(),
          needed: Number.POSITIVE_INFINITY,
          isHeld: standing?.isHeld ?? false,
        }
    }
    return standing
  }

  return {
    faults,
    /** Notes that somebody looks at an edition as it is now. */
    see: async (approval: string, hash: string) => {
      const texts = (await store().approvals.renderings(approval)).map(({ key, reply }): [string, Reply] => [
        key,
        JSON.parse(reply) as Reply,
      ])
      seen.set(hash, new Map([...(seen.get(hash) ?? []), ...texts]))
    },
    /** Notes that somebody approves what they saw. */
    approve: (who: string, hash: string) => void calls.add(`${who} ${hash}`),
    begun: async (key: string) => {
      standings.set(key, await standingOf(key))
    },
    posted: ({ key, reply, at }: Posted, isClockMoved: boolean) => {
      const standing = standings.get(key)
      if (!standing || standing.isHeld || standing.approvedBy.size < standing.needed)
        return faults.push(`${key} was posted unapproved: ${JSON.stringify(standing)}`)
      const approved = seen.get(standing.hash)?.get(key)
      const slot = Date.parse(key.split(' ')[2]!)
      const isLate = key.endsWith('#1') && at - slot > 5 * 60_000
      if (!isClockMoved && isLate !== (reply.label?.line.includes(' instead of ') ?? false))
        faults.push(`${key} says wrongly how late it is: ${reply.label?.line}`)
      if (!approved || !isDeepStrictEqual(visible(reply), visible(approved)))
        return faults.push(`${key} is not what was approved: ${JSON.stringify([reply, approved])}`)
    },
  }
}

/** All that people see of a message but how late it is, which nobody could approve before. */
function visible({ parts: _, label, ...rest }: Reply): unknown {
  const line = label?.line.replace(/ · sent [^·]+ instead of [^·]+(?= ·|$)/, '')
  return JSON.parse(JSON.stringify({ ...rest, label: label && { ...label, line } }))
}

import type { Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskContext } from '../context.ts'

/** What waits for an editor, each with the line that lists it; nothing where nothing does. */
export async function whatWaits({ cards, drafts, approvals }: DeskContext['store']): Promise<Inline[][]> {
  const [reports, kept, editions] = await Promise.all([
    cards.countWaiting(),
    drafts.countOpen(),
    approvals.open(),
  ])
  const waiting = editions.filter(({ state }) => state !== 'approved')
  return phrases.deskWaits.counts({ reports, drafts: kept, editions: waiting.length })
}

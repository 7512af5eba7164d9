import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { openApprovalRun } from './approval-run.ts'

/** Failed is what the platform refused for hours: editors were told, and its news is in the next edition. */
const SETTLED = new Set(['sent', 'quiet', 'missed', 'failed'])

/**
 * What was lost, or told twice, in a run that has ended: news that some place was never told, editions that never ended,
 * messages that are there twice, and things that editors were not told.
 */
export async function lostIn(run: Awaited<ReturnType<typeof openApprovalRun>>): Promise<string[]> {
  const { store, places } = run
  const { events, river, isRiverGone } = run.content()
  const faults: string[] = []
  for (const place of places) {
    const text = run
      .editions()
      .filter(message => message.place === place)
      .map(({ reply }) => toPlainText(reply))
      .join('\n')
    // The first of each was there before anything was news.
    const news = [
      ...Array.from({ length: events - 1 }, (_, index) => `Event ${index + 1}.`),
      ...(isRiverGone ? [] : Array.from({ length: river - 1 }, (_, index) => `Flood ${index + 1}.`)),
    ]
    for (const words of news) {
      const times = text.split(words).length - 1
      if (times === 0) faults.push(`${place} was never told “${words}”`)
      if (times > 1 && words.startsWith('Event')) faults.push(`${place} was told ${times} times “${words}”`)
    }
    const rows = await store.ledger.editions(place, 'morning', 50)
    for (const { key, state, error } of rows)
      if (!SETTLED.has(state)) faults.push(`${key} is still ${state}: ${error}`)
    const dates = rows.map(({ date }) => date)
    if (new Set(dates).size < dates.length) faults.push(`${place} has a day twice: ${dates.join(', ')}`)
  }
  const keys = run.posted.map(({ place, key }) => `${place} ${key}`)
  for (const key of new Set(keys))
    if (keys.indexOf(key) !== keys.lastIndexOf(key)) faults.push(`posted twice: ${key}`)
  return [...faults, ...(await untold(run))]
}

/** What editors were not told, or more than once: that an edition is ready, that its approval is void, that it was missed. */
async function untold(run: Awaited<ReturnType<typeof openApprovalRun>>): Promise<string[]> {
  const faults: string[] = []
  // What could not be posted for hours is listed by /desk retry.
  const { rows } = await run.store.ledger.failedOrUnclear(50)
  const notices = [...run.notices(), ...rows].map(({ key }) => key)
  for (const { what, details } of await run.store.editorLog.entries()) {
    const { approval, hash } = JSON.parse(details) as { approval: string; hash: string }
    const about = notices.filter(key => key.startsWith(`notice approval ${approval}`))
    const first = about.filter(key => !/#\d+ (?:changed|missed)/.test(key))
    if (what === 'edition composed' && first.length === 0) faults.push(`nobody was told of ${approval}`)
    if (what === 'edition not approved' && !about.some(key => key.endsWith(' missed')))
      faults.push(`nobody was told that ${approval} was missed`)
    if (what === 'approval void' && !about.some(key => key.endsWith(hash.slice(0, 6))))
      faults.push(`nobody was told that ${approval} changed to ${hash.slice(0, 6)}`)
  }
  return faults
}

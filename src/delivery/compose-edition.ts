import { DeliveryError } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { editionKey } from '../digests/schedule.ts'
import { readSelection, type Selection, threadSelection } from '../digests/selection.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Composed } from './attempt.ts'
import type { ContentSnapshots } from './content-snapshot.ts'
import { createEditionTexts, type EditionTextsOptions } from './editions/edition-texts.ts'

/** What composing needs. */
type ComposeEditionOptions = EditionTextsOptions & { snapshots: ContentSnapshots }

/** Draws the rows of editions. A row that has a selection is drawn from `content`. */
export type ComposeEdition = (row: Delivery, content: Library) => Promise<Composed | undefined>

/**
 * Creates what draws the rows of editions. A row with a selection is drawn from it; without one, a selection is made
 * now, together with the row of its thread reply. Both are made from one snapshot of the content.
 */
export function createComposeEdition({ snapshots, ...options }: ComposeEditionOptions): ComposeEdition {
  const { select, draw } = createEditionTexts(options)

  return async (row, content) => {
    const { place } = row
    if (row.selection !== undefined) {
      const stored = parseSelection(row.selection)
      return { ...(await draw(stored, { library: content, place })), selection: row.selection }
    }
    const snapshot = await snapshots.takeCurrent()
    const selection = await select(row, snapshot)
    if (!selection) return undefined
    const thread = threadSelection(selection)
    return {
      ...(await draw(selection, { library: snapshot.library, place })),
      selection: JSON.stringify(selection),
      thread: thread && [threadRow(row, thread)],
    }
  }
}

/** Parses a stored selection; fails for one of a newer nutgraf, so that the newer one draws it. */
function parseSelection(json: string): Selection {
  const selection = readSelection(json)
  if (!selection)
    throw new DeliveryError('compose: a selection of a version newer than this nutgraf', {
      outcome: 'unsent',
      retryInMs: 60_000,
    })
  return selection
}

/** Makes the row of the thread reply of an edition. */
export function threadRow(row: Delivery, selection: Selection): NewDelivery {
  const { place, lane, digest = selection.digest, slot = selection.slot, date = selection.date } = row
  return {
    key: editionKey({ place, digest }, slot, 2),
    kind: 'edition',
    place,
    lane,
    digest,
    slot,
    date,
    parent: row.key,
    number: 2,
    state: 'due',
    dueAt: row.dueAt,
    selection: JSON.stringify(selection),
  }
}

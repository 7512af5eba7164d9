import { DeliveryError, type Place } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { partsOfAll } from '../content/parts.ts'
import { localDate } from '../dates.ts'
import { drawEdition, selectEdition } from '../digests/edition.ts'
import type { CommandLines } from '../digests/entry.ts'
import type { DrawContext } from '../digests/layout.ts'
import type { Revisions } from '../digests/news.ts'
import { editionKey } from '../digests/schedule.ts'
import { type Selection, threadSelection } from '../digests/selection.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { Compose, Composed } from './deliver.ts'

/**
 * What composing needs. `asOf` is the moment up to which the content of this process is known to be the one that
 * counts: what another process wrote down after it is told by the next edition, and never lost. `zone` is that of a
 * place without a subscription whose digest names none.
 */
type ComposeEditionOptions = {
  store: Pick<Store, 'clock' | 'subscriptions' | 'revisions'>
  library(): Library
  commandLines(place: Place): CommandLines
  contentConfirmedUntil(): Promise<number>
  zone: string
}

/** Draws the rows of editions; `revisions` are those of some content. */
type ComposeEdition = Compose & { revisionsFor(books: Library): Promise<Revisions> }

/**
 * Makes what draws the rows of editions. A row that has a selection is drawn from it; one that has none is selected
 * now, together with the row of its thread reply.
 */
export function createComposeEdition({
  store,
  library,
  commandLines,
  contentConfirmedUntil,
  zone,
}: ComposeEditionOptions): ComposeEdition {
  let known: { library: Library; revisions: Revisions } | undefined

  /** Read once for each content: they change only with it. */
  async function revisionsOf(books: Library): Promise<Revisions> {
    if (known?.library === books) return known.revisions
    const revisions = new Map((await store.revisions.allLatest()).map(one => [one.part, one]))
    const others = partsOfAll(books).filter(({ part, hash }) => revisions.get(part)?.hash !== hash)
    // Not kept before all of this content is written down.
    if (others.length === 0) known = { library: books, revisions }
    // What stands there in other words is not what we show: ours is older, and a correction must find it.
    for (const { part } of others) {
      const one = revisions.get(part)
      if (one) revisions.set(part, { ...one, revision: 0 })
    }
    return revisions
  }

  const drawing = (row: Delivery, books: Library, revisions: Revisions): DrawContext => ({
    story: books.story,
    withdrawal: books.withdrawal,
    revisions,
    commandLines: commandLines(row.place),
  })

  async function selected(row: Delivery, books: Library): Promise<Selection | undefined> {
    const digest = row.digest === undefined ? undefined : books.digest(row.digest)
    if (!digest || row.digest === undefined)
      throw goneError(row, `the digest “${row.digest}” no longer exists`, phrases.digestStatus.digestGone)
    const subscription = await store.subscriptions.find(row.place, row.digest)
    const chosen = subscription?.stories.split(',').filter(Boolean)
    const stories = books.storiesOf(digest, chosen)
    if (stories.length === 0)
      throw goneError(row, `no story of “${row.digest}” exists`, phrases.digestStatus.storiesGone)
    // In this order: what is written down in between is later than newsTo, and left to the next edition.
    const newsTo = await contentConfirmedUntil()
    const revisions = await revisionsOf(books)
    const now = await store.clock()
    const { newsFrom, nextSlot } = subscription ?? {}
    const at = row.slot ?? now
    const local = subscription?.zone ?? digest.zone ?? zone
    return selectEdition({
      digest,
      stories,
      revisions,
      commandLines: commandLines(row.place),
      zone: local,
      slot: at,
      date: row.date ?? localDate(at, local),
      now,
      ...(newsFrom !== undefined && { newsFrom }),
      newsTo,
      quiet: subscription?.quiet ?? digest.quiet,
      ...(nextSlot !== undefined && { next: nextSlot }),
    })
  }

  const compose: Compose = async row => {
    const books = library()
    const stored = row.selection === undefined ? undefined : parseSelection(row.selection)
    const selection = stored ?? (await selected(row, books))
    if (!selection) return undefined
    const { reply, shown } = drawEdition(selection, drawing(row, books, await revisionsOf(books)))
    const newsFrom = row.number === 1 ? { newsFrom: selection.newsTo } : {}
    const composed: Composed = { reply, selection: JSON.stringify(selection), shown, ...newsFrom }
    const thread = stored ? undefined : threadSelection(selection)
    return thread ? { ...composed, thread: [threadRow(row, thread)] } : composed
  }
  return Object.assign(compose, { revisionsFor: revisionsOf })
}

/** A stored selection; that of a newer nutgraf cannot be drawn by this one. */
function parseSelection(json: string): Selection {
  const selection = JSON.parse(json) as Selection
  if (selection.version !== 1)
    throw new DeliveryError(`compose: a selection of version ${selection.version}, newer than this nutgraf`, {
      outcome: 'unsent',
      retryInMs: 60_000,
    })
  return selection
}

function threadRow(row: Delivery, selection: Selection): NewDelivery {
  const { place, lane, digest = selection.digest, slot = selection.slot, date = selection.date } = row
  return {
    key: editionKey({ place, digest }, slot, 2),
    kind: 'edition',
    ...{ place, lane, digest, slot, date },
    parent: row.key,
    number: 2,
    state: 'due',
    dueAt: row.dueAt,
    selection: JSON.stringify(selection),
  }
}

const goneError = (row: Delivery, what: string, human: string) =>
  new DeliveryError(`compose: ${what} (${row.place})`, { outcome: 'unsent', human })

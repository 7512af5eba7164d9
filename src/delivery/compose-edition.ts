import { DeliveryError, type Place } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { partsOfAll } from '../content/parts.ts'
import { localDate } from '../dates.ts'
import type { CommandLines } from '../digests/draw-entry.ts'
import { drawEdition, selectEdition } from '../digests/edition.ts'
import type { DrawContext } from '../digests/layout.ts'
import type { Revisions } from '../digests/news.ts'
import { editionKey } from '../digests/schedule.ts'
import { type Selection, threadSelection } from '../digests/selection.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { Compose, Composed } from './attempt.ts'

/**
 * What composing needs. `contentConfirmedUntil` gives the moment up to which this process surely had the current
 * content: what another process records after it goes into the next edition, and is never lost. `zone` applies in a
 * place without a subscription if the digest names no zone.
 */
type ComposeEditionOptions = {
  store: Pick<Store, 'clock' | 'subscriptions' | 'revisions'>
  library(): Library
  commandLines(place: Place): CommandLines
  contentConfirmedUntil(): Promise<number>
  zone: string
}

/** Draws the rows of editions. `revisionsFor` gives the recorded revisions of all parts of some content. */
export type ComposeEdition = Compose & { revisionsFor(content: Library): Promise<Revisions> }

/**
 * Creates what draws the rows of editions. A row with a selection is drawn from it; without one, a selection is made
 * now, together with the row of its thread reply.
 */
export function createComposeEdition({
  store,
  library,
  commandLines,
  contentConfirmedUntil,
  zone,
}: ComposeEditionOptions): ComposeEdition {
  let cached: { content: Library; revisions: Revisions } | undefined

  /** Reads the revisions once for each content: they change only with it. */
  async function revisionsFor(content: Library): Promise<Revisions> {
    if (cached?.content === content) return cached.revisions
    const revisions = new Map((await store.revisions.allLatest()).map(revision => [revision.part, revision]))
    const unrecorded = partsOfAll(content).filter(({ part, hash }) => revisions.get(part)?.hash !== hash)
    // Not cached before all of this content is recorded.
    if (unrecorded.length === 0) cached = { content, revisions }
    // What is recorded with other words is not what we show: ours counts as older, so that a correction finds it.
    for (const { part } of unrecorded) {
      const recorded = revisions.get(part)
      if (recorded) revisions.set(part, { ...recorded, revision: 0 })
    }
    return revisions
  }

  const drawContextFor = (row: Delivery, content: Library, revisions: Revisions): DrawContext => ({
    story: content.story,
    withdrawal: content.withdrawal,
    revisions,
    commandLines: commandLines(row.place),
  })

  async function select(row: Delivery, content: Library): Promise<Selection | undefined> {
    const digest = row.digest === undefined ? undefined : content.digest(row.digest)
    if (!digest || row.digest === undefined)
      throw goneError(row, `the digest “${row.digest}” no longer exists`, phrases.digestStatus.digestGone)
    const subscription = await store.subscriptions.find(row.place, row.digest)
    const chosen = subscription?.stories.split(',').filter(Boolean)
    const stories = content.storiesOf(digest, chosen)
    if (stories.length === 0)
      throw goneError(row, `no story of “${row.digest}” exists`, phrases.digestStatus.storiesGone)
    // In this order: what is recorded in between is later than newsTo, and left to the next edition.
    const newsTo = await contentConfirmedUntil()
    const revisions = await revisionsFor(content)
    const now = await store.clock()
    const slot = row.slot ?? now
    const localZone = subscription?.zone ?? digest.zone ?? zone
    return selectEdition({
      digest,
      stories,
      revisions,
      commandLines: commandLines(row.place),
      zone: localZone,
      slot,
      date: row.date ?? localDate(slot, localZone),
      now,
      newsFrom: subscription?.newsFrom,
      newsTo,
      quiet: subscription?.quiet ?? digest.quiet,
      next: subscription?.nextSlot,
    })
  }

  const compose: Compose = async row => {
    const content = library()
    const stored = row.selection === undefined ? undefined : parseSelection(row.selection)
    const selection = stored ?? (await select(row, content))
    if (!selection) return undefined
    const drawContext = drawContextFor(row, content, await revisionsFor(content))
    const { reply, shown } = drawEdition(selection, drawContext)
    const thread = stored ? undefined : threadSelection(selection)
    const composed: Composed = {
      reply,
      selection: JSON.stringify(selection),
      shown,
      thread: thread && [threadRow(row, thread)],
      newsFrom: row.number === 1 ? selection.newsTo : undefined,
    }
    return composed
  }
  return Object.assign(compose, { revisionsFor })
}

/** Parses a stored selection; fails for one of a newer nutgraf, so that the newer one draws it. */
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

const goneError = (row: Delivery, message: string, human: string) =>
  new DeliveryError(`compose: ${message} (${row.place})`, { outcome: 'unsent', human })

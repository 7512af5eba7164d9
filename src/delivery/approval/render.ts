import type { Digest } from '../../content/digest.ts'
import { editionKey, rhythmOf } from '../../digests/schedule.ts'
import { readSelection, type Selection, threadSelection } from '../../digests/selection.ts'
import { nextSlot } from '../../digests/slots.ts'
import type { Rendering } from '../../store/approvals/approval.ts'
import type { Store } from '../../store/store.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { ContentSnapshot } from '../content-snapshot.ts'
import type { EditionSlot, EditionTexts } from '../editions/edition-texts.ts'
import { basisOf, hashOfReply } from './hashes.ts'

/** An edition to be composed in one place: the slot of a subscription, or a row that waits. */
export type Target = Required<Pick<EditionSlot, 'place' | 'slot' | 'date'>>

/** A text before it belongs to an edition. */
export type NewRendering = Omit<Rendering, 'approval'>

/** What rendering needs. */
export type RenderOptions = { store: Pick<Store, 'subscriptions'>; texts: EditionTexts }

/**
 * Composes an edition in one place: its message, and its thread reply if it has one. Nothing if there is nothing to say.
 * Where only the first message is still to be posted, and where the thread reply is, is the caller's business.
 */
export async function renderEdition(
  { store, texts }: RenderOptions,
  digest: Digest,
  { place, slot, date }: Target,
  snapshot: ContentSnapshot,
): Promise<NewRendering[]> {
  // Read first: what is changed after this is noticed, because the basis is then another one.
  const subscription = await store.subscriptions.find(place, digest.name)
  const edition = { place, digest: digest.name, slot, date }
  const { late: _, ...selection } =
    (await texts.select(edition, snapshot, slotAfter(subscription, slot))) ?? {}
  if (!('version' in selection)) return []
  const first = await renderText(texts, selection as Selection, {
    ...{ key: editionKey({ place, digest: digest.name }, slot), place, number: 1 },
    ...{ basis: basisOf(digest, subscription), snapshot },
  })
  const thread = threadSelection(selection as Selection)
  if (!thread) return [first]
  const second = await renderText(texts, thread, {
    ...{ key: editionKey({ place, digest: digest.name }, slot, 2), place, number: 2 },
    ...{ basis: '', snapshot },
  })
  return [first, second]
}

/** Draws a stored text again from some content: the same text if nothing in it has changed. */
export async function renderAgain(
  texts: EditionTexts,
  rendering: NewRendering,
  snapshot: ContentSnapshot,
): Promise<NewRendering | undefined> {
  const selection = readSelection(rendering.selection)
  return selection && renderText(texts, selection, { ...rendering, snapshot })
}

async function renderText(
  texts: EditionTexts,
  selection: Selection,
  {
    key,
    place,
    number,
    basis,
    snapshot,
  }: Pick<NewRendering, 'key' | 'place' | 'number' | 'basis'> & { snapshot: ContentSnapshot },
): Promise<NewRendering> {
  const { reply, shown } = await texts.draw(selection, { library: snapshot.library, place })
  return {
    ...{ key, place, number, basis },
    selection: JSON.stringify(selection),
    reply: JSON.stringify(reply),
    hash: hashOfReply(reply),
    shown: JSON.stringify(shown),
  }
}

/** The slot after an edition: until its own has come, it is still the next one of its subscription. */
function slotAfter(subscription: Subscription | undefined, slot: number): number | undefined {
  if (!subscription || subscription.nextSlot > slot) return undefined
  return nextSlot(rhythmOf(subscription), slot).at
}

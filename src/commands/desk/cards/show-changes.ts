import { type Place, platformOf } from '../../../chat/platform.ts'
import type { DeskRequest } from '../../context.ts'

/** Makes the messages follow that show a card in an older state. If that fails, they follow a little later all the same. */
export async function showChanges({ desk }: DeskRequest): Promise<void> {
  const lane = (place: Place) => desk.platform(platformOf(place))?.pace?.(place, true).lane ?? place
  try {
    if ((await desk.store.cards.showChanges(lane)) > 0) await desk.store.notify()
  } catch (cause) {
    desk.log.error({ err: cause }, 'cards: a decision is not shown yet; the next look shows it')
  }
}

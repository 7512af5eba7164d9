import type { StoryFields } from '../content/story-files.ts'
import { startBridgeBot } from '../delivery/bridge-bot.ts'
import { bring } from './bring.ts'
import { feed } from './items.ts'

export const DESK = 'fake:desk'

/** Starts a bot whose desk gets cards of what others report about the bridge; `cards` are the messages there. */
export async function startCardBot(first: StoryFields = {}) {
  const bot = await startBridgeBot({
    first: { meta: { wire: { words: ['bridge', 'main street'], not: ['weather'] } }, ...first },
    feeds: [feed('wqad'), feed('ap', { outlet: 'AP' })],
    cards: DESK,
  })
  // The first look notes from where on the desk is told.
  await bot.followWire()
  const cards = () => bot.fake.messages.filter(({ ref }) => ref.place === DESK)
  return {
    ...bot,
    cards,
    texts: () => cards().map(({ text }) => text),
    bring: (id: string, title: string, more: Parameters<typeof bring>[3] = {}) =>
      bring(bot.store, id, title, more),
  }
}

import type { Log } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import type { WebOptions } from '../web/server.ts'
import { acceptCall } from '../wire/senders/accept.ts'
import { createHookListener } from '../wire/senders/listener.ts'
import { openSenders } from '../wire/senders/open-senders.ts'

/**
 * Makes what answers POST /hooks/<sender>, if the settings name senders. `onNews` is called after each call that brought
 * something. Throws if a secret cannot work, so that no sender is turned away in silence.
 */
export function openHooks(
  { hooks }: Config,
  { store, log, onNews }: { store: Store; log: Log; onNews: () => void },
): WebOptions['hooks'] {
  if (hooks.length === 0) return undefined
  const { senders, problems } = openSenders(hooks)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return createHookListener({
    senders,
    log,
    accept: async (sender, call) => {
      const isNew = await acceptCall(store.wire.accept, sender, call)
      log.info({ sender: sender.name, items: call.items.length, isNew }, 'hooks: a call was accepted')
      if (isNew) onNews()
    },
  })
}

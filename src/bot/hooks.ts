import type { Log } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Store } from '../store/store.ts'
import type { WebOptions } from '../web/server.ts'
import { acceptCall } from '../wire/senders/accept.ts'
import { createHookListener } from '../wire/senders/listener.ts'
import { openSenders, type Sender } from '../wire/senders/open-senders.ts'

/** What hooks need. `rows` are the systems of senders.yml now, `onNews` hears of what is new. */
type HookOptions = { store: Store; log: Log; onNews(): void; rows?(): SenderRow[] }

const byName = (senders: Sender[]) => new Map(senders.map(sender => [sender.name, sender]))

/**
 * Makes what answers POST /hooks/<sender>, if the settings name senders. `onNews` is called after each call that brought
 * something. Throws if a secret cannot work, so that no sender is turned away in silence.
 */
export function openHooks({ hooks }: Config, options: HookOptions): WebOptions['hooks'] {
  const { store, log, onNews, rows = () => [] } = options
  if (hooks.length === 0) return undefined
  let used = rows()
  const first = openSenders(hooks, used)
  if (first.problems.length > 0) throw new Error(first.problems.join('\n'))
  let senders = byName(first.senders)

  /** The sender of a name, by what senders.yml says now. */
  function senderOf(name: string): Sender | undefined {
    if (rows() !== used) {
      used = rows()
      const opened = openSenders(hooks, used)
      // Whoever has a secret that its new row cannot take gets 401: that, at least, is no silence.
      for (const problem of opened.problems) log.error({ problem }, 'hooks: a secret cannot work')
      senders = byName(opened.senders)
    }
    return senders.get(name)
  }

  return createHookListener({
    senderOf,
    log,
    accept: async (sender, call) => {
      const isNew = await acceptCall(store.wire.accept, sender, call)
      log.info({ sender: sender.name, items: call.items.length, isNew }, 'hooks: a call was accepted')
      if (isNew) onNews()
    },
  })
}

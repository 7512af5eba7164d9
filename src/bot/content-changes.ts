import { logMissingIds, type OpenBot } from './open.ts'

type ContentChangesOptions = {
  /** Tells whoever sits at the terminal. */
  notify(sentence: string): void
  /** Called after each change of what can be seen, and after a broken one. */
  onChange(): void
  /** Called after each look at the store. */
  onLooked(): Promise<void>
}

/** How often the store is looked at, where a wake-up was lost. */
const LOOK_MS = 5_000

/**
 * Follows changes of the stories: edited files, moments at which embargoes end, and what the desk does in any process.
 */
export async function watchContentChanges(
  { stories, store, log, refreshWithdrawals, documents }: OpenBot,
  { notify, onChange, onLooked }: ContentChangesOptions,
): Promise<() => Promise<void>> {
  const revision = () => stories.library().revision
  const unwatch = stories.watch({
    onChanged: problems => {
      if (problems.length > 0) {
        log.error(
          { problems },
          'content: a change is broken; of that story, the last good content stays in use',
        )
        notify(`The change is broken, so the last good stories stay in use:\n${problems.join('\n')}`)
      } else {
        log.info({ revision: revision() }, 'content: reloaded')
        logMissingIds(log, stories)
        notify('Stories reloaded.')
      }
      onChange()
    },
    onVisibleChanged: () => {
      log.info({ revision: revision() }, 'content: an embargo or a date has passed')
      onChange()
    },
    onFailed: cause => log.warn({ err: cause }, 'content: changes cannot be watched'),
  })

  let lastFailure: string | undefined
  let looks = 0
  async function look(): Promise<void> {
    // While one is under way, one more is enough.
    if (looks > 1) return
    looks++
    const before = revision()
    try {
      await refreshWithdrawals()
      await documents.refresh()
      if (revision() !== before) onChange()
      await onLooked()
      lastFailure = undefined
    } catch (cause) {
      const { message } = cause as Error
      // An outage of hours is one line, not hundreds.
      log[message === lastFailure ? 'debug' : 'warn'](
        { err: cause },
        'content: what the desk did could not be read from the store',
      )
      lastFailure = message
    } finally {
      looks--
    }
  }

  // The desk may add to a story, or take one down, in another process.
  const unlisten = await store.listen(() => void look())
  const looking = setInterval(() => void look(), LOOK_MS).unref()
  return async () => {
    clearInterval(looking)
    unwatch()
    await unlisten()
  }
}

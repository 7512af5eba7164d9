import { logMissingIds, type OpenBot } from './open.ts'

type ContentChangesOptions = {
  /** Tells whoever sits at the terminal. */
  notify(sentence: string): void
  /** Called after each change of what can be seen, and after a broken one. */
  onChange(): void
}

/** Follows changes of the stories: edited files, moments at which embargoes end, stories taken down elsewhere. */
export async function watchContentChanges(
  { stories, store, log, refreshWithdrawals }: OpenBot,
  { notify, onChange }: ContentChangesOptions,
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

  // The desk may take a story down in another process.
  const unlisten = await store.listen(() => {
    const before = revision()
    refreshWithdrawals().then(
      () => revision() !== before && onChange(),
      cause => log.warn({ err: cause }, 'content: withdrawn stories could not be read from the store'),
    )
  })
  return async () => {
    unwatch()
    await unlisten()
  }
}

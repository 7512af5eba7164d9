import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** A burst of changes is over when nothing has changed for this long. Saving a file takes several events. */
const DEBOUNCE_MS = 150
/** How often a missing folder is looked for: while a folder is being replaced, it does not exist. */
const RETRY_MS = 1_000

/**
 * Calls `onChange` once after each burst of changes below a folder, and returns a function that stops watching. Folders
 * are watched one by one: Node's recursive watch follows files, and misses one that replaced another, as after a
 * checkout.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  onError: (cause: unknown) => void,
): () => void {
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let foldersChanged = false
  let folderMissing = false

  const handleEvent = (event: string) => {
    foldersChanged ||= event === 'rename'
    clearTimeout(timer)
    timer = setTimeout(endBurst, folderMissing ? RETRY_MS : DEBOUNCE_MS).unref()
  }
  const endBurst = () => {
    // What was added or removed may be a folder. Watch first, then read, so that no change is missed in between.
    if (foldersChanged) watchAll()
    if (!folderMissing) onChange()
  }
  const watchAll = () => {
    close()
    foldersChanged = false
    try {
      watchBelow(folder)
      folderMissing = false
    } catch (cause) {
      if (!folderMissing) onError(cause)
      folderMissing = true
      handleEvent('rename')
    }
  }
  const watchBelow = (path: string) => {
    watchers.push(watch(path, { persistent: false }, handleEvent).on('error', () => handleEvent('rename')))
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue
      try {
        watchBelow(join(path, entry.name))
      } catch (cause) {
        // Removed since it was listed: the folder above reports that as a change.
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
      }
    }
  }
  const close = () => {
    for (const watcher of watchers) watcher.close()
    watchers = []
  }

  watchAll()
  return () => {
    clearTimeout(timer)
    close()
  }
}

import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** A burst of changes is over once nothing happens for so long. */
const DEBOUNCE_MS = 150
/** A folder that is gone is looked for this often: while it is replaced, there is none. */
const RETRY_MS = 1_000

/**
 * Calls back once after each burst of changes below a folder. Returns what stops it. Folders are watched one by one:
 * Node's recursive watch holds on to files, and hears nothing of one that took another's place, as after a checkout.
 */
export function watchFolder(
  folder: string,
  changed: () => void,
  failed: (cause: unknown) => void,
): () => void {
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let moved = false
  let deaf = false

  const heard = (event: string) => {
    moved ||= event === 'rename'
    clearTimeout(timer)
    timer = setTimeout(settled, deaf ? RETRY_MS : DEBOUNCE_MS).unref()
  }
  const settled = () => {
    // What came or went may be a folder. Watched before it is read, so that no change falls in between.
    if (moved) listen()
    if (!deaf) changed()
  }
  const listen = () => {
    close()
    moved = false
    try {
      watchBelow(folder)
      deaf = false
    } catch (cause) {
      if (!deaf) failed(cause)
      deaf = true
      heard('rename')
    }
  }
  const watchBelow = (path: string) => {
    watchers.push(watch(path, { persistent: false }, heard).on('error', () => heard('rename')))
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue
      try {
        watchBelow(join(path, entry.name))
      } catch (cause) {
        // Gone since it was listed: the folder above tells of that.
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
      }
    }
  }
  const close = () => {
    for (const watcher of watchers) watcher.close()
    watchers = []
  }

  listen()
  return () => {
    clearTimeout(timer)
    close()
  }
}

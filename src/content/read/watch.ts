import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { isBelow } from './list-files.ts'

/** A burst of changes is over when nothing has changed for this long. Saving a file takes several events. */
const DEBOUNCE_MS = 150
/**
 * How often the folder itself is looked for. It does not exist while it is being replaced, and where its path leads
 * through a link (a deploy by git-sync, Capistrano or Nix), no event tells that the link leads elsewhere now.
 */
const LOOK_MS = 1_000

/**
 * Calls `onChange` once after each burst of changes below a folder, and returns a function that stops watching. Folders
 * are watched one by one, also those that links inside the folder lead to: Node's recursive watch follows files, and
 * misses one that replaced another, as after a checkout.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  onError: (cause: unknown) => void,
): () => void {
  /** By the real path of the folder: two links may lead to one. */
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let foldersChanged = false
  let folderMissing = false
  let identity = identityOf(folder)

  const handleEvent = (event: string) => {
    foldersChanged ||= event === 'rename'
    clearTimeout(timer)
    timer = setTimeout(endBurst, DEBOUNCE_MS).unref()
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
      const root = realpathSync(folder)
      watchBelow(root, root)
      folderMissing = false
    } catch (cause) {
      if (!folderMissing) onError(cause)
      folderMissing = true
    }
  }
  const watchBelow = (path: string, root: string) => {
    if (watchers.has(path)) return
    watchers.set(
      path,
      watch(path, { persistent: false }, handleEvent).on('error', () => handleEvent('rename')),
    )
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      try {
        if (entry.isDirectory()) watchBelow(join(path, entry.name), root)
        else if (entry.isSymbolicLink()) watchLinked(join(path, entry.name), root)
      } catch (cause) {
        // Removed since it was listed: the folder above reports that as a change. What cannot be read is a problem of
        // the content, and keeps nothing else from being watched.
        const { code = '' } = cause as NodeJS.ErrnoException
        if (!['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM'].includes(code)) throw cause
      }
    }
  }
  const watchLinked = (link: string, root: string) => {
    const target = realpathSync(link)
    if (isBelow(target, root) && statSync(target).isDirectory()) watchBelow(target, root)
  }
  const look = () => {
    const current = identityOf(folder)
    if (current === identity && !folderMissing) return
    identity = current
    handleEvent('rename')
  }
  const close = () => {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }

  watchAll()
  const looking = setInterval(look, LOOK_MS).unref()
  return () => {
    clearTimeout(timer)
    clearInterval(looking)
    close()
  }
}

/** Tells one folder from another that took its place; undefined while there is none. */
function identityOf(folder: string): string | undefined {
  try {
    const path = realpathSync(folder)
    const { dev, ino } = statSync(path)
    return `${path} ${dev} ${ino}`
  } catch {
    return undefined
  }
}

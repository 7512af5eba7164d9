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
/** How often everything is looked at where the system has no room for more watches. */
const LOOK_AT_ALL_MS = 5_000

/** What has changed: the paths below the folder of folders with changes in them; undefined if it may be anything. */
export type ChangedFolders = Set<string> | undefined

/**
 * Calls `onChange` once after each burst of changes below a folder, with the folders in which something has changed, and
 * returns a function that stops watching. Folders are watched one by one, also those that links inside the folder lead
 * to: Node's recursive watch follows files, and misses one that replaced another, as after a checkout.
 */
export function watchFolder(
  folder: string,
  onChange: (changed: ChangedFolders) => void,
  onError: (cause: unknown) => void,
): () => void {
  const watchers = new Map<string, Watched>()
  let changed: ChangedFolders = new Set()
  const renamed = new Set<string>()
  let root = ''
  let timer: NodeJS.Timeout | undefined
  let folderMissing = false
  let identity = identityOf(folder)
  let isLimited = false

  const handleEvent = (event: string, path: string) => {
    changed?.add(path)
    if (event === 'rename') renamed.add(path)
    clearTimeout(timer)
    timer = setTimeout(endBurst, DEBOUNCE_MS).unref()
  }
  const endBurst = () => {
    // What was added or removed may be a folder. Watch first, then read, so that no change is missed in between.
    for (const path of renamed) watchChildren(path)
    renamed.clear()
    const told = changed
    changed = new Set()
    if (!folderMissing) onChange(told)
  }
  const watchRoot = () => {
    closeBelow('')
    try {
      root = realpathSync(folder)
      readdirSync(root)
      watchTree(root, '')
      folderMissing = false
    } catch (cause) {
      if (!folderMissing) onError(cause)
      folderMissing = true
    }
  }
  /** Watches a folder and those in it, unless it is watched already: then so are those in it. */
  const watchTree = (realFolder: string, path: string) => {
    const found = inodeOf(realFolder)
    const known = watchers.get(path)
    if (found === undefined || known?.inode === found || path.split('/').length > MAX_DEPTH) return
    if (known) closeBelow(path)
    const watcher = open(realFolder, path)
    if (!watcher) return
    watchers.set(path, { watcher, inode: found, realFolder, children: new Set() })
    watchChildren(path)
  }
  /** Watches the folders that are in a watched one now, and no longer those that were. */
  const watchChildren = (path: string) => {
    const watched = watchers.get(path)
    if (!watched) return
    const { realFolder } = watched
    const children = new Set<string>()
    for (const entry of attempt(() => readdirSync(realFolder, { withFileTypes: true })) ?? []) {
      if (entry.name.startsWith('.') || !(entry.isDirectory() || entry.isSymbolicLink())) continue
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      const place = join(realFolder, entry.name)
      const target = entry.isDirectory() ? place : attempt(() => realpathSync(place))
      if (target === undefined || !isBelow(target, root) || !isFolder(target)) continue
      children.add(below)
      watchTree(target, below)
    }
    for (const child of watched.children) if (!children.has(child)) closeBelow(child)
    watched.children = children
  }
  const open = (realFolder: string, path: string): FSWatcher | undefined => {
    try {
      return watch(realFolder, { persistent: false }, event => handleEvent(event, path)).on('error', () =>
        handleEvent('rename', path),
      )
    } catch (cause) {
      // Where there is no room for more watches, everything is looked at from time to time. What was removed since it
      // was listed is told by the folder above, and what cannot be read is a problem of the content.
      const hasNoRoom = ['ENOSPC', 'EMFILE'].includes((cause as NodeJS.ErrnoException).code ?? '')
      if (hasNoRoom && !isLimited) onError(cause)
      isLimited ||= hasNoRoom
      return undefined
    }
  }
  const closeBelow = (path: string) => {
    const watched = watchers.get(path)
    if (!watched) return
    for (const child of watched.children) closeBelow(child)
    watched.watcher.close()
    watchers.delete(path)
  }
  const look = () => {
    const current = identityOf(folder)
    if (current === identity && !folderMissing) return
    identity = current
    watchRoot()
    changed = undefined
    handleEvent('change', '')
  }
  const lookAtAll = () => {
    if (!isLimited || folderMissing) return
    changed = undefined
    handleEvent('change', '')
  }

  watchRoot()
  const looking = [setInterval(look, LOOK_MS).unref(), setInterval(lookAtAll, LOOK_AT_ALL_MS).unref()]
  return () => {
    clearTimeout(timer)
    for (const interval of looking) clearInterval(interval)
    closeBelow('')
  }
}

/**
 * Watches a folder from now on, also while nobody listens yet: the first listener hears at once of what has changed
 * meanwhile.
 */
export function noticeChanges(folder: string): {
  tell(onChange: (changed: ChangedFolders) => void, onError: (cause: unknown) => void): void
  stop(): void
} {
  const missed: ChangedFolders[] = []
  const failed: unknown[] = []
  let onChange = (changed: ChangedFolders): void => void missed.push(changed)
  let onError = (cause: unknown): void => void failed.push(cause)
  const stop = watchFolder(
    folder,
    changed => onChange(changed),
    cause => onError(cause),
  )
  return {
    tell(toChange, toError) {
      onChange = toChange
      onError = toError
      for (const cause of failed.splice(0)) toError(cause)
      for (const changed of missed.splice(0)) toChange(changed)
    },
    stop,
  }
}

/** Deeper than any content folder that people made; a link to a folder around it would have no end. */
const MAX_DEPTH = 12

type Watched = { watcher: FSWatcher; inode: string; realFolder: string; children: Set<string> }

const isFolder = (path: string) => attempt(() => statSync(path).isDirectory()) ?? false

/** Tells a folder from one that has taken its place, also under the same number. */
const inodeOf = (path: string): string | undefined =>
  attempt(() => {
    const { dev, ino, birthtimeMs } = statSync(path)
    return `${dev}:${ino}:${birthtimeMs}`
  })

/** Tells one folder from another that took its place; undefined while there is none. */
function identityOf(folder: string): string | undefined {
  return attempt(() => {
    const path = realpathSync(folder)
    const { dev, ino } = statSync(path)
    return `${path} ${dev} ${ino}`
  })
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, sep } from 'node:path'

/** One file of a content folder: its path below the folder, where it really is, and by what a change shows. */
export type ListedFile = { path: string; realPath: string; size: number; changedAt: number; look: string }

/** Something in a content folder that is skipped and should not be. */
export type Skipped = { path: string; message: string; isFolder?: true }

/** Everything in a content folder, or in one story of it. */
export type Listing = { files: ListedFile[]; skipped: Skipped[] }

// Files with similar endings are read too, so that loadContent can report that they are not part of a story.
const CONTENT_FILE = /\.(?:md|markdown|ya?ml|txt|json)$/i
/** Where something that cannot be read is a loss: elsewhere nothing is content. */
const CONTENT_PLACE = /^(?:(?:stories|drafts)(?:\/|$)|(?:digests?|feeds?|senders?)\.)/

/** What is listed: a path below the folder, and whether that is a folder. What is not wanted is not looked into. */
export type Wanted = (path: string, isFolder: boolean) => boolean

/** The files of one story. */
export const ofStory =
  (slug: string): Wanted =>
  path =>
    path === 'stories' || `${path}/`.startsWith(`stories/${slug}/`)

/** Whatever is in no folder of a story, and in none of a draft. */
export const besideStories: Wanted = (path, isFolder) =>
  (!isFolder || !/^stories\/./.test(path)) && !isInDrafts(path)

/** Whether something is in the folder of the drafts, which nothing serves. */
export const isInDrafts = (path: string): boolean => `${path}/`.startsWith('drafts/')

/** The drafts, and the main file of each story, which says whether it is one. */
export const ofDrafts: Wanted = (path, isFolder) =>
  isInDrafts(path) ||
  (isFolder ? /^stories(?:\/[^/]+)?$/.test(path) : /^stories\/[^/]+\/story\.md$/.test(path))

/**
 * Lists the files of a content folder in the order of their paths, or only those that are wanted. Links are followed as
 * long as they lead to something inside the folder: through a link to elsewhere, any file of this machine could be
 * quoted. What is skipped in `stories/` is named; hidden files are not. Reads names and times alone.
 */
export function listFiles(folder: string, isWanted: Wanted = () => true): Listing {
  const root = realpathSync(folder)
  const files: ListedFile[] = []
  const skipped: Skipped[] = []
  const skip = (path: string, message: string, isFolder?: true) => {
    if (CONTENT_PLACE.test(path)) skipped.push({ path, message, isFolder })
  }

  /** `around` are the real paths of the folder and of those that it was reached through. */
  function addFolder(realFolder: string, path: string, around: string[]): void {
    for (const entry of entriesOf(realFolder, path)) {
      if (entry.name.startsWith('.')) continue
      const place = join(realFolder, entry.name)
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      if (!isWanted(below, entry.isDirectory())) continue
      if (entry.isSymbolicLink()) addLink(place, below, around)
      else if (entry.isDirectory()) addDirectory(place, below, around)
      else addFile(place, below)
    }
  }

  function entriesOf(realFolder: string, path: string): Dirent[] {
    try {
      return readdirSync(realFolder, { withFileTypes: true })
    } catch (cause) {
      if (path === '') throw cause
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
        skip(path, unreadableMessage(cause as NodeJS.ErrnoException), true)
      return []
    }
  }

  function addLink(place: string, path: string, around: string[]) {
    const target = attempt(() => realpathSync(place))
    // A file that is missing is more than a story; what a link without an ending was is unknown.
    if (typeof target !== 'string') return skip(path, brokenLinkMessage(target), true)
    if (!isBelow(target, root))
      return skip(
        path,
        'is a link to a place outside the content folder: put a copy here in place of the link',
        true,
      )
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats?.isDirectory()) addDirectory(target, path, around)
    else if (stats) addFile(target, path)
  }

  function addDirectory(realPath: string, path: string, around: string[]) {
    if (!isWanted(path, true)) return
    if (CONTENT_FILE.test(path)) return skip(path, 'is a folder with the name of a file: rename it')
    if (around.includes(realPath)) return skip(path, 'is a link to a folder around it: remove it', true)
    addFolder(realPath, path, [...around, realPath])
  }

  function addFile(realPath: string, path: string) {
    const stats = attempt(() => statSync(realPath, { throwIfNoEntry: false }))
    if (stats === undefined) return
    if (!('isFile' in stats)) return skip(path, unreadableMessage(stats))
    if (!stats.isFile()) return skip(path, 'is no file but a pipe, a socket or a device: remove it')
    if (CONTENT_FILE.test(path))
      files.push({ path, realPath, size: stats.size, changedAt: lastChange(stats), look: lookOf(stats) })
  }

  addFolder(root, '', [root])
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { files, skipped }
}

const attempt = <T>(read: () => T): T | NodeJS.ErrnoException => {
  try {
    return read()
  } catch (cause) {
    return cause as NodeJS.ErrnoException
  }
}

const lastChange = ({ mtimeMs, ctimeMs }: Stats) => Math.max(mtimeMs, ctimeMs)

/** What differs when a file was changed or replaced, also by one with an old date. */
const lookOf = ({ size, mtimeMs, ctimeMs, ino, dev }: Stats) => `${size} ${mtimeMs} ${ctimeMs} ${dev}:${ino}`

/** Whether a real path is that of a folder, or of something in it. */
export const isBelow = (realPath: string, realFolder: string): boolean =>
  `${realPath}${sep}`.startsWith(realFolder.endsWith(sep) ? realFolder : `${realFolder}${sep}`)

/** Says why a file or a folder cannot be read, and what to do. */
export const unreadableMessage = ({ code }: NodeJS.ErrnoException) =>
  `cannot be read (${code}): give the user that runs nutgraf the right to read it`

function brokenLinkMessage(cause: NodeJS.ErrnoException): string {
  if (cause.code === 'ELOOP') return 'is a link that leads back to itself: remove it'
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
    return 'is a link to something that is not there: put that back, or remove the link'
  return `is a link to something that ${unreadableMessage(cause)}`
}

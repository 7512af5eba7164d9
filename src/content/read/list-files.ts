import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** One file of a content folder: its path below the folder, and where it really is. */
export type ListedFile = { path: string; realPath: string }

/** Something in a content folder that is skipped and should not be. */
export type Skipped = { path: string; message: string; isFolder?: true }

// Files with similar endings are read too, so that loadContent can report that they are not part of a story.
const CONTENT_FILE = /\.(?:md|markdown|ya?ml|txt|json)$/i
/** Where something that cannot be read is a loss: elsewhere nothing is content. */
const CONTENT_PLACE = /^(?:stories(?:\/|$)|digests?\.)/

type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>

/**
 * Lists the files of a content folder in the order of their paths. Links are followed as long as they lead to something
 * inside the folder: through a link to elsewhere, any file of this machine could be quoted. What is skipped in
 * `stories/` is named; hidden files are not.
 */
export async function listFiles(folder: string): Promise<{ files: ListedFile[]; skipped: Skipped[] }> {
  const root = await realpath(folder)
  const files: ListedFile[] = []
  const skipped: Skipped[] = []
  const skip = (path: string, message: string, isFolder?: true) => {
    if (CONTENT_PLACE.test(path)) skipped.push({ path, message, isFolder })
  }

  /** `around` are the real paths of the folder and of those that it was reached through. */
  async function addFolder(realFolder: string, path: string, around: string[]): Promise<void> {
    const entries = await readdir(realFolder, { withFileTypes: true }).catch(cause => {
      if (path === '') throw cause
      if (cause.code !== 'ENOENT') skip(path, unreadableMessage(cause), true)
      return []
    })
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const place = join(realFolder, entry.name)
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isSymbolicLink()) await addLink(place, below, around)
      else await add(entry, place, below, around)
    }
  }

  async function addLink(place: string, path: string, around: string[]): Promise<void> {
    const target = await realpath(place).catch((cause: NodeJS.ErrnoException) => cause)
    // A file that is missing is more than a story; what a link without an ending was is unknown.
    if (target instanceof Error) return skip(path, brokenLinkMessage(target), true)
    if (!isBelow(target, root))
      return skip(
        path,
        'is a link to a place outside the content folder: put a copy here in place of the link',
        true,
      )
    const kind = await stat(target).catch(() => undefined)
    if (kind) await add(kind, target, path, around)
  }

  async function add(kind: Kind, realPath: string, path: string, around: string[]): Promise<void> {
    const hasFileName = CONTENT_FILE.test(path)
    if (kind.isDirectory()) {
      if (hasFileName) return skip(path, 'is a folder with the name of a file: rename it')
      if (around.includes(realPath)) return skip(path, 'is a link to a folder around it: remove it', true)
      return addFolder(realPath, path, [...around, realPath])
    }
    if (!kind.isFile()) return skip(path, 'is no file but a pipe, a socket or a device: remove it')
    if (hasFileName) files.push({ path, realPath })
  }

  await addFolder(root, '', [root])
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { files, skipped }
}

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

import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { shorten } from '../chat/shorten.ts'
import { StoreError } from './engine.ts'

/** Names the folder for the bot’s own data, by the setting `DATA_DIR`. */
export const dataFolder = (setting: string | undefined) => expandHome(setting?.trim() || 'data')

/** Reads `~` at the start of a path as the home folder: only a shell does, and no shell reads .env or a unit of systemd. */
export const expandHome = (path: string) => path.replace(/^~(?=[/\\]|$)/, () => homedir())

/**
 * Makes a folder and those that it lies in. Node itself tries for ever where the system lets nobody make one, such as in
 * `/proc`.
 */
export function makeFolder(folder: string): void {
  const failure = tryToMake(folder)
  if (failure === undefined) return
  if (failure.code !== 'ENOENT') throw failure
  const parent = dirname(folder)
  if (!existsSync(parent)) makeFolder(parent)
  const lastFailure = tryToMake(folder)
  if (lastFailure) throw lastFailure
}

/** Throws a sentence that says what is wrong with a data folder, unless files can be made in it. */
export function checkDataFolder(folder: string): void {
  try {
    makeFolder(folder)
    const file = join(folder, `try-${randomUUID()}`)
    writeFileSync(file, '')
    rmSync(file)
  } catch (cause) {
    throw new StoreError(
      `store: DATA_DIR is ${shorten(folder, MAX_SHOWN_PATH)}, ${reasonOf(cause, folder)}. Set it to a folder in which the user that runs nutgraf may write`,
      { cause },
    )
  }
}

const MAX_SHOWN_PATH = 200

const REASONS: Record<string, string> = {
  ENOENT: 'and this system lets nobody make files there',
  ENOTDIR: 'which lies in a file instead of a folder',
  ENAMETOOLONG: 'which is longer than a path may be',
  ELOOP: 'which is a link that leads back to itself',
  EROFS: 'which is on a disk that can only be read',
  ENOSPC: 'which is on a full disk',
  EDQUOT: 'where this user has no room left',
}

function reasonOf(cause: unknown, folder: string): string {
  const { code = '', message, path = folder } = cause as NodeJS.ErrnoException
  if (code === 'EEXIST')
    return isLink(path) ? 'where a link leads to a folder that is not there' : 'which is a file and no folder'
  if (code === 'EACCES' || code === 'EPERM') return 'where this user may not write'
  return REASONS[code] ?? `which cannot be used: ${message}`
}

/** Makes one folder, or finds it made; returns why not. */
function tryToMake(folder: string): NodeJS.ErrnoException | undefined {
  try {
    mkdirSync(folder)
    return undefined
  } catch (cause) {
    return isFolder(folder) ? undefined : (cause as NodeJS.ErrnoException)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

import { StoreError } from '../engine.ts'

const DAMAGED = 11
const FOREIGN = 26

const OTHER_FOLDER = 'or set DATA_DIR to another folder'

/** Primary result codes of SQLite that people can do something about. */
const ERROR_SENTENCES: Record<number, string> = {
  5: 'is locked by another program',
  8: `cannot be written: the file or its disk is read-only. Let the user that runs nutgraf write there, ${OTHER_FOLDER}`,
  10: 'cannot be read or written: the disk reports an error',
  [DAMAGED]: 'is damaged. Replace it with a backup, or move it away and nutgraf will create a new one',
  13: 'cannot grow: the disk is full',
  14: `cannot be opened. Let the user that runs nutgraf write in its folder, ${OTHER_FOLDER}`,
  [FOREIGN]: `is not a nutgraf database. Move it away, ${OTHER_FOLDER}`,
}

const codeOf = (cause: unknown): number => ((cause as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff

/** Whether an error of `node:sqlite` says that another connection holds the file. */
export const isSqliteBusy = (cause: unknown): boolean =>
  (cause as { errcode?: number } | undefined)?.errcode === 5

/**
 * What an error of `node:sqlite` says about the file or its disk: `passes` once the disk works again, or `stays` until a
 * person replaces the file. Undefined for an error of a statement, and while another connection writes.
 */
export function sqliteTrouble(cause: unknown): 'passes' | 'stays' | undefined {
  const code = codeOf(cause)
  if (code === DAMAGED || code === FOREIGN) return 'stays'
  return code !== 5 && code in ERROR_SENTENCES ? 'passes' : undefined
}

/** Describes an error of a database file in a sentence that says what to do about it. */
export function sqliteError(cause: unknown, file: string): StoreError {
  const { code, message } = cause as { code?: string; message?: string }
  // ENOENT is what Node says of a folder that it may not make on a disk that is mounted read-only.
  const diskCode = { EACCES: 14, EPERM: 14, EEXIST: 14, ENOENT: 14, ENOTDIR: 14, EROFS: 8, ENOSPC: 13 }[
    code ?? ''
  ]
  const sentence = ERROR_SENTENCES[diskCode ?? codeOf(cause)]
  return new StoreError(`store: ${file} ${sentence ?? `failed: ${message}`}`, { cause })
}

import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Document } from '../content/read/documents/document.ts'
import { makeFolder } from '../store/data-folder.ts'
import type { Keep } from './keep.ts'
import { programFingerprint } from './program-fingerprint.ts'

/** Where this program keeps checked stories in its data folder. */
export const keepIn = (dataDir: string): Keep => ({
  file: join(dataDir, 'content.sqlite'),
  program: createHash('sha256').update(programFingerprint()).digest('base64'),
})

const documentsFile = (dataDir: string) => join(dataDir, 'documents.json')

/**
 * What the desk had added when a bot with this data folder last knew: for a start, which reads the stories before it has
 * a store, and for verbs without a store. Nothing if that cannot be read.
 */
export function keptDocuments(dataDir: string): Document[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(documentsFile(dataDir), 'utf8'))
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

/** Keeps what the desk has added. The store has it too, so that a disk that cannot be written does no harm. */
export function keepDocuments(dataDir: string, documents: readonly Document[]): void {
  const file = documentsFile(dataDir)
  const fresh = `${file}.${randomUUID()}`
  try {
    makeFolder(dirname(file))
    writeFileSync(fresh, JSON.stringify(documents))
    renameSync(fresh, file)
  } catch {
    try {
      rmSync(fresh, { force: true })
    } catch {
      // A folder in which this user may not even look.
    }
  }
}

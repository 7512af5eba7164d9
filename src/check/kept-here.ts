import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Keep } from './keep.ts'
import { programFingerprint } from './program-fingerprint.ts'

/** Where this program keeps checked stories in its data folder. */
export const keepIn = (dataDir: string): Keep => ({
  file: join(dataDir, 'content.sqlite'),
  program: createHash('sha256').update(programFingerprint()).digest('base64'),
})

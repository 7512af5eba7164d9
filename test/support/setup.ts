import fc from 'fast-check'
import { afterEach } from 'vitest'
import { runCleanups } from './after-each.ts'
import { SEED } from './seed.ts'

fc.configureGlobal({ seed: SEED })

// Loaded anew for each test file, unlike the helpers.
afterEach(runCleanups)

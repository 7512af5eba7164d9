import { afterEach } from 'vitest'
import { runCleanups } from './after-each.ts'

// Read anew for each file of tests.
afterEach(runCleanups)

import { afterEach } from 'vitest'
import { runCleanups } from './after-each.ts'

// Loaded anew for each test file, unlike the helpers.
afterEach(runCleanups)

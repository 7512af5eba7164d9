import { afterEach } from 'vitest'
import { endAll } from './after-each.ts'

// Read anew for each file of tests.
afterEach(endAll)

import { afterEach } from 'vitest'
import { endAll } from './eachend.ts'

// Read anew for each file of tests.
afterEach(endAll)

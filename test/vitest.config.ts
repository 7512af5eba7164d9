import { defineConfig } from 'vitest/config'
import { LongestFirst } from './support/longest-first.ts'

export default defineConfig({
  test: {
    // A CommonJS module is what Node makes of it, also here.
    deps: { interopDefault: false },
    root: new URL('..', import.meta.url).pathname,
    setupFiles: ['test/support/setup.ts'],
    // What the files import is read once a worker: a third of the time of all tests together.
    isolate: false,
    // Many tests wait for processes: with two cores the third fills the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A busy machine gets time, where a test measures no speed.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // PostgreSQL has started or stopped by then.
    hookTimeout: 60_000,
  },
})

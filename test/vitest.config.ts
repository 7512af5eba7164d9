import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    setupFiles: ['test/setup.ts'],
    // What the files import is read once a worker: a third of the time of all tests together.
    isolate: false,
    maxWorkers: 2,
    // A busy machine gets time, where a test measures no speed.
    testTimeout: 20_000,
  },
})

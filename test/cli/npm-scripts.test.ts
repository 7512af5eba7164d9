import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/**
 * What `sh` and Windows’ `cmd.exe` understand alike: programs that npm finds, with plain words and words in double
 * quotes, joined by `&&`. Neither reads anything into the signs that these may contain.
 */
const PROGRAM = '(?:node|npm|biome|tsc|vitest)'
const WORD = String.raw`(?:[\w@:./=-]+|"[^"$\`%!^\\\n]*")`
const COMMON = new RegExp(`^${PROGRAM}(?: ${WORD})*(?: && ${PROGRAM}(?: ${WORD})*)*$`)

test.each(Object.entries(scripts))('npm run %s works in every shell', (_name, script) => {
  expect(script).toMatch(COMMON)
})

test.each([
  'exec node src/cli.ts start',
  "node -e 'process.exit(1)'",
  'rm -rf data',
  'LOG_LEVEL=debug node src/cli.ts start',
  'node src/cli.ts start; echo done',
  'node src/cli.ts start > log',
  'node "$HOME/x.js"',
  'node src/*.js',
])('what only some shells know is seen: %s', script => {
  expect(script).not.toMatch(COMMON)
})

test('npm stands between a host and no process that it starts: it does not pass signals on', () => {
  for (const file of ['Procfile', 'docs/deploy/Containerfile', 'docs/deploy/nutgraf.service'])
    expect(read(file), file).not.toMatch(/^(?:\w+: |CMD|ExecStart=).*\bnpm\b/m)
})

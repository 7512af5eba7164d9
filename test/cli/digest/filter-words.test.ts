import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { digestImport } from '../../../src/cli/digest/import.ts'
import { digestList } from '../../../src/cli/digest/list.ts'
import { readConfig } from '../../../src/config.ts'
import { withStore } from '../../support/cli/with-store.ts'
import { temporaryFolder } from '../../support/start-process.ts'

/** What is printed while something runs. */
async function printed(stream: 'stdout' | 'stderr', work: () => Promise<unknown>): Promise<string> {
  const write = vi.spyOn(process[stream], 'write').mockReturnValue(true)
  try {
    await work()
    return write.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    write.mockRestore()
  }
}

test('words are a column: read, listed, written as a file and read back; a file without it changes none', async () => {
  const read = readConfig({ DATA_DIR: temporaryFolder() })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { config } = read
  const importText = (text: string) => {
    const file = join(config.dataDir, 'places.csv')
    writeFileSync(file, text)
    return digestImport(config, [file])
  }
  const stored = () =>
    withStore(config, async store => (await store.subscriptions.list()).map(({ words }) => words))
  const head = 'place,digest,time,zone,words\n'
  const row = (words: string) => `slack:T1/C1,morning,07:30,UTC,${words}\n`

  expect(await importText(`${head}${row('"ordinance, ""7th circuit"" -sports"')}`)).toBe(0)
  expect(await stored()).toEqual(['ordinance, "7th circuit" -sports'])
  expect(await printed('stdout', () => digestList(config))).toContain(
    '  words: ordinance, "7th circuit" -sports\n',
  )
  const file = await printed('stdout', () => digestList(config, ['--csv']))
  expect(file).toContain(',"ordinance, ""7th circuit"" -sports",')

  expect(await importText('place,digest,time\nslack:T1/C1,morning,08:00\n')).toBe(0)
  expect(await stored()).toEqual(['ordinance, "7th circuit" -sports'])
  expect(await importText(`${head}${row('')}`)).toBe(0)
  expect(await stored()).toEqual([undefined])
  expect(await importText(file)).toBe(0)
  expect(await stored()).toEqual(['ordinance, "7th circuit" -sports'])

  const problem = await printed('stderr', () => importText(`${head}${row('-sports')}`))
  expect(problem).toMatch(/:2 words: Name at least one word that you want, not only -sports/)
  expect(await stored()).toEqual(['ordinance, "7th circuit" -sports'])
})

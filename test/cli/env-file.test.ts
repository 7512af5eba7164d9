import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { expect, test } from 'vitest'
import { readEnvFile } from '../../src/cli/env-file.ts'
import { temporaryFolder } from '../support/start-process.ts'

const TEXT = '# Einstellungen für den Bot\r\nPORT=4000\r\nDATA_DIR="~/nutgraf"\r\n'

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, as PowerShell and Notepad write it', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 of the other kind', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
  ['Latin 1', Buffer.from(TEXT, 'latin1')],
])('settings saved as %s are read', (_, bytes) => {
  const file = join(temporaryFolder(), '.env')
  writeFileSync(file, bytes)
  expect(readEnvFile(file, parse)).toEqual({ PORT: '4000', DATA_DIR: '~/nutgraf' })
})

test('without the file there are no settings', () => {
  expect(readEnvFile(join(temporaryFolder(), '.env'), parse)).toEqual({})
})

import { beforeEach, expect, test, vi } from 'vitest'
import { replay } from '../../src/cli/replay.ts'
import { readConfig } from '../../src/config.ts'
import { afterEachTest } from '../support/after-each.ts'
import { REPLAY_STORIES } from '../support/digests/replay-stories.ts'
import { temporaryFolder } from '../support/start-process.ts'

let out = ''
let err = ''
beforeEach(() => {
  out = ''
  err = ''
  const capture = (write: (text: string) => void) => (text: string | Uint8Array) => {
    write(String(text))
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(
    capture(text => {
      out += text
    }),
  )
  vi.spyOn(process.stderr, 'write').mockImplementation(
    capture(text => {
      err += text
    }),
  )
})
afterEachTest(() => void vi.restoreAllMocks())

function run(dataDir: string, ...args: string[]): Promise<number> {
  const read = readConfig({ DATA_DIR: dataDir, CONTENT_DIR: REPLAY_STORIES })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return replay(read.config, { version: '1', underNpm: false }, args)
}

test('the briefs are printed in frames, quiet days in one line and a total last; what is unknown is said', async () => {
  const dataDir = temporaryFolder()
  expect(await run(dataDir, 'budget', '--from', '2026-09-03', '--to', '2026-09-14')).toBe(0)
  const lines = out.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^Replay · Exampleton’s school budget/)
  expect(lines[1]).toMatch(/^As if each event, quote and correction had been entered at noon/)
  const outline = lines.slice(2).filter(line => line !== '' && !/^[│└├]/.test(line))
  expect(outline).toEqual([
    '┌ Thu 3 Sept 2026 07:30 ───────────────────┐',
    '5 quiet days: nothing posted',
    '┌ Fri 11 Sept 2026 07:30 ──────────────────┐',
    '1 quiet day: nothing posted',
    expect.stringMatching(/^2 briefs · \d+ entries · \d+ words a brief · longest: /),
  ])
  expect(out).toContain('bus fares')
  expect(out).not.toContain('5 votes to 4')
  expect(Math.max(...lines.filter(line => line.startsWith('│')).map(line => line.length))).toBe(44)

  // The content is checked by now, which takes most of the time.
  err = ''
  expect(await run(dataDir, 'budgett', '--digest', 'mornin')).toBe(1)
  expect(err).toBe(
    'There is no story “budgett”. Did you mean “budget”?\nThere is no digest “mornin”. Did you mean “morning”?\n',
  )
})

test('the sample feed is shown as it would have been posted: as it comes, in a brief, edited and withdrawn', async () => {
  const dataDir = temporaryFolder()
  expect(await run(dataDir, '--sample-feed', 'budget')).toBe(0)
  const [heading = '', , ...rest] = out.trimEnd().split('\n')
  expect(heading).toBe('Replay · sample feed · Sample feed · Morning brief')
  expect(rest.filter(line => /^[^│└]/.test(line))).toEqual([
    expect.stringMatching(/^┌ 07:29:25 · Sample feed ─+┐$/),
    expect.stringMatching(/^┌ 07:29:45 · Sample feed ─+┐$/),
    expect.stringMatching(/^┌ 07:30:00 · Morning brief ─+┐$/),
    expect.stringMatching(/^┌ 07:30:15 · Sample feed, edited ─+┐$/),
    expect.stringMatching(/^┌ 07:30:15 · Morning brief, edited ─+┐$/),
    expect.stringMatching(/^┌ 07:30:45 · Sample feed ─+┐$/),
    expect.stringMatching(/^┌ 07:31:15 · Sample feed, edited ─+┐$/),
    '4 posts · 3 edits of them',
  ])
  const [, , , brief = '', edit = '', editedBrief = '', last = '', withdrawn = ''] = rest
    .join('\n')
    .split('┌')
    .map(frame => frame.replaceAll(/[│\s]+/g, ' '))
  expect(brief).toContain('In the news (not checked by our desk) • Old bridge stays shut until June')
  const changed =
    'HEADLINE CHANGED by Sample Gazette, 07:30 · was: Old bridge stays shut until June, mayor says'
  for (const edited of [edit, editedBrief]) {
    expect(edited).toContain(changed)
    expect(edited).toContain('Old bridge stays shut until July')
  }
  expect(last).toContain('Drivers protest')
  expect(withdrawn).toContain('WITHDRAWN by Sample Gazette, 07:31')
  expect(withdrawn).not.toContain('Drivers')
  expect(await run(dataDir, '--sample-feed', '--from', '2026-09-03')).toBe(2)
  expect(err).toContain('leave out --digest, --from and --to')
})

test('without a story and a digest, it says how to ask', async () => {
  expect(await run(temporaryFolder())).toBe(2)
  expect(err).toContain('nutgraf replay [<story> …]')
  expect(out).toBe('')
})

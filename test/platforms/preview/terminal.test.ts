import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { createTerminal, type Terminal } from '../../../src/platforms/preview/terminal.ts'
import { stripControls, wrap } from '../../../src/platforms/preview/wrap.ts'
import { answer, commands, suggest } from '../../support/preview/fake-preview.ts'

let open: Terminal | undefined
afterEach(() => open?.stop())

function prompt(more: Partial<Parameters<typeof createTerminal>[0]> = {}) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { columns: 60, isTTY: true })
  let seen = ''
  output.on('data', chunk => {
    seen += chunk
  })
  const interrupt = vi.fn()
  open = createTerminal({ answer, commands, suggest, input, output, interrupt, ...more })
  const say = async (typed: string, expected: string | RegExp) => {
    seen = ''
    input.write(typed)
    await expect.poll(() => seen).toMatch(expected)
    return seen
  }
  return { input, output, interrupt, say, shown: () => seen }
}

test('a line is answered, label first, with numbered choices; a number runs one', async () => {
  const { say } = prompt()
  const answer = await say('/lawsuit summary\r', '2  Share to channel')
  expect(answer.indexOf('ARCHIVED STORY')).toBeLessThan(answer.indexOf('Chicago v. Sessions'))
  expect(await say('1\r', 'One source')).toContain('/lawsuit sources')
})

test('an empty line gives the hint, a number without a choice as well, help helps', async () => {
  const { say } = prompt()
  await say('\r', 'Type a command')
  await say('7\r', 'Type a command')
  await say('help\r', 'Help is here')
})

test('nothing from outside drives the terminal', async () => {
  const { say } = prompt()
  const printed = await say('/hostile\r', /onerror.*nutgraf> /s)
  expect(printed).not.toContain('\u001b[31m')
  expect(stripControls('a\u001b]0;title\u0007b\u0008\u202ec\r\nd\u009b31m')).toBe('abc\nd')
})

test('a picture is told in words, with the line that saves it, fit for a shell', async () => {
  const { say } = prompt()
  const printed = await say('/card\r', 'Its picture as a file')
  expect(printed).toContain('“exact words”')
  expect(printed).toContain('npm run -s ask -- "/card" --save card.png')
  expect(await say('/card "it\u2019s $HOME\'s"\r', '--save')).toContain(
    `-- '/card "it\u2019s $HOME'\\''s"' --save card.png`,
  )
})

test('Tab completes commands, verbs and values', async () => {
  const { say } = prompt()
  await say('/law\t', '/lawsuit')
  await say(' su\t', 'summary')
  await say('\r', 'ARCHIVED')
  await say('/quote ses\t', '/quote sessions')
})

test('exit and Ctrl-D close the prompt only; Ctrl-C interrupts the process', async () => {
  const first = prompt()
  first.input.write('\u0003')
  await expect.poll(() => first.interrupt.mock.calls.length).toBe(1)
  await first.say('exit\r', 'nutgraf keeps running')
  const second = prompt()
  await second.say('\u0004', 'nutgraf keeps running')
  const third = prompt()
  third.input.end()
  await expect.poll(third.shown).toContain('nutgraf keeps running')
})

test('a notice stands above what is being typed', async () => {
  const { input, output, say, shown } = prompt()
  await say('/law', '/law')
  open?.notify('Posted: morning brief \u001b[2J')
  await expect.poll(shown).toMatch(/Posted: morning brief\s*\n.*nutgraf> \/law/s)
  expect(shown()).not.toContain('\u001b[2J')
  input.write('suit summary\r')
  await expect.poll(shown).toContain('ARCHIVED')
  output.destroy()
})

test('an answer that fails is one sentence, and the prompt goes on', async () => {
  const { say } = prompt()
  await say('/boom\r', 'That failed: Error: no answer')
  await say('help\r', 'Help is here')
})

test('a public line is posted once', async () => {
  const publish = vi.fn(async () => ({ message: { place: 'preview:local' as const, id: '1' } }))
  const { say } = prompt({ publish })
  await say('/lawsuit summary --public\r', 'Posted in the preview')
  expect(publish).toHaveBeenCalledOnce()
})

test('lines break between words and hang under a bullet', () => {
  expect(wrap('• one two three four five six', 20)).toBe('• one two three four\n  five six')
  expect(wrap('averyveryverylongwordthatcannotbreak end', 20)).toBe(
    'averyveryverylongwordthatcannotbreak\nend',
  )
  expect(wrap('漢字漢字漢字 漢字漢字漢字', 20)).toBe('漢字漢字漢字\n漢字漢字漢字')
})

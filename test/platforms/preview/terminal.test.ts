import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { createTerminal, type Terminal } from '../../../src/platforms/preview/terminal.ts'
import { stripControls, wrap } from '../../../src/platforms/preview/wrap.ts'
import { answer, commands, suggest } from '../../support/preview/fake-preview.ts'

let open: Terminal | undefined
afterEach(() => open?.stop())

function prompt(overrides: Partial<Parameters<typeof createTerminal>[0]> = {}) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { columns: 60, isTTY: true })
  let printed = ''
  output.on('data', chunk => {
    printed += chunk
  })
  const interrupt = vi.fn()
  open = createTerminal({ answer, commands, suggest, input, output, interrupt, ...overrides })
  const say = async (typed: string, expected: string | RegExp) => {
    printed = ''
    input.write(typed)
    await expect.poll(() => printed).toMatch(expected)
    return printed
  }
  return { input, output, interrupt, say, shown: () => printed }
}

test('a line is answered, label first, with numbered choices; a number runs one', async () => {
  const { say } = prompt()
  const answer = await say('/lawsuit summary\r', '2  Share to channel')
  expect(answer.indexOf('ARCHIVED STORY')).toBeLessThan(answer.indexOf('Chicago v. Sessions'))
  expect(await say('1\r', 'One source')).toContain('/lawsuit sources')
})

test('an empty line or a number without a choice prints the hint, and `help` the help', async () => {
  const { say } = prompt()
  await say('\r', 'Type a command')
  await say('7\r', 'Type a command')
  await say('help\r', 'Help is here')
})

test('text from outside cannot control the terminal', async () => {
  const { say } = prompt()
  const printed = await say('/hostile\r', /onerror.*nutgraf> /s)
  expect(printed).not.toContain('\u001b[31m')
  expect(stripControls('a\u001b]0;title\u0007b\u0008\u202ec\r\nd\u009b31m')).toBe('abc\nd')
})

test('a picture is printed as text, with the shell command that saves it', async () => {
  const { say } = prompt()
  const printed = await say('/card\r', 'To save its picture')
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

test('a notice is printed above what is being typed', async () => {
  const { input, output, say, shown } = prompt()
  await say('/law', '/law')
  open?.notify('Posted: morning brief \u001b[2J')
  await expect.poll(shown).toMatch(/Posted: morning brief\s*\n.*nutgraf> \/law/s)
  expect(shown()).not.toContain('\u001b[2J')
  input.write('suit summary\r')
  await expect.poll(shown).toContain('ARCHIVED')
  output.destroy()
})

test('an answer that fails is one sentence, and the prompt continues', async () => {
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

test('lines are wrapped between words and indented under a bullet', () => {
  expect(wrap('• one two three four five six', 20)).toBe('• one two three four\n  five six')
  expect(wrap('averyveryverylongwordthatcannotbreak end', 20)).toBe(
    'averyveryverylongwordthatcannotbreak\nend',
  )
  expect(wrap('漢字漢字漢字 漢字漢字漢字', 20)).toBe('漢字漢字漢字\n漢字漢字漢字')
})

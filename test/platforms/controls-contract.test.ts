import { describe, expect, test } from 'vitest'
import { MAX_MENUS, MAX_OPTIONS, type Reply } from '../../src/chat/reply.ts'
import { createLineSaver as createDiscordSaver } from '../../src/platforms/discord/controls.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { formatChoices } from '../../src/platforms/preview/choices.ts'
import { drawReply } from '../../src/platforms/preview/draw-reply.ts'
import { createLineSaver as createSlackSaver } from '../../src/platforms/slack/controls/draw.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { findPressedLine, readPressed } from '../../src/platforms/stored-lines.ts'
import { componentProblem } from '../support/discord/components.ts'
import { sentenceReply } from '../support/echo-answer.ts'
import { createButtonLines } from '../support/platforms/bundled-answers.ts'
import { recordingLog } from '../support/recording-log.ts'
import { controlProblem } from '../support/slack/controls.ts'

/** What each platform that draws messages must do with buttons and menus. */
const PLATFORMS = [
  {
    name: 'Slack',
    render: renderSlack,
    maxLabel: 75,
    saver: createSlackSaver,
    problem: (message: unknown) => controlProblem((message as { blocks: [] }).blocks),
  },
  {
    name: 'Discord',
    render: renderDiscord,
    maxLabel: 100,
    saver: createDiscordSaver,
    problem: (message: unknown) => componentProblem((message as { components: [] }).components),
  },
]

const LONG_LINE = `/nutgraf find "${'bridge '.repeat(60)}"`
const option = (index: number, line = `/lawsuit timeline #${index}`) => ({ label: `Event ${index}`, line })
const options = (count: number) => Array.from({ length: count }, (_, index) => option(index))
const withMenus = (...menus: Reply['menus'] & {}): Reply => ({ ...sentenceReply('x'), menus })

/** Every value that a press can send back, by what is shown. */
function valuesIn(message: unknown): Record<string, string> {
  const values: Record<string, string> = {}
  JSON.parse(JSON.stringify(message), (_, value) => {
    const label = typeof value?.label === 'string' ? value.label : value?.text?.text
    if (typeof value?.value === 'string' && label) values[label] = value.value
    return value
  })
  return values
}

describe.each(PLATFORMS)('menus on $name', ({ name, render, maxLabel, saver, problem }) => {
  test('as many as a reply may have are drawn as the platform takes them, with the buttons', () => {
    const menus = Array.from({ length: MAX_MENUS }, (_, index) => ({
      label: `Menu ${index}`,
      options: options(MAX_OPTIONS),
    }))
    const message = render({
      ...withMenus(...menus),
      buttons: [{ label: 'Next page', line: '/x', turns: true }],
    })
    expect(problem(message)).toBeUndefined()
    const sent = JSON.stringify(message)
    for (const label of ['Menu 0', 'Menu 1', 'Event 0', 'Event 24', 'Next page'])
      expect(sent).toContain(label)
  })

  test('what does not fit is refused with its number, never cut', () => {
    const menu = { label: 'Pick', options: options(1) }
    expect(() => render(withMenus(menu, menu, menu))).toThrow('3 menus, at most 2')
    expect(() => render(withMenus({ ...menu, options: options(26) }))).toThrow(
      '26 options in a menu, at most 25',
    )
    expect(() => render(withMenus({ ...menu, label: 'x'.repeat(151) }))).toThrow(
      'label of a menu has 151 characters, at most 150',
    )
    const long = { label: 'x'.repeat(maxLabel + 1), line: '/x' }
    expect(() => render(withMenus({ ...menu, options: [long] }))).toThrow(
      `label of an option has ${maxLabel + 1} characters, at most ${maxLabel}`,
    )
    for (const empty of [
      { ...menu, label: '' },
      { ...menu, options: [] },
    ])
      expect(() => render(withMenus(empty))).toThrow('a menu needs a label and options')
    for (const wrong of [
      { label: '', line: '/x' },
      { label: 'x', line: '' },
    ])
      expect(() => render(withMenus({ ...menu, options: [wrong] }))).toThrow(
        'an option needs a label and a line',
      )
  })

  test('one line in two options, in both menus and in buttons breaks nothing', () => {
    const same = [
      { label: 'One', line: '/x' },
      { label: 'Two', line: '/x' },
      { label: 'Three', line: LONG_LINE },
      { label: 'Four', line: LONG_LINE },
    ]
    const message = render({
      ...withMenus({ label: 'A', options: same }, { label: 'B', options: same }),
      buttons: [
        { label: 'Turn', line: '/x', turns: true },
        { label: 'Run', line: '/x' },
      ],
    })
    expect(problem(message)).toBeUndefined()
    expect(JSON.stringify(message)).toContain('Run')
  })

  test('a line that is too long for an option is stored, found again, and can be pressed in the preview', async () => {
    const lines = createButtonLines()
    const log = recordingLog()
    const reply = withMenus({ label: 'A', options: [option(1), option(2, LONG_LINE)] })
    await saver(lines, log)(reply)
    expect([...lines.all.values()]).toEqual([LONG_LINE])
    const message = render(reply)
    expect(problem(message)).toBeUndefined()
    const found = Object.values(valuesIn(message)).map(async value => {
      const pressed = readPressed(value)
      return pressed && [pressed.turns, await findPressedLine(pressed, lines, log)]
    })
    expect(await Promise.all(found)).toEqual([
      [true, '/lawsuit timeline #1'],
      [true, LONG_LINE],
    ])
    const { view } = await drawReply({ name, render }, reply, { at: 0, callerOnly: true })
    expect(JSON.stringify(view)).toContain(JSON.stringify({ name: 'Event 2', run: LONG_LINE }))
  })

  test('a line that is not stored any more, or cannot be read, is said to be', async () => {
    const message = render(withMenus({ label: 'A', options: [option(1, LONG_LINE)] }))
    const pressed = readPressed(Object.values(valuesIn(message))[0]!)!
    const answerOf = async (...asked: Parameters<typeof findPressedLine>) =>
      JSON.stringify(await findPressedLine(...asked))
    expect(await answerOf(pressed, createButtonLines(), recordingLog())).toContain('This button is too old')
    const broken = { ...createButtonLines(), find: () => Promise.reject(new Error('no disk')) }
    expect(await answerOf(pressed, broken, recordingLog())).toContain('can’t look up right now')
  })
})

test('the terminal numbers options after the buttons: short ones in a line, longer ones below each other', () => {
  const long = 'Judge Leinenweber blocks two conditions nationwide'
  expect(
    formatChoices({
      ...withMenus(
        { label: 'Choose a year', options: [option(2017), option(2018)] },
        { label: 'Open an event', options: [{ label: long, line: '/x' }] },
      ),
      buttons: [{ label: 'Next page', line: '/lawsuit timeline --page 2' }],
    }),
  ).toBe(
    `1  Next page  (/lawsuit timeline --page 2)\nChoose a year:  2  Event 2017 · 3  Event 2018\nOpen an event:\n4  ${long}`,
  )
})

import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { NOON } from '../support/noon.ts'

const stories = libraryFromFiles(
  storyFiles('bridge', { meta: { command: 'span' } }),
  storyFiles('old-bridge'),
)
const { ask, say, buttons, commands, errors } = startConversation(stories)

describe('a word that nobody knows', () => {
  test.each([
    ['/span sumary', 'I don’t know “sumary”. Did you mean: /span summary? What you can ask: /span help'],
    ['/span qoute', 'I don’t know “qoute”. Did you mean: /span quotes? What you can ask: /span help'],
    ['/span s', 'I don’t know “s”. What you can ask: /span help'],
    [
      '/nutgraf bridg',
      'I don’t know “bridg”. Did you mean: /nutgraf bridge? What you can ask: /nutgraf help',
    ],
    [
      '/nutgraf fnid x',
      'I don’t know “fnid”. Did you mean: /nutgraf find x? What you can ask: /nutgraf help',
    ],
    ['/qoute x', 'I don’t know “qoute”. Did you mean: /quote x? What you can ask: /nutgraf help'],
    [
      '/nutgraf story old-brigde',
      'I don’t know “old-brigde”. Did you mean: /nutgraf story old-bridge? What you can ask: /nutgraf story list',
    ],
    [
      '/nutgraf help fnd',
      'I don’t know “fnd”. Did you mean: /nutgraf help find? What you can ask: /nutgraf help',
    ],
    ['/span zzzzzz', 'I don’t know “zzzzzz”. What you can ask: /span help'],
  ])('%s', (typed, answer) => {
    expect(say(typed)).toBe(answer)
    expect(ask(typed).refusal).toBe(true)
  })

  test('the closest three, the closest first, each a button', () => {
    const titled = ['stark', 'start', 'stars', 'state', 'starts']
    const { say, buttons } = startConversation(libraryFromFiles(...titled.map(slug => storyFiles(slug))))
    expect(say('/nutgraf starx')).toContain('Did you mean: /nutgraf stark, /nutgraf stars, /nutgraf start?')
    expect(buttons('/nutgraf starx')).toEqual([
      'stark: /nutgraf stark',
      'stars: /nutgraf stars',
      'start: /nutgraf start',
    ])
  })

  test('is repeated only to whoever typed it, and only when it is fit to be', () => {
    expect(say('/span naughty', { audience: 'place' })).toMatch(/^I don’t know that word\./)
    expect(say('/span naughty --public')).toMatch(/^I don’t know that word\./)
    for (const typed of ['x'.repeat(61), 'a\u202eb', 'a\u0007b', 'a\u2028b', '\ud800'])
      expect(say(`/span "${typed}"`), typed).toMatch(/^I don’t know that word\./)
    expect(say('/span <!channel>')).toMatch(/^I don’t know “<!channel>”/)
  })
})

test('nothing that a caller typed is read by others', () => {
  const place = { audience: 'place' as const }
  for (const typed of [
    '/quote naughty words here',
    '/quote bridge naughty --story naughty',
    '/quote stays #99999',
    '/quote check the bridge stays naughty until it is naughty',
    '/nutgraf find naughty',
    '/nutgraf find rust --story naughty',
    '/nutgraf find "rust ☠naughty☠"',
    '/nutgraf find rust --page 99',
    '/nutgraf naughty',
    '/nutgraf story naughty',
    '/nutgraf help naughty',
    '/naughty',
    '/span naughty',
    '/span quotes naughty',
    '/span who naughty',
    '/span who "ana 🖕" --page 9',
    '/span timeline naughty',
    '/span timeline --since naughty',
    '/span sources naughty',
    '/span summary --naughty',
    '/span summary --page naughty',
  ])
    expect(say(typed, place), typed).not.toMatch(/naughty|☠|🖕/)
})

test('the desk is listed nowhere where nobody may use it', () => {
  const listed = JSON.stringify([
    commands(),
    say('/nutgraf help'),
    say('/span help'),
    say('/span help --page 2'),
  ])
  expect(listed).not.toMatch(/desk/)
})

test('without a bot that runs there is no memory for digests, and that is said', () => {
  for (const typed of [
    '/digest',
    '/digest on morning 7:30',
    '/nutgraf digest status',
    'digest',
    '/span follow',
  ])
    expect(say(typed), typed).toMatch(/^Digests need a running bot.* Nothing was changed/)
  expect(say('/digest help')).toMatch(/^Digests are posted here on a schedule/)
  expect(say('/nutgraf help digest')).toContain('/digest on <name> [time] [zone] [days] [stories]')
})

describe('flags', () => {
  test('one that nobody knows, one that is not taken here, one without its value', () => {
    expect(say('/span summary --pulbic')).toMatch(
      /^I don’t know that flag\. \/span summary takes --page, --public\./,
    )
    expect(say('/span summary —story x')).toBe(
      '/span summary does not take --story. It takes --page, --public.',
    )
    expect(say('/quote ana --page 2')).toBe(
      '/quote does not take --page. It takes --story, --card, --dark, --public.',
    )
    expect(say('/nutgraf about --since 7d')).toBe('/nutgraf about does not take --since. It takes --public.')
    expect(say('/nutgraf story list --since 7d')).toContain('does not take --since')
    expect(say('/nutgraf changes --since')).toContain('--since needs a value')
    expect(say('/span timeline --since ""')).toContain('--since needs a value')
  })

  test('--public, however it is typed, makes the answer one for all', () => {
    for (const typed of ['--public', '—public', '–PUBLIC', '--public.'])
      expect(ask(`/span summary ${typed}`).audience, typed).toBe('place')
    expect(ask('/span summary').audience).toBe('caller')
    expect(ask('/span summary', { audience: 'place' }).audience).toBe('place')
    expect(ask('/quote "--public"').audience).toBe('caller')
  })

  test('a value of --public is refused, or no would mean yes', () => {
    for (const typed of [
      '/span summary --public=no',
      '/quote ana --public=false',
      '/nutgraf help --public=0',
    ]) {
      expect(ask(typed).refusal, typed).toBe(true)
      expect(say(typed), typed).toMatch(/^--public takes no value/)
    }
  })

  test('a private answer can be shared, a public one or a refusal cannot', () => {
    expect(buttons('/span who')).toEqual([
      'What changed: /span changes --since 2026-04-05',
      'Share to channel: /span who --public',
    ])
    expect(buttons('/span who --public')).toEqual(['What changed: /span changes --since 2026-04-05'])
    expect(buttons('/nutgraf help')).toEqual([])
    expect(buttons('/quote xyz')).toEqual([])
    expect(toPlainText(ask('/span facts --public'))).toBe(say('/span facts'))
  })
})

test('new content is answered from at once, under the same revision too', () => {
  let current = stories
  const none = () => {}
  const log = { debug: none, info: none, warn: none, error: none }
  const { answer, commands } = createHandler({ library: () => current, version: '1', zone: 'UTC' }, log)
  const say = async (command: string, text: string) =>
    toPlainText(
      await answer({
        command,
        text,
        place: 'slack:T/C',
        caller: { id: 'x', rights: [] },
        audience: 'caller',
        at: NOON,
      }),
    )
  const names = () => commands().map(command => command.name)
  expect(names()).toEqual(['nutgraf', 'quote', 'story', 'find', 'wire', 'changes', 'span', 'digest'])
  return (async () => {
    expect(await say('nutgraf', 'changes --since 2026-01-01')).toContain('CHANGES')
    expect(await say('nutgraf', 'find rust')).toContain('2 hits')
    current = libraryFromFiles(storyFiles('bridge', { meta: { command: 'arch' }, timeline: [] }))
    expect(names().at(-2)).toBe('arch')
    expect(await say('span', 'summary')).toContain('I don’t know “span”')
    expect(await say('nutgraf', 'find rust')).toContain('Nothing found')
    expect(await say('nutgraf', 'changes --since 2026-01-01')).toContain('No corrections')
    expect(await say('nutgraf', 'story list')).not.toContain('old-bridge')
  })()
})

test('what goes wrong is one polite sentence, and a line for the log', () => {
  const broken = {
    ...stories,
    story: () => {
      throw new Error('disk on fire')
    },
  }
  const { say, errors } = startConversation(broken)
  expect(say('/nutgraf bridge')).toBe(
    'Something went wrong on our side, and it has been logged. Please try again, or ask /nutgraf help.',
  )
  expect(errors).toMatchObject([
    { err: { message: 'disk on fire' }, command: 'nutgraf', place: 'slack:T1/C1' },
  ])
})

test('a caller’s zone counts their days; a zone that does not exist is not theirs', () => {
  const midnight = { at: Date.parse('2026-05-05T02:00:00Z') }
  const caller = (zone: string) => ({ ...midnight, caller: { id: 'x', zone, rights: [] } })
  const since = (call: object) => say('/span timeline --since today', call)
  expect(since(caller('Asia/Tokyo'))).toContain('No events in that time')
  expect(since(caller('America/Chicago'))).toContain('Drivers protest')
  expect(since(caller('Mars/Olympus'))).toContain('Drivers protest')
})

test('nothing went wrong on the way', () => {
  expect(errors).toEqual([])
})

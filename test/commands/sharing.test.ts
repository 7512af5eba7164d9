import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import { NOON } from '../support/noon.ts'

const { ask, say, buttons } = startConversation(bundledLibrary)

describe('the line under what is shared', () => {
  const asked = (typed: string) => ask(`${typed} --public`).canonicalLine

  test('is the line that was typed, where every word of it is ours', () => {
    expect(asked('/lawsuit summary')).toBe('/lawsuit summary')
    expect(asked('/LAWSUIT  Timeline 2018-04')).toBe('/lawsuit timeline 2018-04')
    expect(asked('/lawsuit timeline 2017..2018 --since monday')).toBe(
      '/lawsuit timeline 2017..2018 --since monday',
    )
    expect(asked('/quote SESSIONS #2 --story lawsuit')).toBe('/quote sessions #2 --story lawsuit')
    expect(asked('/nutgraf lawsuit quotes sessions --page 2')).toBe(
      '/nutgraf lawsuit quotes sessions --page 2',
    )
  })

  test('is left out where somebody’s own words stand in it', () => {
    for (const typed of [
      '/nutgraf find vote for kim',
      '/quote "every sanctuary city"',
      '/nutgraf find @everyone',
      '/lawsuit timeline 8888-88',
      '/lawsuit timeline --since="last vote for kim"',
    ])
      expect([typed, asked(typed)]).toEqual([typed, undefined])
    // It is the line that was answered, in our words.
    expect(asked('/lawsuit summary vote-for-kim')).toBe('/lawsuit summary')
    expect(ask('/lawsuit summary').canonicalLine).toBeUndefined()
    expect(ask('/lawsuit summary', { audience: 'place' }).canonicalLine).toBeUndefined()
  })
})

test('a check of words is offered to nobody, and posted for nobody', () => {
  const typed = '/quote check "the Attorney General of the United States"'
  expect(buttons(typed).join()).not.toContain('Share')
  const open = ask(`${typed} --public`)
  expect(open.refusal).toBe(true)
  expect(toPlainText(open)).toMatch(/^A check is for you alone/)
})

test('whoever may not write in a channel is not offered to share there', () => {
  const caller = { id: 'discord:1', rights: ['member' as const] }
  expect(buttons('/lawsuit summary', { caller }).join()).toContain('Share to channel')
  expect(buttons('/lawsuit summary', { caller: { ...caller, mayPost: false } }).join()).not.toContain('Share')
})

describe('what changed', () => {
  const at = (on: string) =>
    startConversation(
      libraryFromFiles(
        storyFiles('bridge', {
          meta: { command: 'span' },
          timeline: [{ id: 'rust', date: '2025-12-30', text: 'Rust.', confidence: 'high', sources: [1] }],
          corrections: [{ on, part: 'label', was: 'a', now: 'b', why: 'Misread.' }],
        }),
      ),
    ).buttons
  test('has a button for 30 days after a correction, beside the others and Share', () => {
    const lately = at('2026-05-04')
    expect(lately('/span summary', { at: NOON })).toEqual([
      'Sources: /span sources',
      'What changed: /span changes --since 2026-04-05',
      'Share to channel: /span summary --public',
    ])
    expect(lately('/span facts', { at: NOON })[0]).toBe('What changed: /span changes --since 2026-04-05')
    expect(lately('/span changes', { at: NOON }).join()).not.toContain('What changed')
    const later = (days: number) => lately('/span summary', { at: NOON + days * 86_400_000 }).join()
    expect(later(29)).toContain('What changed')
    expect(later(30)).not.toContain('What changed')
  })
})

test('an old button whose content is gone says so, and what there is', () => {
  const pressed = { fromButton: true as const }
  for (const [typed, rest] of [
    ['/gone summary', /I don’t know “gone”\.|don’t know/],
    ['/lawsuit nosuch', /\/lawsuit help/],
    ['/lawsuit sources #999', /numbered 1 to/],
    ['/lawsuit facts --page 99', /There are \d+ pages/],
    ['/quote sessions #99', /numbered from 1/],
  ] as const) {
    const told = say(typed, pressed)
    expect(told).toMatch(/^This button is out of date: what it led to has changed or is gone\./)
    expect(told).toMatch(rest)
    expect(say(typed)).not.toContain('This button')
  }
  expect(say('/lawsuit summary', pressed)).toBe(say('/lawsuit summary'))
})

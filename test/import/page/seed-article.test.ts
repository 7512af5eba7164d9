import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePage } from '../../../src/import/page/parse-page.ts'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url))
const page = file('test/support/pages/wqad.html')
const stored = file('content/stories/lawsuit/sources/wqad-2017-08-06.txt')

/** The text that an editor stored by hand, paragraph by paragraph: its title, its body, and the two notices to skip. */
const [heading, ARCHIVED, ...rest] = stored.toString().split(/\n+/)
/** White space is collapsed: in the stored title is a space that does not break. */
const title = heading!.replace('\u00a0', ' ')
const OUTDATED = rest.at(-1)!
const BODY = rest.slice(0, -1)

const read = (bytes: Uint8Array, contentType?: string) => {
  const article = parsePage({ bytes, contentType }, NOW)
  if ('failure' in article) throw new Error(article.failure)
  return article
}

describe('the page behind the bundled story', () => {
  test('gives the words that were stored by hand, without the notices', () => {
    const { text, dropped, words, labels } = read(page)
    expect(text.split('\n')).toEqual(BODY)
    expect(words).toBeGreaterThan(290)
    expect(labels).toBeUndefined()
    expect(ARCHIVED).toMatch(/^This is an archived article/)
    expect(dropped).toContain(ARCHIVED)
    for (const word of ['outdated browser', 'Advertisement', 'Sign up', 'Read more', 'neighbor said', '©'])
      expect(text).not.toContain(word)
  })

  test('says what it is called, whose it is and of which day, each with where that stands', () => {
    expect(read(page)).toMatchObject({
      title: { value: title, from: 'json-ld' },
      outlet: { value: 'WQAD', from: 'json-ld' },
      author: { value: 'News staff', from: 'page' },
      published: { date: '2017-08-06', from: 'json-ld', sure: true },
      url: 'https://wqad.com/2017/08/06/chicago-set-to-become-first-city-in-u-s-to-sue-trump-administration-over-immigration-policies/',
    })
  })

  test('has all of its quotations, and no marked words that nobody said', () => {
    const found = findQuotations(read(page).text)
    expect(found.map(({ text, speaker }) => [speaker, text.slice(0, 33)])).toEqual([
      ['Rahm Emanuel', 'Chicago will never be put in a si'],
      ['Rahm Emanuel', 'It is a false choice and a wrong '],
      ['Eddie Johnson', 'Our job is to investigate crime,'],
      ['Eddie Johnson', 'Our job is not to investigate imm'],
      ['Jeff Sessions', 'every sanctuary city to reconside'],
    ])
  })

  test('lists what is left out of its middle, but not the buttons', () => {
    expect(read(page).dropped).toEqual([
      ARCHIVED,
      'Advertisement',
      'Read more: Four more cities are told to open their jails',
      'Sign up for our newsletter',
      'Get the latest news delivered to your inbox every morning.',
    ])
  })
})

test('its plain text gives the same words, and lists both notices', () => {
  const article = read(stored, 'text/plain')
  expect(article.text.split('\n')).toEqual(BODY)
  expect(article).toMatchObject({ title: { value: title, from: 'page' }, dropped: [ARCHIVED, OUTDATED] })
})

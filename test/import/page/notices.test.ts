import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isNotice } from '../../../src/import/page/notices.ts'

describe('a line about the page is a notice', () => {
  test.each([
    'This is an archived article and the information in the article may be outdated.',
    'This article is more than 3 years old',
    'Notice: you are using an outdated browser. Please upgrade your browser.',
    'Read more',
    'READ MORE: What the diver saw',
    'Read more about the bridge',
    'Related: “What the diver saw”',
    'Related stories',
    'Story continues below',
    'Sign up for our newsletter',
    'Sign up here for the Morning Brief, and get it in your inbox.',
    'Subscribe',
    'Get the latest news delivered to your inbox every morning.',
    'Support local journalism today',
    'Download our free app',
    'Advertisement',
    'ADVERTISEMENT - CONTINUE READING BELOW',
    'Share this:',
    'Follow us on Facebook and X',
    'Leave a comment',
    '12 Comments',
    'Have a news tip? Write to the desk.',
    '© 2025 Ashford Post. All rights reserved.',
    'Copyright 2017 The Associated Press. All rights reserved. This material may not be published.',
    'Photo: Rob Ames',
    'Image source, Getty Images',
    'Tom Lee and Ana Ruiz contributed to this report.',
    'Reporting by Tom Lee; editing by Ana Ruiz',
    'Published: 3 November 2025, 17:05 GMT',
    'Nov. 3, 2025, 5:05 pm',
    'By Fiona Ames',
    '5 min read',
  ])('%s', line => {
    expect(isNotice(line)).toBe(true)
  })
})

describe('a line of the story is none, whatever it begins with', () => {
  test.each([
    'Read more books, he told the pupils.',
    'Sign up sheets were empty by noon, and nobody had signed for the night.',
    'Subscribe to that theory and you must explain the bolts.',
    'Share prices fell by a third on Monday.',
    'Advertisement spending fell in all four counties, the report says.',
    'Related cases in Oregon and Texas are still open.',
    'Photo evidence was lost in the fire.',
    'By Monday the river had risen by three feet.',
    'Follow the money, she said.',
    'Comments by the mayor drew laughter.',
    'Watch officers saw the ship at four, the log says.',
    'Support for the bridge fell to 41 percent today.',
    'Sign up: “We will march until the last of us has been heard, and then we will march again,” the page said.',
    'Published reports said that the levy had passed.',
    'He has copyright in the photo, the court said.',
    '"Nobody drives on a bolt that we have not seen."',
    '2025 was the worst of them.',
  ])('%s', line => {
    expect(isNotice(line)).toBe(false)
  })

  test('nor is any paragraph with a quotation of the texts to develop on, should they be there', () => {
    const folder = new URL('../../../../shared/quotes-dev/', import.meta.url)
    let texts: string[]
    try {
      texts = ['challenge', 'gum'].map(name => readFileSync(new URL(`${name}.dev.jsonl`, folder), 'utf8'))
    } catch {
      return
    }
    const articles = texts.flatMap(text => text.trim().split('\n')).map(line => JSON.parse(line))
    expect(articles.length).toBeGreaterThan(10)
    const taken = articles.flatMap(({ text, quotes }: { text: string; quotes: { text: string }[] }) =>
      text.split('\n').filter(line => isNotice(line) && quotes.some(quote => line.includes(quote.text))),
    )
    expect(taken).toEqual([])
  })
})

test('no line makes it look long', () => {
  const long = ['sign up for ', 'read more ', 'photo by ', 'a/', '©', 'follow us on x ', 'all rights '].map(
    words => words.repeat(60).slice(0, 590),
  )
  for (const line of long) expect(typeof isNotice(line)).toBe('boolean')
  expect(isNotice('x'.repeat(1_000_000))).toBe(false)
})

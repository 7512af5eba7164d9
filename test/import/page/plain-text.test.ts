import { describe, expect, test } from 'vitest'
import { parsePlainText } from '../../../src/import/page/parse-plain-text.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const read = (text: string) => parsePlainText(text, { now: NOW })
const lines = (text: string) => read(text).text.split('\n')

describe('a plain text', () => {
  test('has paragraphs with blank lines between them, or one a line', () => {
    const [one, two] = [
      'The council met on Monday and voted at last.',
      'It will meet again in May, the mayor said.',
    ]
    expect(lines(`${one}\n\n${two}\n`)).toEqual([one, two])
    expect(lines(`${one}\r\n${two}`)).toEqual([one, two])
    expect(lines(`\ufeff${one}\u2028${two}`)).toEqual([one, two])
  })

  test('with lines that were broken because they were full is joined again', () => {
    expect(
      lines(
        'The council met on Monday in\nthe old mill and voted at last\non the bridge.\n\n  It will meet again in May, the\nmayor said, in the new hall -\nif there is one by then.\nNobody laughed.',
      ),
    ).toEqual([
      'The council met on Monday in the old mill and voted at last on the bridge.',
      'It will meet again in May, the mayor said, in the new hall - if there is one by then.',
      'Nobody laughed.',
    ])
  })

  test('keeps a hyphen at the end of a line: whether the word has one is not known', () => {
    expect(lines('The council met on Monday in the well-\nknown hall of the old mill, and voted.')).toEqual([
      'The council met on Monday in the well-known hall of the old mill, and voted.',
    ])
  })

  test('keeps every word of long lines, and every mark', () => {
    const long = `“${'Nobody drives on a bolt that we have not seen. '.repeat(40).trim()}” – D. W.`
    expect(lines(`${long}\n${long}`)).toEqual([long, long])
  })

  test('begins with its title, if the first line looks like one', () => {
    expect(read('Levy fails again\n\nVoters turned it down on Tuesday.')).toMatchObject({
      title: { value: 'Levy fails again', from: 'page' },
      text: 'Voters turned it down on Tuesday.',
    })
    for (const first of ['Voters turned it down.', '"No," they said, and went', 'THE CLERK: We begin'])
      expect(read(`${first}\n\nIt was the third time.`).title).toBeUndefined()
  })

  test('has a date only where a line is nothing but one, and never surely', () => {
    expect(read('Levy fails\nPublished: 4 November 2025\n\nVoters said no.').published).toEqual({
      date: '2025-11-04',
      from: 'text',
      sure: false,
    })
    expect(read('Levy fails\n\nOn 4 November 2025 voters said no.').published).toBeUndefined()
  })
})

describe('a transcript', () => {
  test('has a paragraph for each speaker, with lines that go on joined', () => {
    const article = read(
      'Hearing of March 3\n\nTHE COURT: We are on the record\nin City of Marlow against Hale.\nMS. ORTIZ: Good morning, Your\nHonor.\nQ. Did you see the bolt?\nA. I did.\nQ. When?\nA. In June.',
    )
    expect(article.labels).toBe(true)
    expect(article.text.split('\n')).toEqual([
      'THE COURT: We are on the record in City of Marlow against Hale.',
      'MS. ORTIZ: Good morning, Your Honor.',
      'Q. Did you see the bolt?',
      'A. I did.',
      'Q. When?',
      'A. In June.',
    ])
  })

  test('is no list of fields, and no text with a colon here and there', () => {
    expect(read('Name: Hale\nDate: March 3\nPlace: Marlow\nCase: 12\nNote: none').labels).toBeUndefined()
    expect(
      read('One thing is sure: it fails.\nThe Mayor: a portrait\nShe said: no.\nHe said: yes.').labels,
    ).toBeUndefined()
  })
})

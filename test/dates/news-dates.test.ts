import { expect, test } from 'vitest'
import { newsDates } from '../../src/dates/news-dates.ts'

/** The dates of a text as `words = date`, with `?` where it is not sure, and nothing where it is not known. */
const read = (text: string, published?: string) =>
  newsDates(text, published).map(({ text: words, date = '', sure }) => `${words} = ${date}${sure ? '' : '?'}`)

test.each([
  ['Mayor Emanuel announced Sunday.', '2017-08-06', 'Sunday = 2017-08-06'],
  ['Monday morning, the city will file a lawsuit.', '2017-08-06', 'Monday = 2017-08-07'],
  ['The attack was launched on Wednesday by a user.', '2008-01-20', 'Wednesday = 2008-01-16'],
  ['It burned on Sunday, Aug. 6, 2017, at noon.', '2017-08-10', 'Sunday, Aug. 6, 2017 = 2017-08-06'],
  ['They met on the 7th of August 2017.', undefined, '7th of August 2017 = 2017-08-07'],
  ['They met on 7 August.', '2017-09-01', '7 August = 2017-08-07'],
  ['The court ruled in July.', '2017-09-01', 'July = 2017-07'],
  ['It opened in September 2021.', '2022-01-01', 'September 2021 = 2021-09'],
  ['It has run since 1990.', '2022-01-01', '1990 = 1990'],
  ['The fire broke out on Dec. 28.', '2018-01-03', 'Dec. 28 = 2017-12-28'],
  ['The hearing is set for Jan. 12.', '2017-12-03', 'Jan. 12 = 2018-01-12'],
  ['A vote is to be held on November 20.', '2015-05-07', 'November 20 = 2015-11-20'],
  ['He resigned yesterday.', '2018-03-01', 'yesterday = 2018-02-28'],
  ['It fell last month and rose this year.', '2018-01-05', 'last month = 2017-12, this year = 2018'],
  ['On 2017-08-06 it began.', undefined, '2017-08-06 = 2017-08-06'],
])('%s', (text, published, wanted) => {
  expect(read(text, published).join(', ')).toBe(wanted)
})

test('what nobody can tell is found and not guessed', () => {
  const text = 'They met last week, two days ago, last Friday and next Tuesday, or on 31 February 2018.'
  expect(read(text, '2018-03-10')).toEqual([
    'last week = ?',
    'two days ago = ?',
    'last Friday = ?',
    'next Tuesday = ?',
    '31 February 2018 = ?',
  ])
  expect(read('They met on Sunday.')).toEqual(['Sunday = ?'])
})

test('a verb of each tense as near as the other leaves a day open to doubt', () => {
  const [day] = newsDates('He said Friday will do.', '2018-03-10')
  expect(day).toMatchObject({ text: 'Friday', sure: false })
})

test('words, names and figures that look like dates are none', () => {
  expect(
    read('She may march with May. In 2000 meters, 40 percent; section 1373 of 8 U.S.C.', '2018-03-10'),
  ).toEqual([])
})

test('a long text of what may be a date is read, piece by piece', () => {
  const counts = ['in January ', 'last ', 'Monday, '].map(
    piece => newsDates(piece.repeat(20_000), '2018-01-01').length,
  )
  expect(counts).toEqual([20_000, 0, 20_000])
})

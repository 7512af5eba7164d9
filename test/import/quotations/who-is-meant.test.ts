import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

/** The speakers of the quotations of some paragraphs, in order; one that is not sure has a question mark. */
const speakers = (...paragraphs: string[]) =>
  findQuotations(paragraphs.join('\n\n')).map(({ speaker, sure }) => `${speaker ?? '–'}${sure ? '' : '?'}`)

/** Paragraphs, and the speakers of their quotations. */
type Case = [what: string, paragraphs: string[], ...speakers: string[]]

const NOUNS: Case[] = [
  ['where somebody is from', ['Luca Conti disagreed.', '"A clear foul," the Italian said.'], 'Luca Conti?'],
  [
    'an age',
    ['Dmitri Valchek, 31, beat Elias Brandt.', '"I had two shirts," said the 31-year-old Bulgarian.'],
    'Dmitri Valchek?',
  ],
  [
    'a role before the name comes',
    ['Sheriff robbed', 'A former deputy said it "ate everything".', 'Darnell Webb, 41, pleaded guilty.'],
    'Darnell Webb?',
  ],
  [
    'a shadow minister, who is no minister',
    ['Environment minister Rory Hale resigned.', 'The shadow minister called it "a poor show all round".'],
    'The shadow minister?',
  ],
  [
    'a spokesman who may be another one',
    ['Spokesman Glen Cap spoke.', 'A spokesman said the plan was "in everybody’s interest".'],
    'A spokesman',
  ],
  [
    'her letter',
    ['Edith Farrow resigned. Her letter begins: "I came to look after things."'],
    'Edith Farrow',
  ],
]

const PRONOUNS: Case[] = [
  [
    'whoever the sentence says it of',
    ['Lena Ford resigned.', 'The education secretary said she had asked for "an urgent account of it".'],
    'The education secretary?',
  ],
  [
    'a lawyer named behind her client',
    ['Heidi Lund’s lawyer, Abby Kurtz, disagreed. "Noise does not care," she said.'],
    'Abby Kurtz',
  ],
  [
    'somebody without a name',
    ['Becky Allard lost her dog.', 'A neighbor who helped spoke to us.', '"You run," he said.'],
    'A neighbor?',
  ],
  [
    'the board, as it',
    ['The board apologised. It called the error "wholly and entirely unacceptable".'],
    'The board?',
  ],
  [
    'the one whom the paragraph between is about',
    ['"I shot it," Erik Berg said.', 'Coach Dave Bouchard had other words for it.', '"A goal," he said.'],
    'Erik Berg',
    'Dave Bouchard',
  ],
  [
    'Ms. Czerny, who is not her father',
    ['Walter Czerny died. Miriam Czerny is his daughter.', '"He would not sell," Ms. Czerny said.'],
    'Miriam Czerny',
  ],
]

const ALONE: Case[] = [
  [
    'whoever is asked',
    ['"It is wearing a gown," Rosa Tamm said.', 'What would her mother say? "That I charge too much."'],
    'Rosa Tamm',
    'Rosa Tamm?',
  ],
  [
    'whose team the sentence before is about',
    ['Goalie Ryan Sill made 38 saves. His team has lost five in a row. "We are bad right now."'],
    'Ryan Sill?',
  ],
  [
    'two people in turn',
    ['"Are you facing prison?" Stuart Bell asked Gwen Marsh.', '"I am," Marsh said.', '"Long?"', '"Yes."'],
    'Stuart Bell',
    'Gwen Marsh',
    'Stuart Bell?',
    'Gwen Marsh?',
  ],
  [
    'whoever a later paragraph names',
    ['Then the hall was still.', '“I was 19.', '“I knew him.', '“He looked up,” Odette Jacquard said.'],
    'Odette Jacquard?',
    'Odette Jacquard?',
    'Odette Jacquard',
  ],
]

const NAMES: Case[] = [
  [
    'an office in capital letters',
    ['"It is time," DA Summer Ruiz said.', '"Now," DA Ruiz said.'],
    'Summer Ruiz',
    'Summer Ruiz',
  ],
  [
    'what somebody does, first in a sentence',
    ['Publican Kylie Nash said: "I grabbed the dog."'],
    'Kylie Nash',
  ],
  [
    'a special agent in charge',
    ['"We are glad," said ATF Special Agent in Charge Chris Amon.'],
    'Chris Amon',
  ],
  [
    'a minister of something',
    ['Minister of Education Stefania Gallo said: "We need a debate."'],
    'Stefania Gallo',
  ],
  ['a house that ends with ’s', ['St. Brendan\'s said: "We are ready to meet."'], "St. Brendan's"],
  [
    'an abbreviated given name',
    ['"He was asleep," Lt. Wm. Delaney of the Kenton Police Dept. said.'],
    'Wm. Delaney',
  ],
  [
    'a description without its second comma',
    ['Paula Edgar, Bar Association president said: "We are committed."'],
    'Paula Edgar',
  ],
  [
    'a town behind a university',
    ['Cyn Thompson, curator at the University of Arkansas, Fayetteville, said: "It is art."'],
    'Cyn Thompson',
  ],
  [
    'somebody’s words',
    ['Edna Roe keeps the light. It was, in Edna Roe’s words, "a lemon with a lens".'],
    'Edna Roe',
  ],
]

test.each(NOUNS)('a noun means %s', (_, paragraphs, ...expected) => {
  expect(speakers(...paragraphs)).toEqual(expected)
})

test.each(PRONOUNS)('a pronoun means %s', (_, paragraphs, ...expected) => {
  expect(speakers(...paragraphs)).toEqual(expected)
})

test.each(ALONE)('words alone are those of %s', (_, paragraphs, ...expected) => {
  expect(speakers(...paragraphs)).toEqual(expected)
})

test.each(NAMES)('a name is read with %s', (_, paragraphs, ...expected) => {
  expect(speakers(...paragraphs)).toEqual(expected)
})

const words = (text: string) => findQuotations(text).map(quotation => quotation.text)

test('a quotation that goes on without a mark ends at the first one', () => {
  const text = 'Harry Kane said, "It felt good.\n\nWe could have scored more." After that, it rained.'
  expect(words(text)).toEqual(['It felt good.', 'We could have scored more.'])
  expect(words('It was 6 inches.\n\nWe have a 12" pipe here.')).toEqual([])
})

test('what a source list, a slogan or a nickname has between marks is no quotation', () => {
  expect(words('Sources\n\n"Sensitive document found on rainy street" — CBC, August 15, 2008')).toEqual([])
  expect(words('Tilly is known for its slogan, "Who had the soup?"')).toEqual([])
  expect(words('The feature, known internally as "Lantern," launches in March, Nora Finch said.')).toEqual([])
  expect(words('The show, “Knife Fight,” made Nora Finch famous and, she says, miserable.')).toEqual([])
})

test('what the outlet says that somebody calls it is one, however short', () => {
  expect(words('Marlow\'s blamed what it called a "washout" summer.')).toEqual(['washout'])
})

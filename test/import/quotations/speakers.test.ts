import { describe, expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

const speakersOf = (paragraphs: string[]) =>
  findQuotations(paragraphs.join('\n\n')).map(({ speaker }) => speaker ?? '–')

/** Paragraphs, and the speakers of their quotations in order. */
type Case = { what: string; paragraphs: string[]; speakers: string[] }

const CASES: Case[] = [
  {
    what: 'a pronoun means whoever was named last and fits',
    paragraphs: [
      'Gov. Anita Sorensen met Mayor Theo Marsh.',
      '"It is late," he said.',
      '"It is not," she said.',
    ],
    speakers: ['Theo Marsh', 'Anita Sorensen'],
  },
  {
    what: 'a pronoun means the subject before an object of the same gender',
    paragraphs: ['Thomas Sam wrote to Karl Weiss. "It is late," he said.'],
    speakers: ['Thomas Sam'],
  },
  {
    what: 'titles tell who he and she are',
    paragraphs: [
      'Mr Ellery Quist sued Ms Robin Vane.',
      '"It was mine," she said.',
      '"It was ours," he said.',
    ],
    speakers: ['Robin Vane', 'Ellery Quist'],
  },
  {
    what: 'whoever stands before words put in is not he',
    paragraphs: [
      'Board chairman Pete Lindqvist disagreed. Harold Nakamura, he said, "never came to a meeting".',
    ],
    speakers: ['Pete Lindqvist'],
  },
  {
    what: 'a quotation alone is said by whoever spoke before it',
    paragraphs: ['"The roof leaks," Nora Finch said.', '"It leaks from the inside."'],
    speakers: ['Nora Finch', 'Nora Finch'],
  },
  {
    what: 'a paragraph that is never closed goes on in the next',
    paragraphs: [
      'Nora Finch said: "The roof leaks.',
      '"It leaks from the inside.',
      '"We have buckets."',
      'Then it rained.',
    ],
    speakers: ['Nora Finch', 'Nora Finch', 'Nora Finch'],
  },
  {
    what: 'a caption between two parts of a quotation says nothing',
    paragraphs: [
      'Nora Finch said: "The roof leaks.',
      'The roof in 1934. Image: Karl Weiss.',
      '"It leaks from the inside."',
    ],
    speakers: ['Nora Finch', 'Nora Finch'],
  },
  {
    what: 'a sentence about somebody leads to their words',
    paragraphs: ['Businessman Ravi Menon shrugged. "If you don’t count it, it didn’t happen."'],
    speakers: ['Ravi Menon'],
  },
  {
    what: 'a colon at the end of a paragraph leads to the words in the next',
    paragraphs: ['In a letter to fans, coach Marcus Aldous wrote:', '"I was wrong about the goalkeeper."'],
    speakers: ['Marcus Aldous'],
  },
  {
    what: 'somebody else who is quoted in between takes over',
    paragraphs: ['"A is late," Nora Finch said. Karl Weiss disagreed. "A is never late."'],
    speakers: ['Nora Finch', 'Karl Weiss'],
  },
  {
    what: 'a surname means the full name that came before',
    paragraphs: ['Simone de la Cruz defends him.', '"It is late," de la Cruz said.'],
    speakers: ['Simone de la Cruz'],
  },
  {
    what: 'a surname means the full name that comes after',
    paragraphs: ['"It is late," Finch said.', 'Nora Finch runs the Rialto.'],
    speakers: ['Nora Finch'],
  },
  {
    what: 'a role means whoever has it',
    paragraphs: [
      'Sheriff Dale Hutchins met Gov. Loretta Vance.',
      '"Freedom makes a noise," the governor said.',
      '"So does my pager," said the sheriff.',
    ],
    speakers: ['Loretta Vance', 'Dale Hutchins'],
  },
  {
    what: 'they are the group of the sentence before',
    paragraphs: ['The union met on Monday. Drivers want more. "We will walk," they said.'],
    speakers: ['Drivers'],
  },
]

describe('who speaks', () => {
  test.each(CASES)('$what', ({ paragraphs, speakers }) => {
    expect(speakersOf(paragraphs)).toEqual(speakers)
  })

  test('says of each quotation what the text calls its speaker there, and what it says they are', () => {
    const text = 'The city hired engineer Harold Nakamura.\n\n"I sent it twice," he said.'
    expect(findQuotations(text)).toEqual([
      {
        start: 43,
        end: 59,
        text: 'I sent it twice,',
        turn: 1,
        kind: 'direct',
        speaker: 'Harold Nakamura',
        speakerKind: 'person',
        named: 'he',
        role: 'engineer',
        sure: true,
      },
    ])
  })

  test('is not sure where nobody is named beside the words', () => {
    const sure = (text: string) => findQuotations(text).map(quotation => quotation.sure)
    expect(sure('"It is late," Nora Finch said.')).toEqual([true])
    expect(sure('Karl met Nora.\n\n"It is late, and it will be later."')).toEqual([false])
    expect(sure('Kit Vik met Bo Ek.\n\n"It is late," she said.')).toEqual([false])
  })

  test('numbers what one speaker said in one go as one turn', () => {
    const text = [
      '"It leaks," Nora Finch said. "It always did.',
      '"From the inside."',
      '"Buckets," Karl Weiss said.',
    ]
    expect(findQuotations(text.join('\n')).map(({ turn }) => turn)).toEqual([1, 1, 1, 2])
  })

  test('takes roles from the text as they stand there', () => {
    const role = (text: string) => findQuotations(text)[0]?.role
    expect(role('"No," Chicago Police Dept. Superintendent Eddie Johnson said.')).toBe(
      'Chicago Police Dept. Superintendent',
    )
    expect(role('Jeff Rathke, the State Department Spokesperson, said, "No."')).toBe(
      'the State Department Spokesperson',
    )
    expect(role('"No," said Budget director Ellen Strand.')).toBe('Budget director')
    expect(role('"No," said Ellen Strand.')).toBeUndefined()
  })
})

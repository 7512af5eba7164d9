import { describe, expect, test } from 'vitest'
import { quotationAround } from '../../src/content/in-quotation-marks.ts'
import { readQuotations } from '../../src/content/quotation-marks.ts'

/** A text, and its quotations in the order of their opening marks. */
const CASES: [text: string, ...quotations: string[]][] = [
  ['“The bridge stays shut,” the mayor said.', 'The bridge stays shut,'],
  ['‘The bridge stays shut,’ the mayor said.', 'The bridge stays shut,'],
  ['« The bridge stays shut, » the mayor said.', 'The bridge stays shut,'],
  ['„The bridge stays shut,“ the mayor said.', 'The bridge stays shut,'],
  ['»The bridge stays shut,« the mayor said.', 'The bridge stays shut,'],
  ['„The bridge stays shut,” the mayor said.', 'The bridge stays shut,'],
  ['”The bridge stays shut,” the mayor said.', 'The bridge stays shut,'],
  ['»Bron är stängd,» sade hon.', 'Bron är stängd,'],
  ['「橋は閉鎖」と市長は述べた。', '橋は閉鎖'],
  ['他说"大桥在安全之前保持关闭"，她说。', '大桥在安全之前保持关闭'],
  ['他说“大桥”。', '大桥'],
  // The wrong key: an opening mark where nothing can begin.
  ['“So it is,“ she said. “No.“ Then it rained.', 'So it is,', 'No.'],
  // Nested quotations.
  ['“He said ‘no’ to me,” she said.', 'He said ‘no’ to me,', 'no'],
  ['‘He told me “no” and ‘nothing’,’ she said.', 'He told me “no” and ‘nothing’,', 'no', 'nothing'],
  ['« Il a dit « non » hier », dit-elle.', 'Il a dit « non » hier', 'non'],
  ['「彼は『いいえ』と言った」と話した。', '彼は『いいえ』と言った', 'いいえ'],
  // Apostrophes, also at the ends of words.
  [
    '‘The workers’ rights don’t matter,’ she said of the workers’ claims. ‘No,’ he said.',
    'The workers’ rights don’t matter,',
    'No,',
  ],
  ["'I'm goin' home,' she said of the '90s. 'Rock 'n' roll!'", "I'm goin' home,", "Rock 'n' roll!"],
  ['The ’90s were James’ years. ’Tis true, “it was.”', 'it was.'],
  ['It’s the dogs’ park. ‘Keep out,’ says the sign.', 'Keep out,'],
  // Inches, feet and minutes.
  ['"He is 6\'2" tall," she said. "Yes," he said.', 'He is 6\'2" tall,', 'Yes,'],
  ['The 12" pipe broke. "It broke," she said. A 6" nail.', 'It broke,'],
  ['“The beam is 12” wide,” he said.', 'The beam is 12” wide,'],
  ['"It opened in 2017" and "closed in 2018", he said.', 'It opened in 2017', 'closed in 2018'],
  ["It's 5' tall. 'Quote,' he said.", 'Quote,'],
  ['A 5 " pipe. "This is real," she said.', 'This is real,'],
  // Paragraphs and lines.
  ['“First paragraph.\n\n“Second paragraph,” he said.', 'First paragraph.\n\n“Second paragraph,'],
  ['«Premier.\n\n»Second», dit-elle.', 'Premier.\n\n»Second'],
  ['"Hard\nwrapped," he said\nand "again\nmore".', 'Hard\nwrapped,', 'again\nmore'],
  ['“Never closed, he wrote.\n\nThe next paragraph has “a real one” in it.', 'a real one'],
  ['“First.\r\n\r\n“Second,” he said.', 'First.\r\n\r\n“Second,'],
  // Marks that are wrong.
  ['“Stray opening mark. He said “this is it” here.', 'this is it'],
  ['A stray " mark. "This is real," she said.', 'This is real,'],
  ['A "stray word. Then "This is real," he said.', 'This is real,'],
  ['A word” too much. “Yes,” he said.', 'Yes,'],
  ['She said “yes. He said “no.” They left.', 'no.'],
  ['He said: "Yes."She left. "No," he said.', 'Yes.', 'No,'],
  // A curly mark that a straight one closes, and the other way round.
  ['“Yes," he said. “No,” she said.', 'Yes,', 'No,'],
  ['"Yes,” he said. "No.“ They left.', 'Yes,', 'No.'],
  ['“A 12" pipe broke,” he said.', 'A 12" pipe broke,'],
  ['“It broke in 2017" he said, and “a 5" x 6" nail”.', 'It broke in 2017', 'a 5" x 6" nail'],
  // Several styles in one text.
  ['„Hallo“, sagte er. “Hello,” she said. «Salut», dit-on.', 'Hallo', 'Hello,', 'Salut'],
  ['The "scare" word and "A real one," he said, "again."', 'scare', 'A real one,', 'again.'],
  ['No marks at all. Don’t look for any.'],
  ['“” and "" and ‘’ quote nothing.'],
]

describe('quotations of a text', () => {
  test.each(CASES)('%s', (text, ...quotations) => {
    expect(readQuotations(text).map(({ start, end }) => text.slice(start, end))).toEqual(quotations)
  })
})

test('a position belongs to the outermost quotation around it, its ends included', () => {
  const text = 'She said “He said ‘no’ to me,” and left.'
  expect(quotationAround(text, text.indexOf('no'))).toMatchObject({ start: 10 })
  expect(quotationAround(text, text.indexOf('said'))).toBeUndefined()
})

test('a long text of nothing but marks is read at once', () => {
  for (const sign of ['“', '"', '’', "'", '5" ', '‘a’ ', '“‘', '»', '\n"', '\n\n“'])
    expect(readQuotations(sign.repeat(30_000)).length).toBeLessThan(60_000)
})

test('reads a quotation that is never closed to the end, where asked to', () => {
  const words = (text: string, unclosed?: boolean) =>
    readQuotations(text, unclosed).map(({ start, end }) => text.slice(start, end))
  expect(words('“One,” she said. “Two. ')).toEqual(['One,'])
  expect(words('“One,” she said. “Two. ', true)).toEqual(['One,', 'Two.'])
  expect(words('She said: “He said ‘no’ to me', true)).toEqual(['He said ‘no’ to me', 'no'])
  expect(words("The '90s, and a workers' song", true)).toEqual([])
  expect(words('A “lost mark and “another”', true)).toEqual(['another'])
})

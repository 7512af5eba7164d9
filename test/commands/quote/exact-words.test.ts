import { describe, expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'

/** A story with one stored report and one quotation from it. */
const storyOf = (report: string, quote: object, kind = 'news') =>
  storyFiles('bridge', {
    body: '## Summary\n\nThe bridge is shut. [1]\n',
    stored: { 'report.txt': report },
    sources: [{ number: 1, outlet: 'The Paper', title: 'Report', kind, text: 'report.txt', rights: 'ours' }],
    quotes: [{ ...QUOTE, ...quote }],
    timeline: [],
    people: [],
    facts: [],
  })
const say = (report: string, quote: object) =>
  startConversation(libraryFromFiles(storyOf(report, quote))).say('/quote example')
const problems = (report: string, quote: object, kind?: string) =>
  loadContent(storyOf(report, quote, kind)).problems.map(({ message }) => message)

describe('what a quotation shows', () => {
  test('a quotation over a paragraph break is one, without an omission', () => {
    const report = '“The bridge stays shut.\n\n“It is not safe,” the mayor said.\n'
    expect(say(report, { words: ['The bridge stays shut.', 'It is not safe,'] })).toContain(
      '“The bridge stays shut. It is not safe,”',
    )
  })

  test('an omission of the outlet is told apart from ours', () => {
    const report = '“The bridge stays shut [...] for now,” the mayor said. “Nobody may cross it.”\n'
    expect(say(report, { words: 'The bridge stays shut [...] for now,' })).toMatch(
      /“The bridge stays shut \[\.\.\.\] for now,”\nAna Example, .*line 1 of our copy, words left out by The Paper/s,
    )
    expect(
      say(report, { words: ['The bridge stays shut [...] for now,', 'Nobody may cross it.'] }),
    ).toContain('for now, [… left out here …] Nobody may cross it.')
  })
})

describe('what check refuses', () => {
  test.each([
    [
      '500 people came today,',
      '“1,500 people came today,” the mayor said.',
      'the words begin inside “1,500”',
    ],
    ['legal to cross it', '“It is illegal to cross it,” the mayor said.', 'the words begin inside “illegal”'],
    ['Prices rose by 5', '“Prices rose by 5% this year,” the mayor said.', 'the words end inside “5%”'],
    [
      'The bridge stays',
      '“The bridge stays-shut rule holds,” the mayor said.',
      'the words end inside “stays-shut”',
    ],
    [
      'the mayor said.',
      '“The bridge is shut,” the mayor said.',
      'not in quotation marks: is it “kind: reported”?',
    ],
    [
      'The bridge is shut,” the mayor said',
      '“The bridge is shut,” the mayor said.',
      'the words go on after the quotation ends with “The bridge is shut,”',
    ],
    [
      'said it was “shut for good',
      'The mayor said it was “shut for good.”',
      'the words begin before the quotation, which begins with “shut for good.”',
    ],
    [
      'He is innocent,” she said. “Guilty',
      '“He is innocent,” she said. “Guilty men walk free,” he said.',
      'the words go on after the quotation ends',
    ],
  ])('“%s” of: %s', (words, report, sentence) => {
    const [problem, ...others] = problems(report, { words })
    expect(problem).toContain(`quote “mayor-1”: `)
    expect(problem).toContain(sentence)
    expect(problem).toContain('(source 1, content/stories/bridge/sources/report.txt:1)')
    expect(others).toEqual([])
  })

  test('words that are cut in one place and whole in another are found where they are whole', () => {
    const report = 'It was “illegal to cross it,” he said. “It is legal to cross it,” the mayor said.'
    expect(problems(report, { words: 'legal to cross it,' })).toEqual([])
  })

  test('a report’s own words need no marks, and are not cut either', () => {
    const report = 'The mayor called it unsafe.'
    expect(problems(report, { words: 'called it unsafe', kind: 'reported' })).toEqual([])
    expect(problems(report, { words: 'safe', kind: 'reported' })[0]).toContain(
      'the words begin inside “unsafe.”',
    )
  })

  test('a transcript gives words to another speaker', () => {
    const transcript = 'MAYOR EXAMPLE: The bridge is shut.\n\nMR. SMITH: We asked for repairs.\n'
    expect(problems(transcript, { words: 'The bridge is shut.' }, 'primary')).toEqual([])
    expect(problems(transcript, { words: 'We asked for repairs.' }, 'primary')).toEqual([
      'quote “mayor-1”: line 3 of the stored text gives these words to “MR. SMITH”, not to Ana Example: correct the speaker, or add “MR. SMITH” to the aliases',
    ])
  })
})

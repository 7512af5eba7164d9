import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

/** The quotations of some paragraphs with their speakers, in order; one that is not sure has a question mark. */
const said = (...paragraphs: string[]) =>
  findQuotations(paragraphs.join('\n\n')).map(
    ({ text, speaker, sure }) => `${speaker ?? '–'}${sure ? '' : '?'}: ${text}`,
  )

test('a pronoun that begins sentence after sentence means the same person', () => {
  expect(
    said('Ann Walz is calmer. She said she would elect Helen Clark. She was tired. "They try to," she said.'),
  ).toEqual(['Ann Walz: They try to,'])
  expect(said('Jeff Weaver agreed. He should win, Bernard Sands said. "It went well," he said.')).toEqual([
    'Bernard Sands: It went well,',
  ])
})

test('what somebody has is not what they do', () => {
  expect(said('Rand Paul spoke, calling Rubio’s proposed tax credit “a plain and simple gift.”')).toEqual([
    'Rand Paul: a plain and simple gift',
  ])
  expect(said('Kate Frazier said that Rubio\'s claim that Cruz likes it is "simply not true".')).toEqual([
    'Kate Frazier: simply not true',
  ])
})

test('the owner of a claim, an answer or a remark says it', () => {
  expect(said('Helen Clark was asked about her claim that she "never once sent" them.')).toEqual([
    'Helen Clark?: never once sent',
  ])
  expect(said('Don Trask’s response, given with a smile: “Carl writes a nice line.”')).toEqual([
    'Don Trask: Carl writes a nice line.',
  ])
  expect(said('James Comey testified that her comments to the bureau were "truthful in all parts".')).toEqual(
    ['James Comey: truthful in all parts'],
  )
})

test('whoever puts out a document says what it says', () => {
  expect(said('Don Trask released a new radio ad that said, "We are going to win."')).toEqual([
    'Don Trask: We are going to win.',
  ])
  expect(said('Dottie Deans is backing him and in a statement credited him for "a fine campaign".')).toEqual([
    'Dottie Deans: a fine campaign',
  ])
  expect(said('The ad then cuts to footage of Don Trask saying, "You have to help them."')).toEqual([
    'Don Trask: You have to help them.',
  ])
})

test('an outlet that only tells of it is no speaker', () => {
  expect(
    said('Pope Francis said that those who think so should "look for a doctor," according to Reuters.'),
  ).toEqual(['Pope Francis: look for a doctor'])
})

test('a charge that others deny is not theirs', () => {
  expect(
    said(
      'Don Trask complained that it was "rigged from the very start", a charge that Party Leaders denied.',
    ),
  ).toEqual(['Don Trask: rigged from the very start'])
})

test('who says it may stand between commas behind the verb', () => {
  expect(said('The campaign began, says Mair Prosser, ‘with a casserole’.')).toEqual([
    'Mair Prosser: with a casserole',
  ])
})

test('a line of its own signs the words above', () => {
  expect(said('The vote', 'Readers wrote in.', '"It needs to stop."', '- Michelle Marks, Leeds')).toEqual([
    'Michelle Marks: It needs to stop.',
  ])
})

test('a name is read behind what describes it', () => {
  expect(said('"I hoped for more," said Air Force 1st Lt. Tyler Moss.')).toEqual([
    'Tyler Moss: I hoped for more,',
  ])
  expect(said('The al Qaeda-linked Islamic cleric Anwar Saeed said: "Take heed."')).toEqual([
    'Anwar Saeed: Take heed.',
  ])
  expect(
    said('Kit Marlow has a skull. Kit\'s mother, Jessamy, laughed. "We moved the bed," she said.'),
  ).toEqual(['Jessamy: We moved the bed,'])
})

test('whoever said something in the sentence before is sure, and the only one an epithet can mean', () => {
  expect(said('Colette Heald noted that it matters. "A cleanup would increase crops."')).toEqual([
    'Colette Heald: A cleanup would increase crops.',
  ])
  expect(said('Tomos Bevan made 24 tackles.', '"My mam wept," said the 20-year-old.')).toEqual([
    'Tomos Bevan: My mam wept,',
  ])
  expect(said('Tomos Bevan ran. Cian Furlong fell.', '"My mam wept," said the 20-year-old.')).toEqual([
    'Cian Furlong?: My mam wept,',
  ])
})

test('a reply is its owner’s, and a calling may mean who was named just now', () => {
  expect(said('Ferreira’s reply, sent at once: “Nobody was hurt.”', 'Gil Ferreira left.')).toEqual([
    'Gil Ferreira: Nobody was hurt.',
  ])
  expect(said('Joey Salceda cited a law. The lawmaker said: "It was read by all."')).toEqual([
    'Joey Salceda?: It was read by all.',
  ])
})

test('a closing mark without its space closes', () => {
  expect(said('"He \'says it like it is,\' to audiences,"Katie Packer said. "More and more."')).toEqual([
    "Katie Packer: He 'says it like it is,' to audiences,",
    'Katie Packer: More and more.',
  ])
})

test('a show somebody is told on is no quotation, and a short sentence of theirs is one', () => {
  expect(said('"It is fair," Carly Fine told "Fox and Friends," and left.')).toEqual([
    'Carly Fine: It is fair,',
  ])
  expect(said('"He yelled over Iowa," Carly Fine said. "All of Iowa."')).toEqual([
    'Carly Fine: He yelled over Iowa,',
    'Carly Fine: All of Iowa.',
  ])
})

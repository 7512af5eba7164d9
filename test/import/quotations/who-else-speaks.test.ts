import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

/** The quotations of some paragraphs with their speakers, in order; one that is not sure has a question mark. */
const said = (...paragraphs: string[]) =>
  findQuotations(paragraphs.join('\n\n')).map(
    ({ text, speaker, sure }) => `${speaker ?? '–'}${sure ? '' : '?'}: ${text}`,
  )

const LEAD = 'The town council met on Tuesday in the old hall.'

test.each([
  [
    'whom a letter goes to',
    'Ada Ruiz objects. In a letter to Thomas Greer, Ruiz, a lawyer, wrote that it was “a shame for us all”.',
    'Ada Ruiz: a shame for us all',
  ],
  [
    'who signs it',
    'Governor Simon Dung, in a letter signed by his aide, Mrs. Helen Bot, called it “a great and bitter shame”.',
    'Simon Dung: a great and bitter shame',
  ],
  [
    'who is told',
    'Ada Ruiz told the Leeds Courier in a written statement, “I do not want it.”',
    'Ada Ruiz: I do not want it.',
  ],
  [
    'who would like to',
    'Ada Ruiz said she would like Tom Park to further explain why there is “no question at all” of it.',
    'Ada Ruiz: no question at all',
  ],
  [
    'what should be said',
    'Ada Ruiz said that the platform should restate support for its “old and loyal friends”.',
    'Ada Ruiz: old and loyal friends',
  ],
])('%s says nothing', (_, text, expected) => {
  expect(said(LEAD, text)).toEqual([expected])
})

test('two verbs with “and” have one subject', () => {
  expect(
    said(
      LEAD,
      'The treaty, which Tom Park had called a “great disaster” and promised to “rip up at once”, stood.',
    ),
  ).toEqual(['Tom Park: great disaster', 'Tom Park: rip up at once'])
})

test('a thing says nothing, and who else does is guessed', () => {
  expect(said(LEAD, 'Ada Ruiz walked home, but a later interview said she had “a very bad night”.')).toEqual([
    'Ada Ruiz?: a very bad night',
  ])
})

test('words for speech need not be known', () => {
  expect(said(LEAD, '‘It is a disgrace,’ raged Kerry Stokes.')).toEqual(['Kerry Stokes: It is a disgrace,'])
  expect(said(LEAD, '“Which decade?” a voice called from the back.')).toEqual(['a voice?: Which decade?'])
  expect(said(LEAD, '“Would you stop!” came a shout from the floor.')).toEqual(['a shout?: Would you stop!'])
})

test('a pronoun is nobody whom its sentence or its words name', () => {
  expect(
    said(
      'Glen Beck filled his speeches for Ted Cross with pride. He has declared Cross to be “a man for our times”.',
    ),
  ).toEqual(['Glen Beck: a man for our times'])
  expect(
    said('Ed Rendell said that Bernard Sands had lost.', '“You cannot trust Sands in May,” he said.'),
  ).toEqual(['Ed Rendell: You cannot trust Sands in May,'])
  expect(
    said('Carol Tibbs gave evidence. Asked what Helen Voss had told her, she replied: “It is all gone.”'),
  ).toEqual(['Carol Tibbs: It is all gone.'])
})

test('whoever is named before “who” is meant, and no film', () => {
  expect(
    said(
      'A film is on the way, directed by Paul Renner, who has said that he read it “in one sitting, crying”.',
    ),
  ).toEqual(['Paul Renner: in one sitting, crying'])
})

test('whoever comes in without a name may speak', () => {
  const mayor = ['The mayor, Ignacio Paz, promised a new roof.', 'President Julia Mendoza thanked him.']
  expect(
    said(...mayor, 'Outside the gate an old man sold photographs. “Ten for the tower,” he said.'),
  ).toEqual(['an old man?: Ten for the tower,'])
  expect(said(...mayor, 'One of the survivors said it came late. “I wrote to him,” she said.')).toEqual([
    'One of the survivors?: I wrote to him,',
  ])
})

test('what the lead calls somebody is said of whoever is named next', () => {
  expect(
    said(
      'The Minister for Transport has defended the cost.',
      'Eoin Cassidy told the house that prices rose.',
      LEAD,
      '“Next year,” the minister said.',
    ),
  ).toEqual(['Eoin Cassidy: Next year,'])
})

test('age, number and kin stand for a name', () => {
  expect(said('Pete Arsen stopped 38 shots.', '“It was good,” the 31-year-old goaltender said.')[0]).toMatch(
    /^Pete Arsen/,
  )
  expect(said('Yvonne Adey stopped her bus.', '“I have had four,” said the mother of four.')[0]).toMatch(
    /^Yvonne Adey/,
  )
  expect(
    said(
      'Gwyn Harris, 54, and his daughter Cerys were unhurt.',
      '“We sang,” said Cerys. Her father was sombre. “I was wrong,” he said.',
    )[1],
  ).toMatch(/^Gwyn Harris/)
})

test('a headline in capitals names nobody new', () => {
  expect(
    said(
      'Woman Reveals Stunning Thing Park Did To Her Family',
      'Tom Park spoke on Monday.',
      '“I paid it off,” Park said.',
    ),
  ).toEqual(['Tom Park: I paid it off,'])
})

test('a given name alone is somebody’s', () => {
  expect(
    said('Ed Rendell was at home.', 'Bob said he took one call that evening. “I cut it short,” he said.'),
  ).toEqual(['Bob: I cut it short,'])
})

test('small words and titles belong to names', () => {
  expect(said('“We don’t discuss it,” spokesman Lt. Col. Per Lindgren said.')).toEqual([
    'Per Lindgren: We don’t discuss it,',
  ])
  expect(said('“It is late,” said a German visitor, Anke Vogel.')).toEqual(['Anke Vogel: It is late,'])
})

test('what may be a firm is not sure, and no person', () => {
  const [found] = findQuotations(
    `The company was silent.\n\nTarsus Biologics said that the pause was “a routine step in such a case”.`,
  )
  expect(found).toMatchObject({ speakerKind: 'other', sure: false })
})

test('in a dialogue nobody is sure who speaks next', () => {
  expect(
    said(
      'Ada Ruiz met Tom Park on Monday.',
      '“You were in Rome,” Ruiz said.',
      '“I was in Leeds,” Park said.',
      '“With the lights on?”',
    ),
  ).toEqual(['Ada Ruiz: You were in Rome,', 'Tom Park: I was in Leeds,', 'Ada Ruiz?: With the lights on?'])
})

test('a paper tells what somebody said to those who wrote it', () => {
  expect(
    said(LEAD, 'Cody Larkin told deputies he “was tired and cold,” according to an arrest report.'),
  ).toEqual(['Cody Larkin: was tired and cold'])
})

test('one of several has a name or none', () => {
  expect(said(LEAD, '“We are here,” said one of their members. “With wine.”')).toEqual([
    'one of their members?: We are here,',
    'one of their members?: With wine.',
  ])
  expect(said(LEAD, '“People get hurt,” said one of them, Grant Oduya, a nurse.')).toEqual([
    'Grant Oduya: People get hurt,',
  ])
})

test('what somebody is called in their own sentence tells their gender', () => {
  expect(
    said(
      'Freya Lind was safe.',
      '“I ate,” she said.',
      'Xoan Oyar said he had hoped. “She is angry,” Oyar said.',
      'Would she try again? “Ask me,” she said.',
    ).at(-1),
  ).toMatch(/^Freya Lind/)
})

test('a judge may be called a justice', () => {
  expect(said('Justice Ann Whitby sat down.', '“Until lunch,” said the judge.')).toEqual([
    'Ann Whitby: Until lunch,',
  ])
})

test('words after “to” are quoted though a noun follows', () => {
  expect(said(LEAD, 'Ada Ruiz has pledged to ‘rip up’ plans for a tower.')).toEqual(['Ada Ruiz: rip up'])
})

test('a thing that is ordered is a piece of the sentence', () => {
  const [found] = findQuotations(
    'The town council met.\n\nAda Ruiz said he had ordered "a full review of the case."',
  )
  expect(found).toMatchObject({ kind: 'partial', text: 'a full review of the case' })
})

test('Mrs. Brill is not Mr. Brill', () => {
  const lead =
    'The tapes belonged to Leonard Brill, who died in March. His widow, Peggy, was clearing the shed.'
  expect(
    said(lead, '‘He told me it was paint,’ Mrs Brill said.', 'Mr Brill wrote: ‘It is too good.’'),
  ).toEqual(['Peggy: He told me it was paint,', 'Leonard Brill: It is too good.'])
})

test('whoever describes something does it though the verb has no “was”', () => {
  expect(
    said(
      'Leonard Brill died in March.',
      'The play, heard once and described by the critic Kenneth Vale as “the finest hour in the dark”, was his.',
    ),
  ).toEqual(['Kenneth Vale: the finest hour in the dark'])
})

test('members and recorders have names', () => {
  expect(said('The fair board met.', LEAD, '“It is a sad day,” said board member Hank Ulrich.')).toEqual([
    'Hank Ulrich: It is a sad day,',
  ])
})

test('words are those of whom they are said to be', () => {
  expect(
    said(LEAD, 'The feast was to go on, in the words of one supporter, “till the ferry stops”.'),
  ).toEqual(['one supporter?: till the ferry stops'])
})

import { describe, expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

/** The quotations of a text with their speakers; “–” is nobody. */
const said = (text: string) =>
  findQuotations(text).map(({ text: words, speaker }) => `${speaker ?? '–'}: ${words}`)

/** A text, and what is found in it. */
type Case = [text: string, ...found: string[]]

const BESIDE: Case[] = [
  ['“We ran out of roof,” Nora Finch said.', 'Nora Finch: We ran out of roof,'],
  ['"We ran out of roof," said Nora Finch, the manager.', 'Nora Finch: We ran out of roof,'],
  ["'We ran out of roof,' Nora Finch told the Courier.", 'Nora Finch: We ran out of roof,'],
  ["``We ran out of roof,'' Nora Finch said.", 'Nora Finch: We ran out of roof,'],
  ['Nora Finch said: "We ran out of roof."', 'Nora Finch: We ran out of roof.'],
  ['Nora Finch said the theatre had "run out of roof".', 'Nora Finch: run out of roof'],
  ['Nora Finch, who runs the theatre, said, "We ran out of roof."', 'Nora Finch: We ran out of roof.'],
  ['Nora Finch, 61, of Cordell, said, "We ran out of roof."', 'Nora Finch: We ran out of roof.'],
  ['Asked about the leak, Nora Finch replied, "What leak?"', 'Nora Finch: What leak?'],
  ['"What leak?" Nora Finch asked.', 'Nora Finch: What leak?'],
  ['"No!" Nora Finch shouted.', 'Nora Finch: No!'],
  [
    '"We ran out," Nora Finch said, "and then it rained."',
    'Nora Finch: We ran out,',
    'Nora Finch: and then it rained.',
  ],
  [
    '"We ran out," Nora Finch said. "Then it rained."',
    'Nora Finch: We ran out,',
    'Nora Finch: Then it rained.',
  ],
  [
    '"We ran out," said Nora Finch, laughing, "and then it rained."',
    'Nora Finch: We ran out,',
    'Nora Finch: and then it rained.',
  ],
  [
    '"I copied him," Nora Finch said. "He copied me," Karl Weiss said.',
    'Nora Finch: I copied him,',
    'Karl Weiss: He copied me,',
  ],
  ['According to Nora Finch, the roof was "more of an idea".', 'Nora Finch: more of an idea'],
  ['The roof was "more of an idea", according to Nora Finch.', 'Nora Finch: more of an idea'],
  ['The roof was "more of an idea than a roof", Nora Finch said.', 'Nora Finch: more of an idea than a roof'],
  ['In the words of Nora Finch, "It leaked from the inside."', 'Nora Finch: It leaked from the inside.'],
  ['As Nora Finch put it, "It leaked from the inside."', 'Nora Finch: It leaked from the inside.'],
  ['"It leaked from the inside," as Nora Finch put it.', 'Nora Finch: It leaked from the inside,'],
  ['Nora Finch tweeted: "It leaks."', 'Nora Finch: It leaks.'],
  ['"It leaks," Nora Finch posted on X.', 'Nora Finch: It leaks,'],
  ['"It leaked from the inside." — Nora Finch', 'Nora Finch: It leaked from the inside.'],
  ['"It leaks," Nora Finch is heard saying on the tape.', 'Nora Finch: It leaks,'],
  ['"It leaks," Nora Finch was quoted as saying.', 'Nora Finch: It leaks,'],
  ['With Nora Finch shouting "Buckets!", the play went on.', 'Nora Finch: Buckets!'],
  ['Nora Finch spoke to Karl Weiss, adding: "It leaks."', 'Nora Finch: It leaks.'],
  ['"It leaks," Nora Finch sniffed.', 'Nora Finch: It leaks,'],
  ['Said Nora Finch, who runs it: "It leaks."', 'Nora Finch: It leaks.'],
]

const NAMES: Case[] = [
  ['Police Chief Ana Ruiz said: "He is safe."', 'Ana Ruiz: He is safe.'],
  ['"He is safe," said Lt. Gov. Maria Elena Soto.', 'Maria Elena Soto: He is safe,'],
  ['"He is safe," Chicago Police Dept. Superintendent Eddie Johnson explains.', 'Eddie Johnson: He is safe,'],
  ['Walter Hale Jr., his brother, said: "He is safe."', 'Walter Hale Jr.: He is safe.'],
  ['"He is safe," said Simone de la Cruz.', 'Simone de la Cruz: He is safe,'],
  ['Simone de la Cruz is a lawyer. "He is safe," de la Cruz said.', 'Simone de la Cruz: He is safe,'],
  ['"He is safe," Hendrik van der Berg said.', 'Hendrik van der Berg: He is safe,'],
  ['"He is safe," said Maeve O’Brien.', 'Maeve O’Brien: He is safe,'],
  ['"He is safe," said J.R. Abara-Scott, R-Ohio.', 'J.R. Abara-Scott: He is safe,'],
  ['Governor of Washington Chris Gregoire said, "He is safe."', 'Chris Gregoire: He is safe.'],
  ['CEO of the Refugee Council Enver Solomon said: "He is safe."', 'Enver Solomon: He is safe.'],
  ['US Secretary of State John Kerry said: "He is safe."', 'John Kerry: He is safe.'],
  ['Lena Ford took the stand. "He is safe," Ms. Ford said.', 'Lena Ford: He is safe,'],
  ['"He is safe," said the company’s chief executive, Maria Lopez.', 'Maria Lopez: He is safe,'],
  ['"He is safe," said the firm’s head of safety, Maria Lopez, a vet.', 'Maria Lopez: He is safe,'],
  ['The department’s spokesman, Jeff Rathke, said, "He is safe."', 'Jeff Rathke: He is safe.'],
  ['Jeff Rathke, the spokesman for Secretary John Kerry, said, "He is safe."', 'Jeff Rathke: He is safe.'],
  ["Galway West TD Seán O'Dowd said: 'He is safe.'", "Seán O'Dowd: He is safe."],
  ['Substitute Moira Keane said: "He is safe."', 'Moira Keane: He is safe.'],
  ['Rep. Peter T. King said: "He is safe."', 'Peter T. King: He is safe.'],
  ['"He is safe," Dean Smith said.', 'Dean Smith: He is safe,'],
  ['Lena Prince sang. Hours later, Ms. Prince said: "He is safe."', 'Lena Prince: He is safe.'],
  ['Sen. Bill Okafor (D-Ohio) said, "He is safe."', 'Bill Okafor: He is safe.'],
  ['Lydia Buchtmann for Food Standards says: "He is safe."', 'Lydia Buchtmann: He is safe.'],
  ['"Bring a coat," Judge Lena Ford told Marcus Hale.', 'Lena Ford: Bring a coat,'],
  [
    'Marcus Hale was told by Judge Lena Ford to "bring a coat and a book".',
    'Lena Ford: bring a coat and a book',
  ],
  ['In Salem, New Hampshire, Dr. Amal Haddad said: "He is safe."', 'Amal Haddad: He is safe.'],
  ['On Tuesday Amal Haddad, a doctor, said: "He is safe."', 'Amal Haddad: He is safe.'],
  ['Gov. Anita Sorensen vetoed it. "Wear a helmet," the governor said.', 'Anita Sorensen: Wear a helmet,'],
]

const OTHERS: Case[] = [
  ['Prosecutors said he "never had a licence to lose".', 'Prosecutors: never had a licence to lose'],
  ['"He is safe," a spokeswoman for the ministry said.', 'a spokeswoman for the ministry: He is safe,'],
  ['"He is safe," said one official, who asked not to be named.', 'one official: He is safe,'],
  ['The lawsuit says managers "knew and did nothing".', 'The lawsuit: knew and did nothing'],
  ['"We knew and did nothing," the letter said.', 'the letter: We knew and did nothing,'],
  ['A banner read: "Not a penny more."', 'A banner: Not a penny more.'],
  [
    'Brightwater Partners said it "looks forward to the spring".',
    'Brightwater Partners: looks forward to the spring',
  ],
  [
    'The company Zipline Mobility thanked her for "standing with riders everywhere".',
    'Zipline Mobility: standing with riders everywhere',
  ],
  ['Marsh’s office called the statement "rich".', 'Marsh’s office: rich'],
  [
    'The ministry has called the clinic "an irregular arrangement".',
    'The ministry: an irregular arrangement',
  ],
  ['The rule was "unfair", according to the union.', 'the union: unfair'],
  [
    'The authors say it is late. They call for "an urgent end to all delays".',
    'The authors: an urgent end to all delays',
  ],
]

const NOTHING: Case[] = [
  ['The “perfect storm” of streaming closed it.'],
  ['Its last film, "The Long Goodnight," is on Sunday.'],
  ['The "welcome city" law is old, officials say.'],
  ['Fans of Johnny "The Clock" Marcelo wept.'],
  ['The ship "Endurance II" was sold.'],
  ['He is known as "the Iron Ledger".'],
  ['A book called "Onions, Again" came out.'],
  ['The so-called "Big Straw" would have cost a lot.'],
  ['She spoke on ABC’s "This Week," and left.'],
  ['The pipe is 12" wide and 6\'2" long, he said.'],
  ['The workers’ rights aren’t the owners’ concern, he said.'],
  ['The “driverless” future starts in May.'],
]

describe.each([
  { what: 'finds who speaks beside the words', cases: BESIDE },
  { what: 'reads names', cases: NAMES },
  { what: 'names who is no person', cases: OTHERS },
  { what: 'leaves out titles, names and words held at arm’s length', cases: NOTHING },
])('$what', ({ cases }) => {
  test.each(cases)('%s', (text, ...found) => {
    expect(said(text)).toEqual(found)
  })
})

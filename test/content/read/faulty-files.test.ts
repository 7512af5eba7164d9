import { expect, test } from 'vitest'
import { check } from '../../../src/check/check.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import { formatProblem } from '../../../src/content/story.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { PLAIN_STORY, plainStoryFiles } from '../../support/content/plain-story.ts'

type Changed = Record<string, string | undefined>

/** Replaces a text in a file of the story. */
const edit = (file: keyof typeof PLAIN_STORY, from: string, to: string): Changed => {
  expect(PLAIN_STORY[file]).toContain(from)
  return { [file]: PLAIN_STORY[file].replace(from, to) }
}

/** What `check` says of the story with these changes, on the first day of June. */
async function problemsOf(changed: Changed): Promise<string[]> {
  const folder = await createContentFolder(plainStoryFiles(changed))
  const { problems } = await check(folder, { today: '2026-06-01' })
  return problems.map(problem => formatProblem(problem).replaceAll(`${folder}/stories/bridge/`, ''))
}

test('the story itself has no problem, nor has one with byte order marks, Windows line ends or a dated first line', async () => {
  expect(await problemsOf({})).toEqual([])
  expect(await problemsOf({ 'story.md': `\ufeff${PLAIN_STORY['story.md']}` })).toEqual([])
  expect(await problemsOf({ 'quotes.yml': `\ufeff\ufeff${PLAIN_STORY['quotes.yml']}` })).toEqual([])
  expect(await problemsOf({ 'quotes.yml': PLAIN_STORY['quotes.yml'].replaceAll('\n', '\r\n') })).toEqual([])
  expect(await problemsOf(edit('story.md', 'Closed;', '1968. The year\n\nClosed;'))).toEqual([])
})

// Each fault is named in words of editors, once, with what to do; what follows from it is not named as well.
test.each<[string, Changed, string[]]>([
  [
    'a colon in a value',
    edit('quotes.yml', 'role: Mayor at the time', 'role: Mayor: at the time'),
    ["quotes.yml:3 a value with a colon and a space in it must be in quotation marks: '…'"],
  ],
  [
    'tabs in place of all spaces',
    { 'quotes.yml': PLAIN_STORY['quotes.yml'].replace(/^ {2}/gm, '\t') },
    ['quotes.yml:2 this line begins with a tab (so do 12 other lines): use spaces'],
  ],
  [
    'one tab',
    edit('quotes.yml', '  role', '\trole'),
    ['quotes.yml:3 this line begins with a tab: use spaces'],
  ],
  [
    'a field that begins one space too far right',
    edit('quotes.yml', '  role', '   role'),
    [
      'quotes.yml:3 the fields of an entry begin in one column: this one has 3 spaces before it, the one above has 2 spaces (“- ” counts as two)',
    ],
  ],
  [
    'a field that begins one space too far left',
    edit('quotes.yml', '  role', ' role'),
    [
      'quotes.yml:3 the fields of an entry begin in one column: this one has 1 space before it, the one above has 2 spaces (“- ” counts as two)',
    ],
  ],
  [
    'no space after a colon',
    edit('quotes.yml', 'role: Mayor', 'role:Mayor'),
    ['quotes.yml:3 “role:Mayor at the time” needs a space after the colon'],
  ],
  [
    'no colon',
    edit('quotes.yml', 'role: Mayor', 'role Mayor'),
    [
      'quotes.yml:3 “role Mayor at the time” is no field: write “name: value”, or begin the line with more spaces if it goes on with the value above',
    ],
  ],
  [
    'a field twice',
    edit('quotes.yml', '  role: Mayor at the time', '  role: Mayor at the time\n  role: Mayor'),
    [
      'quotes.yml:4 the field “role” is here for the second time: take one out, or begin the next entry with “- ”',
    ],
  ],
  [
    'a quotation mark that is not closed',
    edit('quotes.yml', 'until it is safe,"', 'until it is safe,'),
    ['quotes.yml:5 the value begins with " but does not end with it: add the closing mark'],
  ],
  [
    'an apostrophe between single marks',
    edit('quotes.yml', 'words: "The bridge stays shut until it is safe,"', "words: 'It's so,'"),
    [
      "quotes.yml:5 there is text after the closing ': write '' for an apostrophe inside '…', or put the whole value between \" and \"",
    ],
  ],
  [
    'text after a closing mark',
    edit('story.md', 'title: The bridge', 'title: "The bridge"'),
    ["story.md:2 there is text after the closing \": put the whole value between single marks, '…'"],
  ],
  [
    'a value that begins with an at sign',
    edit('story.md', 'title: The', 'title: @The'),
    ["story.md:2 a value that begins with “@” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with an asterisk',
    edit('story.md', 'title: The', 'title: *The'),
    ["story.md:2 a value that begins with “*” must be in quotation marks: '…'"],
  ],
  [
    'a single word that begins with an asterisk',
    edit('story.md', 'title: The bridge on Main Street', 'title: *Bridge'),
    ["story.md:2 a value that begins with “*” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with an ampersand',
    edit('story.md', 'title: The', 'title: &The'),
    ["story.md:2 a value that begins with “&” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with an exclamation mark',
    edit('story.md', 'title: The', 'title: !The'),
    ["story.md:2 a value that begins with “!” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a percent sign',
    edit('story.md', 'title: The', 'title: %The'),
    ["story.md:2 a value that begins with “%” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a backtick',
    edit('story.md', 'title: The bridge', 'title: `The` bridge'),
    ["story.md:2 a value that begins with “`” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a bracket',
    edit('quotes.yml', 'role: Mayor', 'role: [sic] Mayor'),
    ["quotes.yml:3 a value that begins with “[” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a brace',
    edit('quotes.yml', 'role: Mayor', 'role: {x} Mayor'),
    ["quotes.yml:3 a value that begins with “{” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a dash',
    edit('quotes.yml', 'role: Mayor', 'role: - Mayor'),
    ["quotes.yml:3 a value that begins with “-” must be in quotation marks: '…'"],
  ],
  [
    'a value that begins with a sign for greater',
    edit('timeline.yml', 'text: Drivers', 'text: > 5 Drivers'),
    ["timeline.yml:7 a value that begins with “>” must be in quotation marks: '…'"],
  ],
  [
    'a list without its closing bracket',
    edit('timeline.yml', '[1]', '[1'),
    ['timeline.yml:4 the list in brackets has no closing “]”'],
  ],
  [
    'a comma too much',
    edit('timeline.yml', '[1, 2]', '[1,, 2]'),
    ['timeline.yml:9 there is a comma too much between the brackets'],
  ],
  [
    'no space after a dash',
    edit('quotes.yml', '- id', '-id'),
    ['quotes.yml:1 “-id: mayor-1” needs a space after the dash'],
  ],
  [
    'a backslash between double marks',
    edit('quotes.yml', '"The bridge stays', '"The \\bridge \\stays'),
    [
      'quotes.yml:5 a backslash between " and " has a meaning of its own: put the value between single marks, \'…\'',
    ],
  ],
  [
    'a line of three hyphens between entries',
    edit('quotes.yml', '\n- id: mayor-2', '---\n- id: mayor-2'),
    ['quotes.yml:9 a line of “---” or “...” ends the file, and the rest would be lost: take it out'],
  ],
  [
    'a no-break space before a field',
    edit('quotes.yml', '  role', '\u00a0 role'),
    [
      'quotes.yml:3 there is a no-break space (U+00A0) at the start of this line: put an ordinary space in its place',
    ],
  ],
  [
    'a no-break space after a colon',
    edit('quotes.yml', 'role: Mayor', 'role:\u00a0Mayor'),
    ['quotes.yml:3 there is a no-break space (U+00A0) after the colon: put an ordinary space in its place'],
  ],
  [
    'a wide colon',
    edit('quotes.yml', 'role: Mayor', 'role：Mayor'),
    ['quotes.yml:3 “role：Mayor at the time” has a wide colon: write “: ”'],
  ],
  [
    'a byte order mark between two entries',
    edit('quotes.yml', '- id: mayor-2', '\ufeff- id: mayor-2'),
    ['quotes.yml:10 there is a byte order mark (U+FEFF) at the start of this line: take it out'],
  ],
  [
    'a text that goes on at the start of the next line',
    edit('timeline.yml', 'text: Drivers protest.', 'text: Drivers protest\nat the bridge.'),
    [
      'timeline.yml:8 “at the bridge.” is no field: write “name: value”, or begin the line with more spaces if it goes on with the value above',
    ],
  ],
  [
    'a text that goes on in the column of its field',
    edit('timeline.yml', 'text: Drivers protest.', 'text: Drivers protest\n  at the bridge.'),
    [
      'timeline.yml:8 “at the bridge.” is no field: write “name: value”, or begin the line with more spaces if it goes on with the value above',
    ],
  ],
  [
    'an entry without its dash',
    edit('people.yml', '- name', '  name'),
    ['people.yml:1 must be a list: each entry begins with “- ”'],
  ],
  [
    'a file of prose',
    { 'people.yml': 'Ana Example is the mayor.\n' },
    ['people.yml:1 must be a list: each entry begins with “- ”'],
  ],
  [
    'an entry of prose',
    { 'people.yml': `${PLAIN_STORY['people.yml']}- Ben Example\n` },
    ['people.yml:6 this entry: must have fields of its own, “name: value”, one a line'],
  ],
  [
    'sources that cannot be read, with all that cites them',
    edit('sources.yml', '  outlet', '\toutlet'),
    ['sources.yml:2 this line begins with a tab: use spaces'],
  ],
  [
    'quotes that cannot be read, with a correction of one',
    edit('quotes.yml', 'kind: direct                   # direct, partial, or reported', 'kind direct'),
    [
      'quotes.yml:4 “kind direct” is no field: write “name: value”, or begin the line with more spaces if it goes on with the value above',
    ],
  ],
  [
    'a number sign in a title',
    edit('story.md', 'title: The bridge', 'title: Docket #17, the bridge'),
    [
      'story.md:2 title: “#” begins a comment, so “#17, the bridge on Main Street” would be lost: put the value in quotation marks (a comment has two spaces before its # and one after it)',
    ],
  ],
  [
    'a number sign in quoted words',
    edit('quotes.yml', '"Nobody will cross it."', 'Nobody will #1 cross it.'),
    [
      'quotes.yml:14 words: “#” begins a comment, so “#1 cross it.” would be lost: put the value in quotation marks (a comment belongs on a line of its own, which begins where the name of the field does)',
    ],
  ],
  [
    'a value that begins with a number sign',
    edit('quotes.yml', 'remark: before the inspection', 'remark: #1 before'),
    [
      'quotes.yml:8 remark: “#” begins a comment, so “#1 before  # a few words for t…” would be lost: put the value in quotation marks (a comment has two spaces before its # and one after it)',
    ],
  ],
  [
    'a number sign in a list in brackets',
    edit('story.md', '[transport]', '[transport #1, bridge]'),
    [
      'story.md:7 “ #” begins a comment, so the rest of the line would be lost: put the value in quotation marks',
    ],
  ],
  [
    'a number sign where a text goes on',
    edit('timeline.yml', 'text: Drivers protest.', 'text: Drivers protest\n    #1 in the city.'),
    [
      'timeline.yml:8 text: “#” begins a comment, so “#1 in the city.” would be lost: put the value in quotation marks (a comment belongs on a line of its own, which begins where the name of the field does)',
    ],
  ],
  [
    'a comment behind quoted words',
    edit('quotes.yml', '"Nobody will cross it."', 'Nobody will cross it.  # the mayor'),
    [
      'quotes.yml:14 words: “#” begins a comment, so “# the mayor” would be lost: put the value in quotation marks (a comment belongs on a line of its own, which begins where the name of the field does)',
    ],
  ],
  [
    'a title that is a number',
    edit('story.md', 'title: The bridge on Main Street', 'title: 1968'),
    ['story.md:2 title: “1968” is not read as text: put it in quotation marks'],
  ],
  [
    'a role that is “true”',
    edit('quotes.yml', 'role: Mayor at the time', 'role: true'),
    ['quotes.yml:3 role: “true” is not read as text: put it in quotation marks'],
  ],
  [
    'an empty value',
    edit('quotes.yml', 'role: Mayor at the time', 'role:'),
    ['quotes.yml:3 role: is empty: give it a value, or take the line out'],
  ],
  [
    'a list in place of a text',
    edit('quotes.yml', 'role: Mayor at the time', 'role: [Mayor]'),
    ['quotes.yml:3 role: must be one text, not a list'],
  ],
  [
    'a word in place of a number',
    edit('quotes.yml', 'source: 2', 'source: two'),
    ['quotes.yml:6 source: must be a whole number without quotation marks, such as 3'],
  ],
  [
    'a number in place of a list',
    edit('timeline.yml', 'sources: [1]', 'sources: 1'),
    ['timeline.yml:4 sources: must be a list, such as [1, 2]'],
  ],
  [
    'yes in place of true',
    edit('timeline.yml', 'sources: [1]', 'sources: [1]\n  major: yes'),
    ['timeline.yml:5 major: must be true or false'],
  ],
  [
    'a kind of source that does not exist',
    edit('sources.yml', 'kind: news', 'kind: newspaper'),
    [
      'sources.yml:11 kind: must be news, primary, court-filing, official-local, secondary, reference or mirror',
    ],
  ],
  [
    'a state that does not exist',
    edit('story.md', 'state: developing', 'state: done'),
    ['story.md:4 state: must be developing, settled or archived'],
  ],
  [
    'a misspelt field',
    edit('story.md', 'title:', 'titel:'),
    ['story.md:2 titel: unknown field: is it “title”?'],
  ],
  [
    'a field that does not exist',
    edit('story.md', 'tags:', 'zebra: x\ntags:'),
    ['story.md:7 zebra: unknown field'],
  ],
  [
    'no space after a colon in braces',
    edit('story.md', '{ on: 2026-05-05 }', '{on:2026-05-05}'),
    ['story.md:6 checked.on:2026-05-05: unknown field: write a space after the colon'],
  ],
  [
    'a date in place of fields',
    edit('story.md', '{ on: 2026-05-05 }', '2026-05-05'),
    ['story.md:6 checked: must have fields of its own, “name: value”, one a line'],
  ],
  [
    'a date in words',
    edit('sources.yml', 'date: 2026-05-02', 'date: 2 May 2026'),
    ['sources.yml:5 date: must be a date like 2017-08-07'],
  ],
  [
    'a check in the future',
    edit('story.md', 'checked: { on: 2026-05-05 }', 'checked: { on: 2027-05-05 }'),
    ['story.md:6 checked.on: 2027-05-05 is in the future: give a day that has begun'],
  ],
  [
    'coversTo in the future',
    edit('story.md', 'coversTo: 2026-05-04', 'coversTo: 2027-05-04'),
    ['story.md:5 coversTo: 2027-05-04 is in the future: give a day that has begun'],
  ],
  [
    'words of the future',
    edit('quotes.yml', 'saidOn: 2026-05-02', 'saidOn: 2026-06-02'),
    ['quotes.yml:7 saidOn: 2026-06-02 is in the future: give a day that has begun'],
  ],
  [
    'a source of the future',
    edit('sources.yml', 'date: 2026-05-04', 'date: 2062-05-04'),
    ['sources.yml:12 date: 2062-05-04 is in the future: give a day that has begun'],
  ],
  [
    'front matter without an end',
    edit('story.md', '---\n\n## Sum', '\n\n## Sum'),
    ['story.md:1 the front matter at the top has no closing line of “---”'],
  ],
  [
    'a long dash in place of three hyphens',
    { 'story.md': PLAIN_STORY['story.md'].replace('---', '—') },
    ['story.md:1 the first line is “—”: write three hyphens, “---”'],
  ],
  [
    'an empty first line',
    { 'story.md': `\n${PLAIN_STORY['story.md']}` },
    ['story.md:1 the first line must be “---”: take out what is empty before it'],
  ],
  [
    'a heading with one sign',
    edit('story.md', '## Summary', '# Summary'),
    ['story.md:10 a heading begins with two signs and a space: “## ”'],
  ],
  [
    'a heading without its space',
    edit('story.md', '## Summary', '##Summary'),
    ['story.md:10 a heading has a space after “##”'],
  ],
  [
    'a heading with three signs',
    edit('story.md', '## Status', '### Status'),
    ['story.md:16 a heading begins with two signs and a space: “## ”'],
  ],
  [
    'a line of hyphens under a text',
    edit('story.md', 'the cost is not known.\n', 'the cost is not known.\n\nA line\n---\n'),
    [
      'story.md:16 a line of “---” or “===” under a text makes it a heading: leave an empty line between them',
    ],
  ],
  [
    'a range of sources',
    edit('story.md', '2026. [1]', '2026. [1-2]'),
    [
      'story.md:12 “[1-2]” is no citation that nutgraf knows: write [1] or [1, 2], or put no brackets round a number',
    ],
  ],
  [
    'a table',
    edit('story.md', 'Closed;', '| a | b |\n|---|---|\n\nClosed;'),
    ['story.md:18 tables are not shown: write a list, one line “- ” for each row'],
  ],
  [
    'HTML',
    edit('story.md', 'Closed;', '<b>Closed</b>;'),
    ['story.md:18 HTML is not shown: take it out; for the sign itself write \\<'],
  ],
  [
    'a picture',
    edit('story.md', 'Closed;', '![x](https://x.example/y.png) Closed;'),
    [
      'story.md:18 pictures are not shown in a story: take it out, or link to it with [words](https://example.org)',
    ],
  ],
  [
    'four spaces before a text',
    edit('story.md', 'Closed;', '    Closed;'),
    [
      'story.md:18 four spaces, a tab or three backticks at the start of a line make it program code, which is not shown: take them out',
    ],
  ],
  [
    'struck-out text',
    edit('story.md', 'Closed;', '~~Open~~ Closed;'),
    ['story.md:18 struck-out text is not shown as such (“~~Open~~ Clo”): take the text or the tildes out'],
  ],
  [
    'a number at the start of a wrapped line',
    edit('story.md', 'Closed; no', 'Closed on the\n1. of May; no'),
    [
      'story.md:19 “1.” at the start of a line begins a list: join it to the line before, or leave an empty line above the list',
    ],
  ],
  [
    'a plus sign at the start of a line',
    edit('story.md', 'Closed; no', '+ 5 percent; no'),
    ['story.md:18 “+” at the start of a line makes a list item: write “- ” for one, or \\+ for the sign'],
  ],
  [
    'a misspelt name of a stored text',
    edit('sources.yml', 'gazette.txt', 'gazete.txt'),
    ['sources.yml:13 the stored text sources/gazete.txt is missing: is it sources/gazette.txt?'],
  ],
  [
    'a stored text that is not there',
    edit('sources.yml', 'gazette.txt', 'zzzzz.txt'),
    [
      'sources.yml:13 the stored text sources/zzzzz.txt is missing',
      'sources/gazette.txt:1 no entry of sources.yml has this stored text',
    ],
  ],
  [
    'a file name with accents as signs of their own',
    {
      ...edit('sources.yml', 'gazette.txt', 'gazétte.txt'),
      'sources/gazette.txt': undefined,
      ['sources/gazétte.txt'.normalize('NFD')]: PLAIN_STORY['sources/gazette.txt'],
    },
    [
      'sources.yml:13 the stored text sources/gazétte.txt is missing: the name of the file has letters and their accents as signs of their own (as macOS writes them), this line has letters with accents: type both the same way, best without accents',
    ],
  ],
  [
    'another ending of a file',
    { 'sources.yml': undefined, 'sources.yaml': PLAIN_STORY['sources.yml'] },
    ['sources.yaml:1 this file is not part of a story: rename it sources.yml'],
  ],
  [
    'no sources',
    { 'sources.yml': undefined },
    ['story.md:1 the story cites sources, but there is no sources.yml beside it'],
  ],
  [
    'capitals in the name of a file',
    { 'quotes.yml': undefined, 'Quotes.yml': PLAIN_STORY['quotes.yml'] },
    ['Quotes.yml:1 this file is not part of a story: rename it quotes.yml'],
  ],
  [
    'curly marks round quoted words',
    edit('quotes.yml', '"Nobody will cross it."', '“Nobody will cross it.”'),
    ['quotes.yml:14 words: the words have quotation marks round them: take these out, nutgraf adds them'],
  ],
  [
    'curly marks inside straight ones',
    edit('quotes.yml', '"Nobody will cross it."', '"“Nobody will cross it.”"'),
    ['quotes.yml:14 words: the words have quotation marks round them: take these out, nutgraf adds them'],
  ],
  [
    'a no-break space in quoted words',
    edit('quotes.yml', 'Nobody will cross', 'Nobody\u00a0will cross'),
    [
      'quotes.yml:14 quote “mayor-2”: the words look the same as the stored text, but after “Nobody” the stored text has an ordinary space where the words have a no-break space (U+00A0): copy them from the stored text again (source 2, sources/gazette.txt)',
    ],
  ],
  [
    'a soft hyphen in a source',
    edit('sources/gazette.txt', 'Nobody', 'No\u00adbody'),
    [
      'quotes.yml:14 quote “mayor-2”: the words look the same as the stored text, but after “No” the stored text has a soft hyphen (U+00AD), which the words do not have: copy them from the stored text again (source 2, sources/gazette.txt)',
    ],
  ],
  [
    'accents in pieces in a source',
    {
      'sources/gazette.txt': PLAIN_STORY['sources/gazette.txt'].normalize('NFD'),
      'quotes.yml': PLAIN_STORY['quotes.yml']
        .replace('"Nobody will cross it."', 'the mayor said at the café.')
        .replace(/kind: direct\n/, 'kind: reported\n'),
    },
    [
      'quotes.yml:14 quote “mayor-2”: the words look the same as the stored text, but after “said at the caf” the stored text has “é” in pieces, as a letter and an accent (U+0065 U+0301) where the words have “é” (U+00E9): copy them from the stored text again (source 2, sources/gazette.txt)',
    ],
  ],
  [
    'one source for what is called certain',
    edit('timeline.yml', '[1, 2]', '[1]'),
    [
      'timeline.yml:5 confidence: high needs two or more independent sources; only source 1 is cited: cite another source, or write medium',
    ],
  ],
  [
    'the same source twice',
    edit('timeline.yml', '[1, 2]', '[2, 2]'),
    [
      'timeline.yml:5 confidence: high needs two or more independent sources; only source 2 is cited: cite another source, or write medium',
    ],
  ],
])('%s', async (_, changed, expected) => {
  expect(await problemsOf(changed)).toEqual(expected)
})

test('no sentence has the words of a parser', async () => {
  const signs = [...'\t"\'[]{}:#&*!|>%@`-,?\\\u00a0\ufeff']
  const words =
    /YAML|scalar|mapping|implicit|token|node|invalid input|expected (?:string|number|array|object)|undefined|received/i
  for (const file of ['story.md', 'sources.yml', 'quotes.yml', 'timeline.yml', 'facts.yml'] as const) {
    const text = PLAIN_STORY[file]
    for (let at = 5; at < text.length; at += 29)
      for (const sign of signs.filter((_, index) => (at + index) % 4 === 0)) {
        const { problems } = loadContent(
          plainStoryFiles({ [file]: text.slice(0, at) + sign + text.slice(at) }),
        )
        for (const { message } of problems) expect(message, `${file} ${at} ${sign}`).not.toMatch(words)
        expect(problems.length, `${file} ${at} ${sign}`).toBeLessThan(4)
      }
  }
})

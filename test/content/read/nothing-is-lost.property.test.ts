import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainInlines } from '../../../src/chat/plain-text.ts'
import type { Block, Inline } from '../../../src/chat/reply.ts'
import { readInlines, readSections } from '../../../src/content/read/markdown.ts'
import { QuotesFile, StoryFile } from '../../../src/content/read/schemas.ts'
import { parseYaml, parseYamlList } from '../../../src/content/read/yaml.ts'

const excerpt = (text: string) => ({ file: 'story.md', text, linesBefore: 0 })

/** What readers see of a text, addresses of links included. */
const seen = (inlines: Inline[]): string =>
  inlines
    .map(inline =>
      typeof inline !== 'string' && 'link' in inline && inline.link !== inline.text
        ? `${inline.text} ${inline.link}`
        : plainInlines([inline]),
    )
    .join('')
const seenBlock = (block: Block): string =>
  block.kind === 'list'
    ? block.items.map(seen).join(' ')
    : block.kind === 'text' || block.kind === 'note'
      ? seen(block.text)
      : ''

const CITATIONS = /(?<!\\)\[[ \t]*\d{1,6}(?:\s*,\s*\d{1,6})*[ \t]*\]/g
/** The letters and digits of a text, without its citations and without signs that are written as letters. */
const lettersOf = (text: string) => text.normalize('NFC').match(/[\p{L}\p{N}]/gu) ?? []
const typedLetters = (typed: string) => lettersOf(typed.replace(/&amp;/g, '').replace(CITATIONS, ''))

/** The first letter of a list that is not in the other one in the same order; undefined if all of them are. */
function firstLost(typed: string[], shown: string[]): string | undefined {
  let at = 0
  for (const [index, letter] of typed.entries()) {
    const found = shown.indexOf(letter, at)
    if (found < 0) return typed.slice(Math.max(0, index - 5), index + 1).join('')
    at = found + 1
  }
  return undefined
}

const PIECES =
  'bridge|Brücke|注意|请看|1968.|7.|1)|007.|12|3.5|#1|#|##|- |+ |* |> |>|*|**|***|_|__|~~|~|`|``|[1]|[1, 2]|[1,2]|[ 1 ]|[1-2]|[1–2]|[1; 2]|[^1]|[^note]|[1|2]|［1］|【2】|[^1]: x|[1]: /x|[sic]|[12 people]|\\[3\\]|\\*|\\_|\\#|&amp;|[notice](https://example.org/n)|**[notice](https://example.org/b)**|[a](b c)|[x](https://e.example "title")|[ref][r]|![alt](https://e.example/i.png)|<b>|</b>|<br>|<https://example.org/auto>|<!-- c -->|<|a | b|| a | b ||---|---||---|===|***|：|。|“|”|«|_重点_|**重点**|snake_case|f***ing|5 * 3|\t|    |  '.split(
    '|',
  )
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 3, arbitrary: fc.constantFrom('The', 'city', 'closed', 'it', '2026', 'é', '桥') },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
)
const gap = fc.constantFrom(' ', ' ', ' ', '', '', '\n', '\n\n', '\n  ')
const markdown = fc
  .array(fc.tuple(piece, gap), { minLength: 1, maxLength: 9 })
  .map(parts => parts.map(([text, space]) => text + space).join(''))
  .filter(text => !text.includes('&') || /^(?:[^&]|&amp;)*$/.test(text))

describe('every letter and digit of a text is seen by readers, or the text has a problem', () => {
  test('in story.md', () => {
    let kept = 0
    fc.assert(
      fc.property(markdown, typed => {
        const { sections, problems } = readSections(excerpt(`## Extra\n\n${typed}`))
        if (problems.length > 0) return
        kept++
        const shown = sections.map(({ title, body }) =>
          [title, ...body.map(({ block }) => seenBlock(block))].join(' '),
        )
        expect(firstLost(typedLetters(`Extra ${typed}`), lettersOf(shown.join(' ')))).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
    // Otherwise only problems would have been looked at.
    expect(kept).toBeGreaterThan(200)
  })

  test('in a value of a YAML file', () => {
    let kept = 0
    fc.assert(
      fc.property(markdown, typed => {
        const { inlines, problems } = readInlines(excerpt(typed))
        if (problems.length > 0) return
        kept++
        expect(firstLost(typedLetters(typed), lettersOf(seen(inlines)))).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
    expect(kept).toBeGreaterThan(200)
  })

  test('no mark that Markdown did not take is shown, apart from those that were meant', () => {
    fc.assert(
      fc.property(markdown, typed => {
        if (/\\|`|&/.test(typed)) return
        const { sections, problems } = readSections(excerpt(`## Extra\n\n${typed}`))
        if (problems.length > 0) return
        const shown = sections.map(({ title, body }) =>
          [title, ...body.map(({ block }) => seenBlock(block))].join(' '),
        )
        expect(shown.join(' ')).not.toMatch(/\*\*|~~|\]\(|\[\^[^\]\s]*\]|\[[\s\d,;–-]*\d[\s\d,;–-]*\]|<\/?b>/)
      }),
      { numRuns: 2_000 },
    )
  })
})

test.each([
  ['1968. The year in which it was built.', '1968. The year in which it was built.'],
  ['7. August 2017 klagte die Stadt.', '7. August 2017 klagte die Stadt.'],
  ['1) One lane', '1) One lane'],
  ['- 7. August', '7. August'],
  ['> 1968. The year', '1968. The year'],
  ['007. The film', '007. The film'],
  ['1968.', '1968.'],
  ['2. A [1]\n3. B', '2. A|3. B'],
  ['**[notice](https://example.org/n)** said', 'notice https://example.org/n said'],
  ['*see [notice](https://example.org/n)*', 'see notice https://example.org/n'],
  ['[**notice**](https://example.org/n)', 'notice https://example.org/n'],
  ['It is \\[1\\] of 2. [1]', 'It is [1] of 2.'],
  ['5 * 3 is 15', '5 * 3 is 15'],
  ['a snake_case word', 'a snake_case word'],
  ['f\\*\\*\\*ing', 'f***ing'],
  ['**注意**：请看', '注意：请看'],
  ['A list:\n- one\n- two', 'A list:|one|two'],
  ['Line one\nline two', 'Line one line two'],
  ['[the mayor] said [sic] in [June 2017]', '[the mayor] said [sic] in [June 2017]'],
])('%j is shown as it was meant', (typed, shown) => {
  const { sections, problems } = readSections(excerpt(`## Extra\n\n${typed}`))
  expect(problems).toEqual([])
  expect(sections[0]!.body.map(({ block }) => seenBlock(block)).join('|')).toBe(shown)
})

test.each([
  '[1-2]',
  '[1–2]',
  '[1; 2]',
  '[^1]',
  '[1.]',
  '[#1]',
  '[1 and 2]',
  '[1, ]',
  '［1］',
  '【1】',
  '[１]',
  '[source 1]',
  '[1',
  '[*1*]',
])('%s is reported, and nothing else about it', citation => {
  const { sections, problems } = readSections(excerpt(`## Extra\n\nIt is shut. ${citation}`))
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/is no citation that nutgraf knows/),
  ])
  expect(sections[0]!.doubtful).toEqual(sections[0]!.sources)
})

const SIGNS =
  "bridge|#1|#|# x|#17,| |  |:|: |&co|*b|!x|[a]|[a, b]|{b}|\"|'|''|2026|- |-|%|@|`|||>|é|~|null|true|yes|0x1F|1e3|1_000|007|\\\\n|\t|,|?|? |<<|---|...|\n  more|\n    # more".split(
    '|',
  )
const unquoted = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.constantFrom('The', 'city', ' of ', ' #4 ')), {
    minLength: 1,
    maxLength: 6,
  })
  .map(parts => parts.join(''))
  .filter(text => !/^\s*["'|>[]/.test(text))
/** How YAML reads lines that follow each other, and nothing else. */
const folded = (text: string) => text.trim().replace(/[ \t]*\n\s*/g, ' ')
const COMMENT_ON_PURPOSE = /(?:[ \t]{2,}|\t)#[ \t]+[^\d\s][^\n]*$/

describe('a value without quotation marks is read as it is typed, or the file has a problem', () => {
  test('of a field of words', () => {
    let kept = 0
    fc.assert(
      fc.property(unquoted, typed => {
        const text = `- id: a\n  speaker: A\n  role: b\n  kind: direct\n  words: ${typed}\n  source: 1\n  saidOn: not given\n`
        const { rows, problems } = parseYamlList(excerpt(text), QuotesFile.element)
        if (problems.length > 0) return
        kept++
        expect(rows.map(([, row]) => [row.words].flat().join())).toEqual([folded(typed)])
      }),
      { numRuns: 2_000 },
    )
    expect(kept).toBeGreaterThan(100)
  })

  test('of other text, apart from a comment that was meant as one', () => {
    let kept = 0
    fc.assert(
      fc.property(unquoted, typed => {
        // A comment above a value that begins on the next line is seen as one.
        if (/^\s*(?:#\s[^\n]*)?\n/.test(typed)) return
        const text = `title: x\ndek: ${typed}\nstate: settled # or archived\ncoversTo: 2026-05-04 # a day\n`
        const { value, problems } = parseYaml(excerpt(text), StoryFile)
        if (problems.length > 0) return
        kept++
        expect(folded(typed).replace(COMMENT_ON_PURPOSE, '').trim()).toBe(value!.dek)
      }),
      { numRuns: 2_000 },
    )
    expect(kept).toBeGreaterThan(100)
  })
})

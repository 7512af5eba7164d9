import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readUsualYaml } from '../../../../src/content/read/usual/yaml.ts'
import { parseYaml, parseYamlList } from '../../../../src/content/read/yaml.ts'

const FILES = globSync('content/**/*.yml').map(path => readFileSync(path, 'utf8'))
const STORIES = globSync('content/stories/*/story.md').map(path => readFileSync(path, 'utf8'))

/** A comment with a tab: nothing changes but that only the parser reads the text. */
const forParser = (text: string) => `${text}\n#\t`

const SCHEMAS = [
  z.unknown(),
  z.strictObject({ id: z.string(), words: z.string(), sources: z.array(z.int()).optional() }),
]

/** Paths to every value, and to some that are not there. */
function pathsIn(value: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  const inside = Object.entries(value instanceof Object ? value : {}).flatMap(([key, inner]) =>
    pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return [path, [...path, 'none'], [...path, 99], [...path, 'claim', 'words'], ...inside]
}

/** What is read of a text, with the line of each path. Problems are part of it. */
function readings(text: string, paths: PropertyKey[][]) {
  const excerpt = { file: 'quotes.yml', text, linesBefore: 3 }
  return SCHEMAS.flatMap(schema =>
    [parseYaml(excerpt, schema), parseYamlList(excerpt, schema)].map(({ lineNumberOf, ...read }) =>
      JSON.stringify([read, paths.map(lineNumberOf)]),
    ),
  )
}

/** Says whether a text is read without the parser; then all that is read of it must be the same as with it. */
function isReadTheSame(text: string): boolean {
  const usual = readUsualYaml(text)
  if (!usual) return false
  expect(readUsualYaml(forParser(text))).toBeUndefined()
  // The parser looks for each line from the start: of a long text some are enough.
  const all = pathsIn(usual.value)
  const paths = all.filter((_, index) => index % Math.ceil(all.length / 200) === 0)
  expect(readings(text, paths), text).toEqual(readings(forParser(text), paths))
  return true
}

const PIECES =
  '- |  |    |key|a|: |:| #|# x|#1|\'|"|\'\'|\\"|\\u00e9|\\ud800|[|]|{|}|, |,|>-|>|null|true|~|0|12|012|0x1f|1e3|1.5|1_000|2017-08-06|é|“q”| |&a|*a|!t|?|-|%|---|...|@|`|\t|\u00a0|O’Brien|x: y|[1, 2]|[a b, "c"]|{ on: 2020-01-01, by: x }|\u2028|\ud83d\ude00|<<: |- - |+1|.5|__proto__: |'
    .split('|')
    .concat([
      '|',
      '|-',
      '\n',
      '\n\n',
      '\n  ',
      '\n- ',
      '\n    - ',
      '\n# c\n',
      '\r\n',
      'a: >-\n    one\n    two\n',
    ])
const piece = fc.constantFrom(...PIECES)

const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a b',
      'é',
      '12',
      'x.y',
      '2017-08-06',
      "'a: b'",
      '"q"',
      '[a, 1]',
      '>-\n    a b\n    c',
    ),
  },
  { weight: 1, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map(pieces => pieces.join('')) },
)
const field = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'words', 'id'), fc.constantFrom(': ', ': ', ': ', ':', ':  '), value)
  .map(parts => parts.join(''))
const between = fc.constantFrom(
  '\n  ',
  '\n  ',
  '\n  ',
  '\n- ',
  '\n\n- ',
  '\n# c\n- ',
  '\n',
  '\n    ',
  '\n    - ',
)
const written = fc
  .tuple(
    fc.constantFrom('- ', '- ', '', '# c\n- '),
    fc.array(fc.tuple(field, between), { minLength: 1, maxLength: 4 }),
    field,
  )
  .map(([start, fields, last]) => [start, ...fields.flat(), last].join(''))

/** Some lines of a bundled file, with pieces put in or letters taken out. */
const edited = fc
  .record({
    text: fc.constantFrom(...FILES),
    from: fc.nat(400),
    count: fc.integer({ min: 3, max: 25 }),
    edits: fc.array(fc.tuple(fc.nat(), piece, fc.nat(3)), { maxLength: 3 }),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  })
  .map(({ text, from, count, edits, lineEnd }) => {
    const lines = text.split('\n')
    const start = from % lines.length
    const part = lines.slice(start, start + count).join('\n')
    return edits
      .reduce((result, [place, added, removed]) => {
        const at = place % (result.length + 1)
        return result.slice(0, at) + added + result.slice(at + removed)
      }, part)
      .replaceAll('\n', lineEnd)
  })

describe('YAML in the usual way of writing', () => {
  test('is what all bundled files are', () => {
    for (const text of FILES)
      expect(isReadTheSame(text), text.slice(0, 80)).toBe(!text.includes(': skip      '))
    for (const text of STORIES) expect(isReadTheSame(text.split(/^---\n/m)[1]!)).toBe(true)
  })

  test.each([
    ['an edited file', edited],
    ['any text', written],
  ])('has the values, lines and problems that the parser gives, in %s', (_, texts) => {
    let count = 0
    fc.assert(
      fc.property(texts, text => {
        if (isReadTheSame(text)) count++
      }),
      { numRuns: 800 },
    )
    expect(count).toBeGreaterThan(50)
  })

  test.each([
    'a: 1\na: 2',
    'a: b # cut',
    'a: b\n#1 cut',
    'a: |\n  b\n c: d',
    'a: &b c',
    'a: *b',
    'a: !b c',
    'a: b: c',
    'a:\n- b\n c: d',
    '- a\n  b',
    'a: "b',
    'a: "b\n  c"',
    'a: [b',
    'a: [b, ]',
    'a:',
    'a: ~',
    'null: a',
    'a: 0o17',
    'a: "\\x41"',
    '---\na: b',
    'a: b\n...',
    '\ta: b',
    '',
  ])('leaves %j to the parser', text => {
    expect(readUsualYaml(text)).toBeUndefined()
  })
})

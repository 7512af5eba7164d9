import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { readUsualMarkdown } from '../../../../src/content/read/usual/markdown.ts'

const BODIES = globSync('content/stories/*/story.md').map(path =>
  readFileSync(path, 'utf8').replace(/^---\n.*?\n---\n/s, ''),
)

/** Says whether a text is read without the parser; then the parser must give the same nodes, at the same places. */
function isReadTheSame(text: string): boolean {
  const usual = readUsualMarkdown(text)
  if (!usual) return false
  expect(plain(usual), text).toBe(plain(fromMarkdown(text).children))
  return true
}

/** Nodes as text, the fields of each in one order. */
const plain = (nodes: unknown) =>
  JSON.stringify(nodes, (_, value: unknown) =>
    value instanceof Object && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

const PIECES =
  'city|The|é|桥|“so”|(a)|2020.|1.|1)|2)|12|3.5|01.|[1]|[1, 2]|[ ]|[1](x)|[1][2]|[a]|[1]:|**bold**|**a b**:|**1**|a**b**c|**|*|_|`|\\|&|& |&amp;|&#8238;|<b>|<http://a.b>|~~|!|![|#|##|## |# |- |+ |* |> |>|---|===|***|```|:|"|\'|-|–|…|$|\u2028|\ufdd0|\u3000|\u00a0|\ufeff|\0|\t|\r|\ud83d\ude00|\ud800|http://a.b|www.a.b|a@b.c'
    .split('|')
    .concat(['|', '\n', '\n\n', '\n  ', '\n- ', '\n> ', '\n## ', '  ', '    ', ' ', ' ', ' '])
const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.constantFrom('The city', 'é', '“so”', '[1, 2]', '**bold**:') },
)
const written = fc
  .array(fc.tuple(piece, fc.constantFrom('', ' ', '', '\n', ' ')), { minLength: 1, maxLength: 9 })
  .map(pieces => pieces.flat().join(''))

/** Some lines of a bundled story, with pieces put in or letters taken out. */
const edited = fc
  .record({
    text: fc.constantFrom(...BODIES),
    from: fc.nat(400),
    count: fc.integer({ min: 2, max: 14 }),
    edits: fc.array(fc.tuple(fc.nat(), piece, fc.nat(3)), { maxLength: 3 }),
  })
  .map(({ text, from, count, edits }) => {
    const lines = text.split('\n')
    const part = lines.slice(from % lines.length, (from % lines.length) + count).join('\n')
    return edits.reduce((result, [place, added, removed]) => {
      const at = place % (result.length + 1)
      return result.slice(0, at) + added + result.slice(at + removed)
    }, part)
  })

describe('Markdown in the usual way of writing', () => {
  test('is what all bundled stories are', () => {
    for (const body of BODIES) expect(isReadTheSame(body)).toBe(true)
  })

  test.each([
    ['an edited story', edited],
    ['any text', written],
  ])('has the nodes and places that the parser gives, in %s', (_, texts) => {
    let count = 0
    fc.assert(
      fc.property(texts, text => {
        if (isReadTheSame(text)) count++
      }),
      { numRuns: 1_200 },
    )
    expect(count).toBeGreaterThan(100)
  })

  test.each(['a\n**b** c', '- a\n  **b** c [1, 2]\n- **d**: e', '> a\n> **b**: c', '## a\nb\n2020. c', ''])(
    'reads %j without the parser',
    text => {
      expect(isReadTheSame(text)).toBe(true)
    },
  )

  test.each([
    'a *b* c',
    'a __b__ c',
    '[a](https://example.org)',
    'a [1]\n\n[1]: https://example.org',
    '1. a',
    '# a',
    'a\n===',
    '- a\n\n- b',
    '- a\nb',
    '    a',
    'a  \nb',
    'a &amp; b',
    String.raw`a \* b`,
    'a <b> c',
    '![a](b)',
    '```',
  ])('leaves %j to the parser', text => {
    expect(readUsualMarkdown(text)).toBeUndefined()
  })
})

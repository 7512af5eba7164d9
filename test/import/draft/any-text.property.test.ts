import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { asStory } from '../../../src/import/draft/as-story.ts'
import { asNewStory } from '../../../src/import/draft/publish.ts'
import { readDrafts } from '../../../src/import/draft/read-draft.ts'
import { tickEntries } from '../../../src/import/draft/tick.ts'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'
import { article, asContent, drafted } from '../../support/import/drafted.ts'

/** Pieces of news, and everything that means something to YAML or Markdown. */
const PIECE = fc.constantFrom(
  'On Sunday, the mayor of Exampleton closed the bridge.',
  '“It stays shut,” said Ana Example, the mayor, on Aug. 3, 2026.',
  '"No: it\'s #1," Ben O\'Neil told reporters Monday.',
  'yes: no',
  '- [13] & *all* of `it` <b>_here_</b> | 50 % ~ # \\ ! @home',
  '’tis “nested ‘words’ here” in July,',
  '---',
  '...',
  '1. First, in 2016',
  '+ plus',
  '{a: b}',
  '\u00a0',
  'null',
  '😀 é́ 中文「引用」',
  'A sentence with a : colon and a " mark on 7 August 2026.',
)
const LINE = fc.array(PIECE, { minLength: 1, maxLength: 4 }).map(pieces => pieces.join(' '))
const TEXT = fc.array(LINE, { minLength: 1, maxLength: 8 }).map(lines => `${lines.join('\n')}\n`)

/** A dated sentence of the kind that a report shortens, once in the middle of a sign whatever its length. */
const HALVED = [0, 1].map(
  more =>
    `"No: it's #1," Ben O'Neil told reporters Monday, in July, ${'a'.repeat(more)}${'😀'.repeat(40)}\nOn Sunday, the mayor of Exampleton closed the bridge.\n`,
)

test('whatever a text and its head say, the draft is read without a problem, and so is the story that it becomes', () => {
  fc.assert(
    fc.property(TEXT, LINE, LINE, (text, title, outlet) => {
      const draft = drafted({
        article: article({
          text,
          title: { value: title, from: 'meta' },
          outlet: { value: outlet.slice(0, 90), from: 'meta' },
        }),
        quotations: findQuotations(text),
      })
      const files = asContent(draft)
      const [read] = readDrafts(files)
      expect(read!.problems).toEqual([])
      expect(read!.report).toEqual(draft.report)
      expect(read!.entries.map(({ values }) => values)).toEqual(
        ['quotes.yml', 'timeline.yml', 'people.yml'].flatMap(file =>
          draft.entries.filter(entry => entry.file === file).map(({ values }) => values),
        ),
      )
      expect(loadContent(asStory(read!)).problems).toEqual([])
      for (const { path, text: ticked } of tickEntries(read!, 'all'))
        files.find(file => file.path === path)!.text = ticked
      const [whole] = readDrafts(files)
      const published = asNewStory(whole!)
      const loaded = loadContent(published.files.map(file => ({ ...file, origin: file.path })))
      expect(loaded.problems).toEqual([])
      expect(published.leftOut).toEqual([])
      expect(loaded.stories[0]?.quotes).toHaveLength(
        draft.entries.filter(({ file }) => file === 'quotes.yml').length,
      )
    }),
    { numRuns: 60, examples: HALVED.map(text => [text, 'A title', 'A paper']) },
  )
})

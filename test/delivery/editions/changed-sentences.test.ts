import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Library } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { markChangedSentences } from '../../../src/delivery/editions/changed-sentences.ts'
import { readNews } from '../../../src/delivery/read-news.ts'
import { createWordsRecorder } from '../../../src/delivery/record-words.ts'
import { selectEdition } from '../../../src/digests/edition.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { afterEachTest } from '../../support/after-each.ts'
import { libraryFromFiles } from '../../support/content/story-files.ts'
import { court, draw, edition, FRIDAY, HOUR, THURSDAY } from '../../support/digests/friday-brief.ts'
import { temporaryFolder } from '../../support/start-process.ts'

const open: { close(): Promise<void> }[] = []
afterEachTest(async () => {
  for (const store of open.splice(0)) await store.close()
})

const STATUS = 'The appeal is open. [1]'
const TERMS = `- **Grant**: money for police. It is paid each year. [1]\n- **Order**: what a judge says. [2]\n`
const content = ({ terms = TERMS, status = STATUS } = {}) =>
  libraryFromFiles(
    court({
      body: `## Summary\n\nChicago sued. [1]\n\n## Status\n\n${status}\n\n## Terms\n\n${terms}`,
      people: [],
    }),
  )

/** Friday's brief, after content that was saved one version after another: the first one was told on Thursday. */
async function briefAfter(versions: [at: number, library: Library][], { withWords = true } = {}) {
  let now = 0
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now }))
  open.push(store)
  const recordWords = createWordsRecorder(store)
  for (const [at, library] of versions) {
    now = at
    await store.revisions.record(partsOfAll(library))
    if (withWords) await recordWords(library)
  }
  const library = versions.at(-1)![1]
  const { stories } = library
  const query = { stories, newsFrom: THURSDAY, newsTo: FRIDAY, zone: 'UTC' }
  const news = await markChangedSentences(store, await readNews(store, query), query)
  const selection = selectEdition(edition(library, new Map(), { news }))!
  return { selection, says: toPlainText(draw(library, new Map(), selection).reply) }
}

const before: [number, Library] = [THURSDAY - HOUR, content()]
const after = (fields: { terms?: string; status?: string }, at = FRIDAY - HOUR): [number, Library] => [
  at,
  content(fields),
]

test('a revised section shows the sentence that it did not have before, with the sources of that sentence', async () => {
  const { says } = await briefAfter([
    before,
    after({ terms: `${TERMS}- **Stay**: a pause of an order. [2]\n` }),
  ])
  expect(says).toMatch(/^Terms: Stay: a pause of an order\.\n/)
  expect(says).toContain('REVISED Fri 20 Apr [City]')
  const second = await briefAfter([before, after({ terms: TERMS.replace('each year', 'each month') })])
  expect(second.says).toMatch(/^Terms: It is paid each month\.\n/)
})

test('what was saved twice since the last brief is compared with what that brief told', async () => {
  const first = after({ terms: TERMS.replace('a judge says', 'a judge rules') }, FRIDAY - 2 * HOUR)
  const second = after({
    terms: TERMS.replace('a judge says', 'a judge rules').replace('each year', 'each month'),
  })
  expect((await briefAfter([before, first, second])).says).toMatch(/^Terms: It is paid each month\./)
  const back = after({ terms: TERMS.replace('a judge says', 'a judge rules, as a rule') })
  expect((await briefAfter([before, first, back])).says).toMatch(
    /^Terms: Order: what a judge rules, as a rule\./,
  )
})

test('a status shows its new sentence, and what follows it', async () => {
  const { says } = await briefAfter([
    before,
    after({ status: 'The appeal is open. A hearing comes in summer. It is public. [1]' }),
  ])
  expect(says).toMatch(/^A hearing comes in summer\.\n/)
  expect(says).toContain('REVISED Fri 20 Apr · Status · It is public. [')
})

test('where words were only left out, or the former ones are not known, the first sentence is shown', async () => {
  const shorter = after({ terms: '- **Grant**: money for police. It is paid each year. [1]\n' })
  expect((await briefAfter([before, shorter])).says).toMatch(/^Terms: Grant: money for police\./)
  const changed = after({ terms: `${TERMS}- **Stay**: a pause of an order. [2]\n` })
  expect((await briefAfter([before, changed], { withWords: false })).says).toMatch(/^Terms: Grant: money/)
})

test('a new note is shown, and a section that has changed since then shows what it has now', async () => {
  const noted = after({ terms: `${TERMS}\n> Editor’s note: the order was not seen. [2]\n` })
  const { says, selection } = await briefAfter([before, noted])
  expect(says).toMatch(/^Terms: Editor’s note: the order was not seen\./)
  const redrawn = draw(content({ terms: 'Nothing but this. [1]\n' }), new Map(), selection)
  expect(toPlainText(redrawn.reply)).toMatch(/^Terms: Nothing but this\./)
})

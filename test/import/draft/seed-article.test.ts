import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { checkDraft } from '../../../src/check/check-draft.ts'
import { composeDraft } from '../../../src/import/draft/compose-draft.ts'
import { readDrafts } from '../../../src/import/draft/read-draft.ts'
import { readPage, stopReadingPages } from '../../../src/import/page/read-page.ts'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'
import { bundledLibrary } from '../../support/conversations/conversation.ts'
import { asContent, textOf } from '../../support/import/drafted.ts'

afterAll(stopReadingPages)

const STORED = readFileSync('content/stories/lawsuit/sources/wqad-2017-08-06.txt')

test('the first article of the newsroom gives five quotations of the right speakers, and no notice of its website', async () => {
  const read = await readPage(STORED, { contentType: 'text/plain' })
  const article = {
    ...read,
    outlet: { value: 'WQAD', from: 'page' as const },
    published: { date: '2017-08-06', from: 'address' as const, sure: true },
  }
  const draft = composeDraft({
    article,
    quotations: findQuotations(article.text, { labels: article.labels }),
    slug: 'grants',
    stories: [],
    today: '2026-11-30',
  })
  const byHand = bundledLibrary.story('lawsuit')!.quotes
  const quotes = draft.entries.filter(({ file }) => file === 'quotes.yml').map(({ values }) => values)
  const said = quotes.flatMap(({ speaker, words }) => [words].flat().map(passage => [speaker, passage]))
  // The five marked passages of the article, as they are in the story that was written by hand.
  const wanted = ['emanuel-1', 'emanuel-2', 'johnson-1', 'sessions-1'].flatMap(id => {
    const quote = byHand.find(each => each.id === id)!
    return quote.spans.map(({ start, end }) => [quote.speaker, quote.source.text!.slice(start, end)])
  })
  expect(said.map(([speaker, words]) => [speaker, String(words).replace(/\.$/, '')])).toEqual(
    wanted.map(([speaker, words]) => [speaker, String(words).replace(/\.$/, '')]),
  )
  const roles = ['Chicago Mayor', 'Chicago Mayor', 'Chicago Police Dept. Superintendent', 'Attorney General']
  expect(quotes.map(({ role }, index) => String(role).endsWith(roles[index]!))).toEqual(roles.map(() => true))
  expect(quotes[0]).toMatchObject({ saidOn: '2017-08-06' })
  expect(textOf(draft, 'sources/1.txt')).not.toMatch(/archived article|outdated browser/)
  expect(draft.report.find(({ kind }) => kind === 'marks-left-out')?.text).toContain('“welcoming city”')
  expect(
    draft.entries.filter(({ file }) => file === 'timeline.yml').map(({ values }) => values.date),
    // What Emanuel “announced Sunday” is a quotation of the draft, and no event.
  ).toEqual(['2017-08-07'])
  const [folder] = readDrafts(asContent(draft))
  const moment = { now: Date.parse('2026-11-30'), today: '2026-11-30' }
  expect(checkDraft(folder!, moment).problems).toEqual([])
})

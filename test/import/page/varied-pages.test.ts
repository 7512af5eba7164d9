import { expect, test } from 'vitest'
import { parsePage } from '../../../src/import/page/parse-page.ts'
import { VARIED_PAGES } from '../../support/pages/varied-pages.ts'

const NOW = Date.parse('2025-12-01T12:00:00Z')

test.each(VARIED_PAGES)('$name', ({ page, contentType, url, text, head, labels, dropped }) => {
  const bytes = typeof page === 'string' ? Buffer.from(page) : page
  const article = parsePage({ bytes, contentType, url }, NOW)
  if ('failure' in article) throw new Error(article.failure)
  expect(article.text.split('\n')).toEqual(text)
  expect(article.labels).toBe(labels)
  if (head) {
    const { title, outlet, author, published, url } = article
    expect({ title, outlet, author, published, url }).toEqual({
      title: undefined,
      outlet: undefined,
      author: undefined,
      published: undefined,
      url: undefined,
      ...head,
    })
  }
  for (const line of dropped ?? []) expect(article.dropped).toContain(line)
})

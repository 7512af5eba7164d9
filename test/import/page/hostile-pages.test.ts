import { afterAll, describe, expect, test } from 'vitest'
import { PageError } from '../../../src/import/page/page-failure.ts'
import { parsePage } from '../../../src/import/page/parse-page.ts'
import { MAX_PAGE_BYTES, readPage, stopReadingPages } from '../../../src/import/page/read-page.ts'

afterAll(stopReadingPages)

const NOW = Date.parse('2026-11-30T12:00:00Z')
const PARAGRAPHS =
  '<p>The council said on Monday that the bridge would open again in the spring of next year.</p>'.repeat(8)
const ARTICLE = `<html><body><article>${PARAGRAPHS}</article></body></html>`

const parse = (page: string | Uint8Array) => parsePage({ bytes: Buffer.from(page as string) }, NOW)

describe('a page that nobody wrote for readers is refused with a reason, soon', () => {
  test.each([
    ['tooMany', 'tags nested more than 1000 deep', `<html><body>${'<div>'.repeat(200_000)}`],
    ['tooMany', 'tags nested more than 1000 deep', `${ARTICLE}${'<b>'.repeat(200_000)}`],
    ['tooMany', 'tags nested more than 1000 deep', '<table><tr><td>'.repeat(50_000)],
    ['tooMany', 'more than 150000 tags', `<html>${'<'.repeat(1_000_000)}`],
    ['tooMany', 'more than 150000 tags', `<p>${'<!--'.repeat(500_000)}`],
    ['noArticle', undefined, `<p>${'<script'.repeat(1_000)}`],
    ['noArticle', undefined, ''],
    [
      'noArticle',
      undefined,
      '<html><body><script>document.write("words ".repeat(100))</script></body></html>',
    ],
    ['noArticle', undefined, '<frameset><frame src=a><frame src=b></frameset>'],
    ['notAPage', 'the file of a program', 'abc\0def'],
    ['notAPage', 'a PDF: copy its text into a .txt file', '%PDF-1.7 x'],
    ['notAPage', 'a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['notAPage', 'data for programs (JSON)', '{"a": 1}'],
    [
      'notAPage',
      'a feed: follow it, or give the address of a page',
      '<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
    ],
    [
      'challenge',
      undefined,
      '<!DOCTYPE html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/x"></script><p>Checking that you are a person, which takes about five seconds.</p>',
    ],
  ])('%s: %s', (failure, detail, page) => {
    expect(parse(page)).toEqual(detail === undefined ? { failure } : { failure, detail })
  })
})

describe('a page is read whatever is in it besides the article', () => {
  test.each([
    ['data nested deep', `<script type="application/ld+json">${'['.repeat(100_000)}</script>${ARTICLE}`],
    [
      'data with names of a prototype',
      `<script type="application/ld+json">{"@type":"NewsArticle","__proto__":{"headline":"x"},"constructor":1}</script>${ARTICLE}`,
    ],
    ['a script that never ends', `${ARTICLE}<script>var x = "<p>`],
    ['classes without end', `<div class="${'share '.repeat(50_000)}">x</div>${ARTICLE}`],
    [
      'a form around it, and a style that hides it',
      `<body style="display:none"><form><aside>${PARAGRAPHS}</aside></form></body>`,
    ],
    [
      'broken letters',
      Buffer.concat([Buffer.from('<p>\xff\xfe'), Buffer.from(ARTICLE), Buffer.from([0xc3, 0x28])]),
    ],
  ])('%s', (_name, page) => {
    const read = parse(page)
    expect('text' in read && read.text.match(/The council said on Monday/g)?.length).toBe(8)
  })
})

describe('the thread that reads', () => {
  test('refuses what is too large without looking at it', async () => {
    const bytes = new Uint8Array(MAX_PAGE_BYTES + 1)
    await expect(readPage(bytes)).rejects.toThrow(
      'The page was not read: it is larger than 10 MB: save the text of the article alone.',
    )
  })

  test('is given up when it takes too long, and the next page is read', async () => {
    const slow = Buffer.from(`<body>${'<dd><p>'.repeat(60_000)}x`)
    const refused = readPage(slow, { timeoutMs: 300 })
    const read = readPage(Buffer.from(ARTICLE))
    const failure = await refused.catch(cause => cause)
    expect(failure).toBeInstanceOf(PageError)
    expect(failure).toMatchObject({ code: 'tooMany' })
    expect((await read).words).toBe(8 * 17)
  })

  test('leaves the loop free, and the bytes with their owner', async () => {
    const bytes = Buffer.from(ARTICLE.repeat(50))
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await readPage(bytes)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(0)
    expect(bytes.toString('latin1', 0, 6)).toBe('<html>')
  })
})

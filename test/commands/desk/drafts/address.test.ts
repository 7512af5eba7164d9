import { expect, test } from 'vitest'
import { draftNames, parseAddress } from '../../../../src/commands/desk/drafts/address.ts'

test.each([
  ['https://wqad.com/2017/08/06/a', 'https://wqad.com/2017/08/06/a'],
  ['wqad.com/2017/08/06/a?x=1#top', 'https://wqad.com/2017/08/06/a?x=1'],
  ['<https://wqad.com/a>', 'https://wqad.com/a'],
  ['HTTP://WQAD.com', 'http://wqad.com/'],
  ['http://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a'],
])('an address is read as it is typed: %s', (typed, href) => {
  expect(parseAddress(typed)?.href).toBe(href)
})

test.each([
  '',
  'wqad',
  'ftp://wqad.com/a',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://dana:secret@wqad.com/a',
  'https://wqad.com/a b',
  `https://wqad.com/${'a'.repeat(2_000)}`,
])('what is no address of a page is none: %s', typed => {
  expect(parseAddress(typed)).toBeUndefined()
})

test.each([
  ['https://www.wqad.com/a', 'wqad'],
  ['https://news.bbc.co.uk/a', 'bbc'],
  ['https://chicago.suntimes.com/a', 'suntimes'],
  ['http://127.0.0.1/a', 'page'],
  ['http://localhost/a', 'localhost'],
  ['https://xn--80ak6aa92e.com/', 'xn-80ak6aa92e'],
  [`https://${'a'.repeat(60)}.com/`, 'a'.repeat(24)],
])('a draft is called after its site, in few letters: %s', (address, name) => {
  const names = draftNames(new URL(address))
  expect(names.slice(0, 3)).toEqual([name, `${name}-2`, `${name}-3`])
  expect(new Set(names).size).toBe(99)
})

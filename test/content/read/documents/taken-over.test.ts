import { expect, test } from 'vitest'
import type { Document } from '../../../../src/content/read/documents/document.ts'
import { withoutTakenOver } from '../../../../src/content/read/documents/taken-over.ts'

const source = (entry: object, more: { pulledAt?: number } = {}): Document => ({
  path: 'stories/bridge/sources.desk.yml',
  entry: { number: 3, url: 'https://wqad.example/a', ...entry },
  ...more,
})
const bare = source({})
const withText = source({ text: '3-wqad.txt' })

test.each<[string, Document[], number[]]>([
  ['the later one with the text stands', [bare, withText], [1]],
  ['both pulled, too', [source({}, { pulledAt: 1 }), source({ text: '3.txt' }, { pulledAt: 1 })], [1]],
  ['never the earlier one', [withText, bare], [0, 1]],
  ['one in the files stays: nobody changes it here', [source({}, { pulledAt: 1 }), withText], [0, 1]],
  ['another address', [source({ url: 'https://wqad.example/b' }), withText], [0, 1]],
  ['another number', [source({ number: 2 }), withText], [0, 1]],
  ['another text', [source({ text: '2.txt' }), withText], [0, 1]],
  ['two without an address', [source({ url: undefined }), source({ url: undefined, text: 'a' })], [0, 1]],
  ['entries of other files', [{ ...bare, path: 'stories/bridge/facts.desk.yml' }, withText], [0, 1]],
])('of two sources of one page, %s', (_, documents, standing) => {
  expect(withoutTakenOver(documents)).toEqual(standing.map(at => documents[at]))
})

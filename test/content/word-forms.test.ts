import { expect, test } from 'vitest'
import { wordForms } from '../../src/content/search/word-forms.ts'

test.each([
  ['sue', ['sued', 'sues']],
  ['sued', ['sue', 'sues']],
  ['city', ['cities']],
  ['cities', ['city']],
  ['detainers', ['detainer']],
  ['ruling', ['rule', 'ruled', 'rules']],
  ['rule', ['ruling', 'ruled']],
  ['filed', ['file', 'files', 'filing']],
  ['protest', ['protests', 'protesting']],
  ['denied', ['deny']],
])('%s', (word, forms) => {
  expect(wordForms(word)).toEqual(expect.arrayContaining(forms))
  expect(wordForms(word)).not.toContain(word)
})

test('of what is no English word there is none', () => {
  for (const word of ['', 's', 'es', '2018', 'łódź', '安全', '7th']) expect(wordForms(word), word).toEqual([])
})

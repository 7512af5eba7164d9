import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findWords, fold, tokens, tokensWithOffsets } from '../../src/content/fold.ts'

test.each([
  ['  Lawsuit  Summary. ', 'lawsuit summary'],
  ['ÉCOLE', 'ecole'],
  ['“It’s” — so', '"it\'s" - so'],
  ['law\u200bsuit\ufeff', 'lawsuit'],
  ['a\u0000b\u00a0c', 'a b c'],
  ['ｉｃｅ', 'ice'],
  ['İstanbul', 'istanbul'],
  ['Wait . . .', 'wait . .'],
  ['…', ''],
])('%j', (typed, folded) => {
  expect(fold(typed)).toBe(folded)
})

test('folding twice gives the same words as folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), text => {
      fc.pre(!fold(text).endsWith('.'))
      expect(tokens(fold(text))).toEqual(tokens(text))
    }),
  )
})

test('words of plain text are those that they are beside words with accents', () => {
  const plain = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 30 }),
    fc.array(fc.constantFrom(...'aB9 .`\n\u0000·‘’“”–—…'), { maxLength: 12 }).map(signs => signs.join('')),
  )
  fc.assert(
    fc.property(plain, text => {
      expect([...tokens(text), 'e']).toEqual(tokens(`${text} é`))
    }),
  )
})

test('the offsets of words are right', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Chicago’s', 'e\u0301t\u00e9', 'ICE', '“re-think”', '½', '—', '\n'), {
        maxLength: 8,
      }),
      words => {
        const text = words.join(' ')
        const placed = tokensWithOffsets(text)
        expect(placed.map(({ token }) => token)).toEqual(tokens(text))
        for (const { token, start, end } of placed) expect(tokens(text.slice(start, end))).toContain(token)
      },
    ),
  )
})

test('findWords finds words that follow each other, whatever is between them', () => {
  expect(findWords('see you in COURT', 'Trump: “see you”, in court.')).toEqual({ start: 8, end: 26 })
  expect(findWords('you court', 'see you in court')).toBeUndefined()
  expect(findWords('!!!', 'see you')).toBeUndefined()
})

test.each([
  ['Wałęsa', 'walesa'],
  ['Søren', 'soren'],
  ['Đoković', 'dokovic'],
  ['Guðmundsdóttir', 'gudmundsdottir'],
  ['Groß, GROẞ', 'gross, gross'],
  ['Ægir Œuvre', 'aegir oeuvre'],
  ['Kılıç', 'kilic'],
  ['Þórr', 'thorr'],
  ['Ħamrun', 'hamrun'],
  ['Ǿrsted', 'orsted'],
])('a letter that has no accent to lose: %s', (typed, folded) => {
  expect(fold(typed)).toBe(folded)
})

test.each([
  ['राम', 'रामा'],
  ['पुल', 'पल'],
  ['பாலம்', 'பலம்'],
  ['か', 'が'],
  ['ไม่', 'ไม้'],
])('a vowel sign or mark that makes another word is kept: %s, %s', (one, other) => {
  expect(tokens(one)).not.toEqual(tokens(other))
})

test.each([
  ['大桥在安全之前保持关闭', '安全'],
  ['橋は安全が確認されるまで', '確認'],
  ['สะพานจะปิดจนกว่าจะปลอดภัย', 'ปิด'],
  ['ナイジェリアがＡＢＣで', 'ナイジェリア'],
  ['ครูทำน้ำ', 'น้ำ'],
])('words of a script without spaces: %s', (text, word) => {
  expect(tokens(text)).toContain(word)
  const placed = tokensWithOffsets(text)
  expect(placed.map(({ token }) => token)).toEqual(tokens(text))
  expect(
    placed.filter(({ token }) => token === word).map(({ start, end }) => text.slice(start, end)),
  ).toEqual([word])
})

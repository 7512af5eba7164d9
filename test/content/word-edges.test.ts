import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInsideWord } from '../../src/content/word-edges.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'

/** Texts with `|` at every position that is not inside a word or number. */
const MARKED = [
  '|We| |counted| |1,500| |people|',
  '|1 500| |people|',
  '|1’000| |and| |1.500,00| |and| |15,00,000|',
  '|an| |unfair| |and| |illegal| |trial|',
  '|an| |un\u00adfair| |and| |un\u200bfair| |trial|',
  '|a| |non-binding| |deal|',
  '|a| |non‑binding| |and| |non–binding| |deal|',
  '|$20| |and| |US$20| |and| |€ 20| |and| |20 €| |or| |£5|',
  '|−15| |and| |-15| |and| |–15| |and| |− 15| |degrees|',
  '|$-5| |and| |-$5| |and| |-.5| |and| |.5|',
  '|3.5| |and| |3,5| |percent|',
  '|5%| |and| |5 %| |and| |5‰| |and| |%50|',
  '|20°| |and| |20°C| |and| |20 °C|',
  '|≥5| |and| |≤ 5| |and| |~20| |and| |±3|',
  '|10:30| |and| |24/7| |and| |24-12| |and| |1–5| |and| |1—5|',
  '|10²| |and| |3 × 10⁻⁶| |and| |10^6| |and| |2×4|',
  '|1/2| |and| |1 1/2| |and| |1½| |and| |1 ½|',
  '|50+| |and| |C++| |and| |#1| |and| |№ 5| |and| |§ 5|',
  '|6′2″| |tall|',
  "|don’t| |and| |don't| |and| |O’Brien| |and| |rock’n’roll|",
  '|AT&T| |and| |he/she| |and| |a_b| |and| |name@host|',
  '|U.S|.| |and| |p.m|.| |and| |Ph.D|.| |and| |example.com|',
  '|f**k| |it|',
  '|safe|—|so| |he| |said|',
  '|safe|–|so| |he| |said|',
  '|(|fair|)| |and| |“|fair|”| |and| |‘|fair|’|',
  '|2020|,| |500| |people|',
  '|Peña| |and| |Pen\u0303a| |and| |राम| |and| |रामा|',
  '|🦊| |and| |👨‍👩‍👧| |and| |👍🏽| |and| |🇺🇸|🇩🇪|',
  '|می\u200cخواهم| |پل|',
  '|서울| |다리|',
  '|大|桥|在|安全|之前|保持|关闭|，|任何人|不得|进入|。|',
  '|一千五百|人| |和| |1500万|人| |和| |第一|次|',
  '|百分之五|',
  '|三点五|倍|',
  '|３．５％|',
  '|不合法| |非法|',
  '|สะพาน|จะ|ปิด|',
]

test.each(MARKED)('%s', marked => {
  const text = marked.replaceAll('|', '')
  const shown: string[] = []
  for (let position = 0; position <= text.length; position++) {
    if (!isInsideWord(text, position)) shown.push('|')
    shown.push(text[position] ?? '')
  }
  expect(shown.join('')).toBe(marked)
})

const WHOLE = fc.oneof(
  fc.constantFrom(
    ...'the bridge unfair non-binding ex-president don’t 1,500 3.5 .5 $20 €3.5 −15 5% 5‰ 20° ≥5 10:30 24/7 1–5 50+ C++ AT&T he/she U.S. 10² naïve Łódź राम 2026-05-02'.split(
      ' ',
    ),
  ),
  fc.nat({ max: 2_000_000 }).map(number => number.toLocaleString('en-US')),
  fc
    .tuple(fc.constantFrom('$', '€', '−', '-', '≤', '~', '#'), fc.nat({ max: 9_999 }))
    .map(([sign, number]) => `${sign}${number}`),
  fc
    .tuple(fc.nat({ max: 9_999 }), fc.constantFrom('%', '°', '€', '+', '‰'))
    .map(([number, sign]) => `${number}${sign}`),
  fc.stringMatching(/^[a-zà-öø-ÿ]{1,9}$/),
)
const BETWEEN = fc.constantFrom(
  ' and ',
  ', so ',
  '; to ',
  ' (see) ',
  '—yet ',
  ': no, ',
  ' “said” ',
  '? He ',
  '\n\nThen ',
)

test('a random cut is inside a word exactly if a whole word or number has it inside', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(WHOLE, BETWEEN), { minLength: 1, maxLength: 8 }), parts => {
      let text = ''
      for (const [whole, between] of parts) {
        const start = text.length
        text += whole + between
        const end = start + whole.length
        const around = `${text}end`
        expect(isInsideWord(around, start), `${around} at ${start}`).toBe(false)
        expect(isInsideWord(around, end), `${around} at ${end}`).toBe(false)
        for (let at = start + 1; at < end; at++)
          expect(isInsideWord(around, at) || isAfterLastDot(whole, at - start), `${around} at ${at}`).toBe(
            true,
          )
      }
    }),
    { numRuns: 500 },
  )
})

/** “U.S” and the full stop behind it: a sentence may end there. */
const isAfterLastDot = (whole: string, at: number) => whole.endsWith('.') && at === whole.length - 1

test('10,000 random cuts of the bundled quotations: none passes inside a word', () => {
  const texts = bundledLibrary.stories.flatMap(story => [
    ...story.quotes.map(quote => quote.words),
    ...story.sources.map(source => source.text ?? ''),
  ])
  const isWord = (character: string) => /[\p{L}\p{N}\p{M}$€£%]/u.test(character)
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(), (text, number) => {
      const at = number % (text.length + 1)
      const [before = '', left = '', right = '', after = ''] = [-2, -1, 0, 1].map(offset =>
        text.charAt(at + offset),
      )
      const cutsWord = isWord(left) && isWord(right)
      const cutsBehind = /[-’'.,&/]/.test(left) && isWord(before) && isWord(right)
      const cutsBefore = /[-’'.,&/]/.test(right) && isWord(left) && isWord(after)
      if (cutsWord || cutsBehind || cutsBefore) expect(isInsideWord(text, at), `${text} at ${at}`).toBe(true)
      if (/\s/.test(left) && !/[\p{N}\p{Sc}%°×½]/u.test(before + right))
        expect(isInsideWord(text, at)).toBe(false)
    }),
    { numRuns: 10_000 },
  )
})

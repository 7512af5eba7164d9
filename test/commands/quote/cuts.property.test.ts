import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { checkWords } from '../../../src/commands/quote/check.ts'
import { tokens } from '../../../src/content/fold.ts'
import type { Library } from '../../../src/content/library.ts'
import { isInsideWord } from '../../../src/content/word-edges.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { bundledLibrary } from '../../support/conversations/conversation.ts'

const GENERATED = [
  'We counted 1,500 people and 3.5 percent of $20 million, not −15 or 5 % of it.',
  'It is a non-binding deal, an unfair trial, and an illegal one: don’t sign it at 10:30 p.m.',
  'Die Straße in Łódź ist für 1.500 Leute gesperrt, “sagte” er (am 2. Mai).',
  '大桥在安全之前保持关闭，任何人不得进入，一千五百人受到影响。',
  'สะพานจะปิดจนกว่าจะปลอดภัย ไม่มีใครเข้าได้',
]
const generatedLibrary = libraryFromFiles(
  storyFiles('generated', {
    stored: { 'paper.txt': GENERATED.map(words => `«${words}» she said.\n`).join('\n') },
    facts: [],
    quotes: GENERATED.map((words, index) => ({ ...QUOTE, id: `q${index}`, words })),
  }),
)
const LIBRARIES = { bundled: bundledLibrary, generated: generatedLibrary }
const CUT_TEXTS = (['bundled', 'generated'] as const).flatMap(name =>
  LIBRARIES[name].stories.flatMap(story => story.quotes.map(({ words }) => ({ name, words }))),
)

/** Whether a library has words anywhere with both ends whole. */
function hasWhole({ stories }: Library, cut: string): boolean {
  const texts = stories.flatMap(({ quotes, sources }) => [
    ...quotes.map(({ words }) => words),
    ...sources.map(({ text = '' }) => text),
  ])
  return texts.some(text => {
    for (let at = text.indexOf(cut); at >= 0; at = text.indexOf(cut, at + 1))
      if (!isInsideWord(text, at) && !isInsideWord(text, at + cut.length)) return true
    return false
  })
}

const check = (library: Library, typed: string) =>
  toPlainText(
    checkWords(library, typed, {
      ...{ command: 'quote', text: '', place: 'slack:T1/C1', audience: 'caller', at: 0 },
      caller: { id: 'slack:T1/U1', rights: ['member'] },
    }),
  )

test('words cut out of a quotation are exact if both ends are whole, and never if an end cuts a word', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(fc.constantFrom(...CUT_TEXTS), fc.nat(), fc.nat(), ({ name, words }, first, second) => {
      const [start, end] = [first % words.length, second % words.length].sort((a, b) => a - b) as [
        number,
        number,
      ]
      const cut = words.slice(start, end)
      fc.pre(tokens(cut).length >= 3 && cut.length <= 500 && !/^[\s\p{P}\p{S}]|[\s\p{P}\p{S}]$/u.test(cut))
      const answer = check(LIBRARIES[name], cut)
      if (hasWhole(LIBRARIES[name], cut)) expect(answer).toMatch(/\n\nExact (?:match|words) /)
      else expect(answer, `${cut} from ${words}`).not.toMatch(/\n\nExact /)
    }),
    { numRuns: 1_000 },
  )
})

test('a word that is changed is told with ours and the typed one', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...CUT_TEXTS), fc.nat(), ({ name, words }, number) => {
      const parts = words.split(' ')
      fc.pre(parts.length >= 6 && words.length <= 480 && !words.includes('…'))
      const index = number % parts.length
      const ours = parts[index]!
      const answer = check(LIBRARIES[name], parts.with(index, 'budgerigar').join(' '))
      expect(answer).toContain('Differs here')
      expect(answer).toMatch(/our copy has “[^”]*.*yours “budgerigar/)
      expect(answer).toContain(ours.replace(/[.,]?[”"]?$/, ''))
    }),
    { numRuns: 300 },
  )
})

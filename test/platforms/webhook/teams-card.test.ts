import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainInlines } from '../../../src/chat/plain-text.ts'
import { type Inline, list, note, text } from '../../../src/chat/reply.ts'
import { drawTeamsCard } from '../../../src/platforms/webhook/teams-card.ts'
import { replyOf } from '../../support/reply-of.ts'
import { teamsProblem } from '../../support/webhook/strict-bodies.ts'

const bodyOf = (message: ReturnType<typeof drawTeamsCard>) => message.attachments[0]!.content.body
const wordsOf = (message: ReturnType<typeof drawTeamsCard>) =>
  bodyOf(message).map(({ inlines }) => inlines.map(run => run.text).join(''))

const anyWords = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '**b**',
    '[a](https://x.example)',
    '<at>all</at>',
    '{{DATE(2017-02-14T06:08:39Z,SHORT)}}',
    'a\nb',
  ),
)
const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  anyWords,
  anyWords.map(bold => ({ bold })),
  anyWords.map(italic => ({ italic })),
  anyWords.map(code => ({ code })),
  anyWords.map(words => ({ link: 'https://city.example/a', text: words })),
)

test('a card says every word as it is, in runs that Teams takes for text alone', () => {
  fc.assert(
    fc.property(fc.array(anyInline, { minLength: 1, maxLength: 8 }), inlines => {
      const reply = {
        ...replyOf(text('First.'), text(...inlines), list([inlines]), note(...inlines)),
        title: 'Title',
      }
      const message = drawTeamsCard(reply)
      expect(teamsProblem(message)).toBeUndefined()
      const said = wordsOf(message).join('\n').replace(/\s+/g, ' ')
      for (const line of plainInlines(inlines).split(/\r\n?|\n/))
        expect(said).toContain(line.replace(/\s+/g, ' ').trim())
      for (const { inlines: runs } of bodyOf(message))
        for (const run of runs) expect(run.text).not.toContain('{{')
    }),
  )
})

test('small print, links and code look like that; an address that is no web address is words', () => {
  const message = drawTeamsCard(
    replyOf(
      text(
        { bold: 'New' },
        ' ',
        { link: 'https://city.example/a', text: 'Bridge' },
        { link: 'javascript:x', text: '!' },
      ),
      note('See ', { code: '/bridge' }),
    ),
  )
  expect(bodyOf(message)).toEqual([
    {
      type: 'RichTextBlock',
      spacing: 'Medium',
      inlines: [
        { type: 'TextRun', text: 'New', weight: 'Bolder' },
        { type: 'TextRun', text: ' ' },
        {
          type: 'TextRun',
          text: 'Bridge',
          selectAction: { type: 'Action.OpenUrl', url: 'https://city.example/a' },
        },
        { type: 'TextRun', text: '!' },
      ],
    },
    {
      type: 'RichTextBlock',
      spacing: 'Small',
      inlines: [
        { type: 'TextRun', text: 'See ', size: 'Small', isSubtle: true },
        { type: 'TextRun', text: '/bridge', size: 'Small', isSubtle: true, fontType: 'Monospace' },
      ],
    },
  ])
})

test('a card that is too large is refused, and never cut', () => {
  expect(() => drawTeamsCard(replyOf(text('x'.repeat(14_000))))).toThrow(/bytes, at most/)
  expect(() => drawTeamsCard(replyOf())).toThrow(/nothing to send/)
})

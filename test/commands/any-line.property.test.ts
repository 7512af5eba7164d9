import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { render as discord } from '../../src/platforms/discord/render.ts'
import { render as slack } from '../../src/platforms/slack/render.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import { parseNodes } from '../support/discord/drawn-message.ts'
import { parsedTexts } from '../support/slack/drawn-message.ts'

const word = fc.oneof(
  fc.constantFrom(
    ...'/lawsuit /nutgraf /quote /find /digest @nutgraf story find changes help about list check summary timeline quotes who sources latest follow sessions emanuel 2018 2018.. #2 #99 see you in court'.split(
      ' ',
    ),
    ...[
      '--public',
      '—public',
      '--page',
      '2',
      '–since',
      '7d',
      '--story',
      'lawsuit',
      '--story=nope',
      '--since=',
      '--x',
    ],
    ...[
      '"',
      '“',
      '”',
      '\\',
      "'",
      '<!channel>',
      '@everyone',
      '<@1>',
      '*_~`|',
      '[x](https://evil.example)',
      '\u202e',
      '\u0000',
      '🦊',
      '\ud800',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const typed = fc.oneof(
  fc.array(word, { maxLength: 8 }).map(words => words.join(' ')),
  fc
    .tuple(word, fc.constantFrom(80, 999, 5_000))
    .map(([repeated, times]) => `/quote ${repeated.repeat(times)}`),
)

test('whatever is typed, there is an answer that fits on both platforms, and nothing throws', () => {
  const { ask, errors } = startConversation(bundledLibrary)
  fc.assert(
    fc.property(typed, fc.constantFrom('caller' as const, 'place' as const), (line, audience) => {
      const reply = ask(line, { audience })
      expect(toPlainText(reply).trim()).not.toBe('')
      expect(toPlainText(reply).length).toBeLessThanOrEqual(1_100)
      expect(errors).toEqual([])
      slack(reply)
      discord(reply)
    }),
    { numRuns: 600 },
  )
})

const heads = fc.constantFrom(
  ...'/lawsuit|/nutgraf|/nutgraf find|/nutgraf story|/nutgraf changes|/nutgraf help|/nutgraf city|/quote|/quote check|/digest|/digest on|/lawsuit who|/lawsuit quotes|/lawsuit timeline|/lawsuit sources'.split(
    '|',
  ),
)
const around = fc.constantFrom(
  ...'the city sessions sesions 2018 #2 #99 mornin --story=lawsui --story=lawsuit --page --since lawsui lawsuit 2 7d'.split(
    ' ',
  ),
)
const OWN = ['naughty', '§§§', '!?!?'.repeat(22)]

test('what is read by all repeats nothing that somebody typed of their own', () => {
  const { ask, errors } = startConversation(bundledLibrary)
  const words = fc.array(fc.oneof(around, fc.constantFrom(...OWN)), { maxLength: 6 })
  fc.assert(
    fc.property(heads, words, fc.boolean(), (head, typed, quoted) => {
      const line = quoted ? `${head} "${typed.join(' ')}"` : `${head} ${typed.join(' ')}`
      const reply = ask(line, { audience: 'place', place: 'discord:1/2' })
      // Discord prints the line of a button that does not fit.
      const read = toPlainText(reply) + discord(reply).content
      for (const own of OWN) expect(read, line).not.toContain(own)
      expect(errors).toEqual([])
    }),
    { numRuns: 1_500 },
  )
})

const HOSTILE = [
  '<!channel> <!here> <@U1> <#C1|general>',
  '@everyone @here <@123> <@&456> <#789>',
  '*b* _i_ ~s~ `c` ```x``` ||spoiler|| # h -# small > q',
  '[click](https://evil.example) <https://evil.example|ok> https://evil.example',
  '"--public" —public &lt;!channel&gt;',
  '\u200fgnp.exe 👩‍👩‍👧 ｅｖｅｒｙｏｎｅ',
]

/** Kinds of Discord markup that readers would take for more than text. */
const ACTIVE = new Set(
  'user role channel everyone here slashCommand emoji timestamp link url autolink spoiler codeBlock'.split(
    ' ',
  ),
)

test('hostile words in every field of a story stay words on both platforms', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE), (one, two) => {
      const paper = `${one} begins.\n\n"${two.replaceAll('"', '')} they said," somebody said.\n`
      const said = `${two.replaceAll('"', '')} they said,`
      const { ask, errors, commands } = startConversation(
        libraryFromFiles(
          storyFiles('bad', {
            meta: {
              title: one,
              dek: two,
              notChecked: two,
              archive: one,
              next: two,
              command: 'bad',
              tags: [one],
            },
            stored: { 'paper.txt': paper },
            sources: [
              {
                number: 1,
                outlet: one,
                title: two,
                kind: 'news',
                dateNote: one,
                text: 'paper.txt',
                rights: two,
                note: one,
              },
            ],
            quotes: [
              {
                id: 'q',
                speaker: one,
                aliases: [two],
                role: two,
                kind: 'direct',
                words: said,
                source: 1,
                saidOn: 'not given',
                remark: 'r',
                next: 'n',
                note: 'Plain.',
              },
            ],
            timeline: [{ date: '2026-05-01', text: `X ${escaped(one)}`, confidence: 'high', sources: [1] }],
            people: [{ name: one, role: two, sources: [1] }],
            facts: [
              {
                id: 'f',
                text: `X ${escaped(two)}`,
                confidence: 'high',
                sources: [1],
                claim: { says: one, source: 1, words: 'begins', verdict: two },
              },
            ],
            corrections: [{ on: '2026-05-02', part: 'quote:q', was: one, now: `${two} now`, why: one }],
          }),
        ),
      )
      const verbs = commands().find(command => command.name === 'bad')!.subcommands!
      for (const line of [
        ...verbs.map(verb => `/bad ${verb.name}`),
        '/bad sources #1',
        '/quote said',
        '/quote',
        '/quote begins somebody',
        '/nutgraf find begins',
        '/nutgraf find said',
        '/nutgraf story list',
        '/nutgraf changes --since 2026-01-01',
        '/nutgraf help',
      ]) {
        const reply = ask(line)
        expect(reply.blocks.length, line).toBeGreaterThan(0)
        for (const parsed of parsedTexts(slack(reply)))
          expect(parsed, line).not.toMatch(/<[!@#]|<https?:\/\/evil/)
        const drawn = discord(reply)
        expect(drawn.allowed_mentions).toEqual({ parse: [] })
        const types = parseNodes(drawn.content).map(node => node.type)
        expect(
          types.filter(type => ACTIVE.has(type)),
          line,
        ).toEqual([])
      }
      expect(errors).toEqual([])
    }),
    { numRuns: 20 },
  )
})

/** Escapes the characters that mean something in Markdown, so that they reach the reply unchanged. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]()<>#+\-.!|~&"]/g, '\\$&')

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { unambiguousLine } from '../../../src/commands/digest/problems.ts'
import { parseDigestWords } from '../../../src/commands/digest/words.ts'
import { parseLine } from '../../../src/commands/line.ts'
import { render as discord } from '../../../src/platforms/discord/render.ts'
import { render as slack } from '../../../src/platforms/slack/render.ts'
import { STORIES, startDigestConversation } from '../../support/conversations/digest-conversation.ts'

const word = fc.oneof(
  fc.constantFrom(
    ...'on off set status quiet now preview help morning weekly bridge old-bridge span chicago america/chicago cst'.split(
      ' ',
    ),
    ...'7:30 7.30am 18:00 noon weekdays mon-fri mon,wed daily skip note all story:bridge --public --page 2'.split(
      ' ',
    ),
    ...['"new york"', 'follow', 'unfollow', '<!channel>', '@everyone', '*_~`|', '\u202e', '🦊', '"', '“'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

test('whatever is typed, there is an answer that fits on both platforms, and nothing throws', async () => {
  const { ask, log, posts } = await startDigestConversation()
  const head = fc.constantFrom(
    '/digest',
    '/digest on',
    '/digest set',
    '/nutgraf digest',
    '/span follow',
    '/digest off',
  )
  await fc.assert(
    fc.asyncProperty(head, fc.array(word, { maxLength: 6 }), fc.boolean(), async (start, typed, open) => {
      const reply = await ask(`${start} ${typed.join(' ')}`, { audience: open ? 'place' : 'caller' })
      expect(toPlainText(reply).trim()).not.toBe('')
      expect(toPlainText(reply).length).toBeLessThanOrEqual(1_000)
      slack(reply)
      discord(reply)
      expect(log.errors).toEqual([])
    }),
    { numRuns: 300 },
  )
  for (const post of posts())
    expect(post).toMatch(/^(?:Morning brief|Week in review) is (?:on|off) in #city-desk/)
})

test('the line that leaves nothing open means the same', () => {
  const part = fc.record(
    {
      names: fc.constantFrom<string[]>(['morning'], ['weekly']),
      time: fc.constantFrom('00:00', '07:30', '23:59'),
      zone: fc.constantFrom('America/Chicago', 'Asia/Kolkata', 'UTC', 'America/Argentina/Buenos_Aires'),
      days: fc
        .subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 })
        .map(days => [...days]),
      stories: fc.constantFrom<string[]>(['bridge'], ['bridge', 'old-bridge']),
      quiet: fc.constantFrom<('skip' | 'note')[]>(['skip' as const], ['note' as const]),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(part, wanted => {
      const { args } = parseLine(
        unambiguousLine({ commandLine: '/digest on' }, wanted).slice('/digest on'.length),
      )
      const read = parseDigestWords(args, STORIES)
      expect(read).toMatchObject({ unknown: [], conflicts: [], storyOrZoneWords: [], ...wanted })
    }),
  )
})

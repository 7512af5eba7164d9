import { describe, expect, test } from 'vitest'
import { digestForm } from '../../../src/commands/digest/form.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { STORIES, startDigestConversation } from '../../support/conversations/digest-conversation.ts'

const wordsHere = async ({ subscriptionsHere }: Awaited<ReturnType<typeof startDigestConversation>>) =>
  (await subscriptionsHere()).map(({ words }) => words)

describe('a filter by words', () => {
  test('is set after the other words of a line, announced, and shown by status', async () => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning 7:30 words: bridge, "Main Street" -police')
    expect(bot.posts().at(-1)).toContain('\nOnly news with words: bridge, "Main Street" -police\n')
    expect(await bot.subscriptionsHere()).toMatchObject([
      { digest: 'morning', time: '07:30', words: 'bridge, "Main Street" -police' },
    ])
    expect(await bot.say('/digest status')).toContain('Only news with words: bridge, "Main Street" -police')
  })

  test('stays when something else is changed, and goes with “words:” alone or “all”', async () => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning')
    await bot.say('/nutgraf digest set morning words: bridge')
    await bot.say('/digest set morning 18:00')
    await bot.say('/nutgraf old-bridge unfollow morning')
    expect(await bot.subscriptionsHere()).toMatchObject([
      { time: '18:00', stories: 'bridge', words: 'bridge' },
    ])
    await bot.say('/digest set morning words:')
    expect(await wordsHere(bot)).toEqual([undefined])
    expect(bot.posts().at(-1)).not.toContain('Only news')
    await bot.say('/digest set words bridge')
    expect(await wordsHere(bot)).toEqual(['bridge'])
    // As one option of a picker may have it.
    await bot.say('/digest set "morning words: bridge, \\"Main Street\\" -police"')
    expect(await wordsHere(bot)).toEqual(['bridge, "Main Street" -police'])
    await bot.say('/digest set "words: all"')
    expect(await wordsHere(bot)).toEqual([undefined])
  })

  test('that is there already changes nothing', async () => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning words: bridge')
    const again = await bot.say('/digest set morning words: "bridge"')
    expect(again).toContain('is already on')
    expect(again).toContain('Only news with words: bridge')
    expect(bot.posts()).toHaveLength(1)
  })

  test.each([
    [
      'words: "7th circuit',
      'The quotation mark before “7th circuit” is not closed. Write a phrase like this:',
    ],
    ['words: -sports', 'Name at least one word that you want, not only -sports: words: ordinance -sports'],
    ['words: bridge -bridge', '“bridge” is wanted and left out at the same time.'],
    ['words: bridge &', '“&” has no letter or digit to look for.'],
    [`words: ${'x'.repeat(201)}`, 'These words are too long: at most 200 characters.'],
  ])('%s is refused, and nothing is changed', async (typed, sentence) => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning')
    const answer = await bot.say(`/digest set morning ${typed}`)
    expect(answer).toContain(sentence)
    expect(answer).toContain('Nothing was changed.')
    expect(await wordsHere(bot)).toEqual([undefined])
  })

  test('is not repeated for all to see unless our stories have its words', async () => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning words: bridge, scoundrel')
    expect(bot.posts().at(-1)).not.toContain('scoundrel')
    expect(bot.posts().at(-1)).toContain('Only news with words: bridge · 1 more: /digest status shows')
    expect(await bot.say('/digest status')).toContain('bridge, scoundrel')
    expect(await bot.say('/digest status', { audience: 'place' })).not.toContain('scoundrel')
    await bot.say('/digest set morning words: scoundrel -bridge')
    expect(bot.posts().at(-1)).toContain('Only news with certain words: /digest status shows them to you')
    const question = await bot.ask('/digest set 18:00 weekly morning words: scoundrel', { audience: 'place' })
    expect(JSON.stringify(question.blocks)).not.toContain('scoundrel')
  })

  test('goes with the question which digest is meant', async () => {
    const bot = await startDigestConversation()
    expect(await bot.buttons('/digest on words: "main street" -police')).toEqual([
      'Morning brief: /digest on morning words: "main street" -police',
      'Week in review: /digest on weekly words: "main street" -police',
    ])
    await bot.say('/digest on weekly words: "main street" -police')
    expect(await wordsHere(bot)).toEqual(['"main street" -police'])
    expect(await bot.say('/digest off weekly "words: bridge"')).toContain('takes the name of a digest')
  })

  test('is in the help', async () => {
    const { say } = await startDigestConversation()
    expect(await say('/digest help')).toContain('/digest set morning words: ordinance, "7th circuit" -sports')
    expect(await say('/nutgraf help digest')).toContain('[words: …]')
  })
})

describe('a form with a filter', () => {
  const form = digestForm({ library: () => STORIES, version: '1', zone: 'UTC' })
  const filled = { digest: ['morning'], sent: ['skip'], time: ['07:30'], zone: ['UTC'], days: ['mon'] }

  test('sets it, with its quotation marks', async () => {
    const bot = await startDigestConversation()
    const result = form.lineFor({ ...filled, stories: [], words: ['bridge, "Main Street" -police'] })
    expect(result).toHaveProperty('line')
    const { command, text } = splitCommand((result as { line: string }).line)
    await bot.say(`/${command} ${text}`)
    expect(await wordsHere(bot)).toEqual(['bridge, "Main Street" -police'])
  })

  test('clears it where the field is empty, and says what is wrong at the field', async () => {
    const bot = await startDigestConversation()
    await bot.say('/digest on morning words: bridge')
    const empty = form.lineFor({ ...filled, stories: [], words: [''] }) as { line: string }
    await bot.say(empty.line)
    expect(await wordsHere(bot)).toEqual([undefined])
    expect(form.lineFor({ ...filled, stories: [], words: ['-police'] })).toEqual({
      problems: { words: expect.stringContaining('Name at least one word that you want') },
    })
  })

  test('takes the time and the zone from one field too', () => {
    const { zone: _, ...rest } = filled
    expect(form.lineFor({ ...rest, time: ['18:00 America/Chicago'], stories: [], words: [] })).toEqual({
      line: '/digest on morning "18:00 America/Chicago" mon all skip "words:"',
    })
  })
})

import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'
import { createInMemoryBot, messageLink, PLACES } from '../support/limits/in-memory-bot.ts'
import { linksIn, replyFaults } from '../support/limits/reply-faults.ts'

/** Starts a bot whose every reply is checked on both platforms: `reply` gives it, `say` its plain text. */
async function startBot(stories = bundledLibrary) {
  const bot = await createInMemoryBot(stories)
  const links = new Set([...linksIn(stories), ...PLACES.map(messageLink)])
  const reply = async (line: string): Promise<Reply> => {
    const [first] = await Promise.all(
      PLACES.map(async place => {
        const answer = await bot.ask(line, { place })
        expect(replyFaults(answer, links)).toEqual([])
        return answer
      }),
    )
    return first!
  }
  return { ...bot, reply, say: async (line: string) => toPlainText(await reply(line)) }
}

const LONG = 'A verdict that takes its time before it comes to an end. '.repeat(5).trim()
const PAPER = 'The city has a word for drivers and it is this one here.\n'
const factAbout = (id: string, words: string) => ({
  id,
  text: 'Nobody was found who said it.',
  confidence: 'high',
  sources: [1],
  claim: { says: 'There is a word.', source: 1, words, verdict: LONG.replace('A', id) },
})

test('verdicts without room beside the words are replaced by the line that shows them', async () => {
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      meta: { command: 'span' },
      stored: { 'paper.txt': PAPER },
      quotes: [],
      facts: ['The city', 'has a word', 'for drivers', 'and it is'].map((words, at) =>
        factAbout(`f${at}`, words),
      ),
    }),
  )
  const { say } = await startBot(stories)
  const line = '“The city has a word for drivers and it is this one here.”'
  expect(await say('/nutgraf find word drivers')).toContain(
    `${line} → see what the record shows: /span facts`,
  )
  expect(await say('/quote check "The city has a word for drivers and it is this one"')).toContain(
    'See what the record shows: /span facts',
  )
  // A verdict that has room is shown.
  expect(await say('/quote check "this one here, it is"')).not.toContain('record')
  expect(await say('/quote check "it is this one"')).toContain('What the record shows: f3 verdict')
})

test('the suggestion for a misspelt word in a long line is the word alone, not the whole line', async () => {
  const { reply } = await startBot()
  const short = await reply('/digest on mornin 7:30 weekdays')
  expect(toPlainText(short)).toContain('Did you mean: /digest on morning "7:30" weekdays')
  const long = await reply(`/digest on mornin ${'*_ '.repeat(300)}`)
  expect(toPlainText(long)).toMatch(/Did you mean: morning(?:, [\w ]+)*\? What you can ask: \/digest help/)
  expect(toPlainText(long).length).toBeLessThan(200)
})

test('a correction too long for its messages is refused before it can be confirmed', async () => {
  const { say, addPostedMessages } = await startBot()
  await addPostedMessages(7)
  const words = (count: number) =>
    `--was archived --now "${'b'.repeat(1.5 * count)}" --why "${'c'.repeat(1.5 * count)}"`
  expect(await say(`/desk correct lawsuit/label ${words(150)}`)).toMatch(/^To be corrected: lawsuit\/label/)
  expect(await say(`/desk correct lawsuit/label ${words(260)}`)).toMatch(
    /^This entry was not written, because the content would no longer pass its check.*\n\n• was, now and why are \d+ characters too long together/,
  )
})

test('a name too long for a button is still named, and a name without letters can be asked for', async () => {
  const name = '文'.repeat(90)
  const [first, second] = ['The bridge stays shut until it is safe,', 'We asked for repairs for years,']
  const quote = { role: 'r', kind: 'direct', source: 1, saidOn: 'not given' }
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      quotes: [
        { ...quote, id: 'a', speaker: name, words: first },
        { ...quote, id: 'b', speaker: '™', words: second },
      ],
      people: [{ name: 'Someone Known', aliases: [name], role: 'r', sources: [1] }],
    }),
  )
  const { reply, say, suggest } = await startBot(stories)
  const known = await reply('/quote Someone Known')
  expect(toPlainText(known)).toContain(`Someone Known is quoted here as ${name}: /quote ${name}`)
  expect(known.buttons).toEqual([])
  const { buttons } = await reply('/quote')
  expect(buttons).toEqual([{ label: '™', line: '/quote "™"' }])
  expect(await say(buttons![0]!.line)).toContain(`“${second}”`)
  const offers = suggest({ command: 'quote', argument: 'of', typed: '', at: 0 })
  expect(offers.map(({ value }) => value)).toEqual([name, '™'])
})

test('control and direction characters in a stored page are not shown', async () => {
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      stored: { 'paper.txt': 'The \u202ecity\u0000 closed\u2067 the bridge \fat noon.\n' },
      quotes: [],
      facts: [],
    }),
  )
  const { say } = await startBot(stories)
  expect(await say('/nutgraf find closed noon')).toContain('“The city closed the bridge at noon.”')
  expect(await say('/quote check "city closed the bridge at five"')).toContain('“… city closed the bridge')
})

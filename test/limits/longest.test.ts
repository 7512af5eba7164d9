import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'
import { createInMemoryBot, messageLink, PLACES } from '../support/limits/in-memory-bot.ts'
import { linksIn, replyFaults } from '../support/limits/reply-faults.ts'

/** A bot that answers only what fits, and what it says to a line. */
async function telling(stories = bundledLibrary) {
  const bot = await createInMemoryBot(stories)
  const links = new Set([...linksIn(stories), ...PLACES.map(messageLink)])
  const told = async (line: string): Promise<Reply> => {
    const [first] = await Promise.all(
      PLACES.map(async place => {
        const reply = await bot.ask(line, { place })
        expect(replyFaults(reply, links)).toEqual([])
        return reply
      }),
    )
    return first!
  }
  return { ...bot, told, say: async (line: string) => toPlainText(await told(line)) }
}

const LONG = 'A verdict that takes its time before it comes to an end. '.repeat(5).trim()
const PAPER = 'The city has a word for drivers and it is this one here.\n'
const claim = (id: string, words: string) => ({
  ...{ id, text: 'Nobody was found who said it.', confidence: 'high', sources: [1] },
  claim: { says: 'There is a word.', source: 1, words, verdict: LONG.replace('A', id) },
})

test('verdicts that find no room beside the words give way to the line that tells them', async () => {
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      meta: { command: 'span' },
      stored: { 'paper.txt': PAPER },
      quotes: [],
      facts: ['The city', 'has a word', 'for drivers', 'and it is'].map((words, at) =>
        claim(`f${at}`, words),
      ),
    }),
  )
  const { say } = await telling(stories)
  const line = '“The city has a word for drivers and it is this one here.”'
  expect(await say('/nutgraf find word drivers')).toContain(
    `${line} → the record says something about this: /span facts`,
  )
  expect(await say('/quote check "The city has a word for drivers and it is this one"')).toContain(
    'The record says something about these words: /span facts',
  )
  // One that has room stands there itself.
  expect(await say('/quote check "this one here, it is"')).not.toContain('record')
  expect(await say('/quote check "it is this one"')).toContain('What the record shows: f3 verdict')
})

test('a misspelt word among many is offered alone, not with all that was typed', async () => {
  const { told } = await telling()
  const short = await told('/digest on mornin 7:30 weekdays')
  expect(toPlainText(short)).toContain('Did you mean: /digest on morning "7:30" weekdays')
  const long = await told(`/digest on mornin ${'*_ '.repeat(300)}`)
  expect(toPlainText(long)).toMatch(/Did you mean: morning(?:, [\w ]+)*\? All you can ask: \/digest help/)
  expect(toPlainText(long).length).toBeLessThan(200)
})

test('an entry that no corrected message has room for is refused before anything is shown', async () => {
  const { say, addPostedMessages: posted } = await telling()
  await posted(7)
  const words = (count: number) =>
    `--was "${'a'.repeat(count)}" --now "${'b'.repeat(count)}" --why "${'c'.repeat(count)}"`
  expect(await say(`/desk correct lawsuit/label ${words(150)}`)).toMatch(/^To be corrected: lawsuit\/label/)
  expect(await say(`/desk correct lawsuit/label ${words(300)}`)).toMatch(
    /^With this entry the content would not pass its check.*\n\n• was, now and why are \d+ letters too long together/,
  )
})

test('a name without room on a button is told all the same; one of signs alone can be asked for', async () => {
  const name = '文'.repeat(90)
  const [one, other] = ['The bridge stays shut until it is safe,', 'We asked for repairs for years,']
  const said = { role: 'r', kind: 'direct', source: 1, saidOn: 'not given' }
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      quotes: [
        { ...said, id: 'a', speaker: name, words: one },
        { ...said, id: 'b', speaker: '™', words: other },
      ],
      people: [{ name: 'Someone Known', aliases: [name], role: 'r', sources: [1] }],
    }),
  )
  const { told, say, suggest } = await telling(stories)
  const known = await told('/quote Someone Known')
  expect(toPlainText(known)).toContain(`Someone Known is quoted here as ${name}: /quote ${name}`)
  expect(known.buttons).toEqual([])
  const { buttons } = await told('/quote')
  expect(buttons).toEqual([{ label: '™', line: '/quote "™"' }])
  expect(await say(buttons![0]!.line)).toContain(`“${other}”`)
  const offers = suggest({ command: 'quote', argument: 'of', typed: '', at: 0 })
  expect(offers.map(({ value }) => value)).toEqual([name, '™'])
})

test('a stored page may hold anything; what is shown of it turns nothing round', async () => {
  const stories = libraryFromFiles(
    storyFiles('bridge', {
      stored: { 'paper.txt': 'The \u202ecity\u0000 closed\u2067 the bridge \fat noon.\n' },
      ...{ quotes: [], facts: [] },
    }),
  )
  const { say } = await telling(stories)
  expect(await say('/nutgraf find closed noon')).toContain('“The city closed the bridge at noon.”')
  expect(await say('/quote check "city closed the bridge at five"')).toContain('“… city closed the bridge')
})

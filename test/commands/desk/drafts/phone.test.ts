import { expect, test } from 'vitest'
import { phoneLength } from '../../../../src/chat/plain-text.ts'
import { PHONE_BUDGET, type Reply } from '../../../../src/chat/reply.ts'
import { render as drawOnDiscord } from '../../../../src/platforms/discord/render.ts'
import { render as drawOnSlack } from '../../../../src/platforms/slack/render.ts'
import { article, PAGE, startImportConversation } from '../../../support/conversations/import-conversation.ts'

const LONG = Array.from({ length: 420 }, (_, index) => `word${index}`).join(' ')
const NAME = 'Maximiliana Wolfeschlegelsteinhausenbergerdorff'
const PARAGRAPHS = [
  `“${LONG},” said ${NAME}, the ${'very '.repeat(20)}special adviser to the city.`,
  ...Array.from({ length: 45 }, (_, index) => [
    `“The bridge has ${index} holes that nobody has counted before today,” said Ann Mori, the city engineer.`,
    `The council voted on ${(index % 28) + 1} March 2026 about hole number ${index} and all the money for its repair.`,
  ]).flat(),
  `“${'x'.repeat(1_200)},” said Bo Lind, a shop owner.`,
]

test('every page of a large draft and of each piece fits on a phone and on both platforms, and nothing is cut', {
  timeout: 60_000,
}, async () => {
  const { ask, store } = await startImportConversation({
    [PAGE]: () =>
      article({
        title: { value: 'A headline of the bridge '.repeat(20), from: 'meta' },
        text: PARAGRAPHS.join('\n\n'),
        words: 2_000,
      }),
  })
  await ask(`/desk import ${PAGE} --into bridge`)
  await expect.poll(async () => (await store.drafts.find('wqad'))?.state, { timeout: 20_000 }).toBe('ready')
  const seen: string[] = []
  /** Asks for all pages of an answer. */
  async function pages(line: string): Promise<Reply[]> {
    const all: Reply[] = []
    for (let page = 1; ; page++) {
      const reply = await ask(page === 1 ? line : `${line} --page ${page}`)
      expect(reply.refusal, line).toBeUndefined()
      expect(phoneLength(reply), `${line} --page ${page}`).toBeLessThanOrEqual(PHONE_BUDGET)
      drawOnSlack(reply)
      drawOnDiscord(reply)
      all.push(reply)
      seen.push(line)
      if (!reply.buttons?.some(({ label }) => label === 'Next page')) return all
    }
  }
  const words = (replies: Reply[]) =>
    replies.flatMap(({ blocks }) => blocks.flatMap(block => (block.kind === 'quote' ? [block.words] : [])))
  const overview = await pages('/desk draft wqad')
  expect(overview.length).toBeGreaterThan(5)
  const listed = JSON.stringify(overview)
  const names = [...new Set(listed.match(/"bold":"[qep]\d+"/g) ?? [])].map(name => name.slice(8, -1))
  expect(names.length).toBeGreaterThan(80)
  expect(words(await pages('/desk draft wqad q1')).join(' ')).toBe(`${LONG},`)
  for (const name of names.filter((_, index) => index % 6 === 0)) await pages(`/desk draft wqad ${name}`)
  const last = names.findLast(name => name.startsWith('q'))!
  expect(words(await pages(`/desk draft wqad ${last}`)).join('')).toBe(`${'x'.repeat(1_200)},`)
  await pages('/desk draft')
  expect(phoneLength(await ask(`/desk import ${PAGE} --into bridge`))).toBeLessThanOrEqual(PHONE_BUDGET)
  const acts = [
    'leave q2',
    'confirm q3',
    'leave e1 e2 e3',
    `undo q3`,
    'leave p1',
    'confirm sure',
    'confirm q3 q2',
  ]
  for (const act of acts) {
    const reply = await ask(`/desk draft wqad ${act}`)
    expect(phoneLength(reply), act).toBeLessThanOrEqual(PHONE_BUDGET)
    drawOnSlack(reply)
    drawOnDiscord(reply)
  }
})

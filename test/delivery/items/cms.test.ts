import { afterEach, expect, test } from 'vitest'
import { openCmsBot } from '../../support/wire/cms-bot.ts'
import { signCall } from '../../support/wire/sign-call.ts'
import { SIGNED_CALLS } from '../../support/wire/signed-calls.ts'

/** How many messages show each report; all of them by MESSAGES=500. */
const MESSAGES = Number(process.env.MESSAGES ?? 16)
/** How long the last message may stand after its system took the report back, with a restart in between. */
const LIMIT_MS = 30_000

let bot: Awaited<ReturnType<typeof openCmsBot>>
afterEach(() => bot?.close())

const stored = (name: string) => JSON.parse(SIGNED_CALLS.find(call => call.name === name)!.body)
const iso = (at = Date.now()) => new Date(at).toISOString()
const superdesk = (more: object) =>
  signCall(
    'superdesk',
    { ...stored('superdesk'), embargoed: null, firstpublished: iso(), versioncreated: iso(), ...more },
    { at: Date.now() },
  )
const ghost = (post: (current: object) => object) => {
  const current = { ...stored('ghost').post.current, published_at: iso(), updated_at: iso() }
  return signCall('ghost', { post: post(current) }, { at: Date.now() })
}

test('what a system takes back is replaced in every message, through kill -9; a feed’s edit edits each once', {
  timeout: 240_000 + MESSAGES * 1_000,
}, async () => {
  bot = await openCmsBot(MESSAGES)
  const took: Record<string, number> = {}
  const kills = [
    {
      name: 'superdesk',
      words: /Smith.{1,5} Sons close/,
      publish: () => superdesk({ version: '1', pubstatus: 'usable' }),
      takeBack: () => superdesk({ version: '2', pubstatus: 'canceled' }),
    },
    {
      name: 'ghost',
      words: /Council votes 4–3/,
      publish: () => ghost(current => ({ current, previous: {} })),
      takeBack: () =>
        ghost(current => ({ current: { ...current, status: 'draft' }, previous: { status: 'published' } })),
    },
  ]
  for (const { name, words, publish, takeBack } of kills) {
    const withdrawnBefore = bot.messagesWith(/WITHDRAWN/).length
    expect(await bot.call(await publish())).toBe(202)
    await bot.until(`the report of ${name}`, () => bot.messagesWith(words).length === MESSAGES)
    const call = await takeBack()
    const begun = performance.now()
    expect(await bot.call(call)).toBe(202)
    const left = () => bot.messagesWith(words).length
    if (name === 'superdesk') {
      await bot.until('the first replacements', () => left() < (MESSAGES * 2) / 3)
      await bot.kill()
    }
    await bot.until('the last replacement', () => left() === 0)
    took[name] = Math.round(performance.now() - begun)
    expect(bot.messagesWith(/WITHDRAWN/).length - withdrawnBefore).toBe(MESSAGES)
  }

  await bot.poll([], 1)
  await bot.poll([{ id: 'a', title: 'Bridge stays SHUT' }], 2)
  await bot.until('the report of the feed', () => bot.messagesWith(/Bridge stays SHUT/).length === MESSAGES)
  await bot.poll([{ id: 'a', title: 'Bridge opens in June' }], 3)
  const edited = () => bot.messagesWith(/Bridge opens in June/)
  await bot.until('the edited headline', () => edited().length === MESSAGES)
  expect(edited().filter(({ text }) => !/HEADLINE CHANGED.*was: Bridge stays SHUT/.test(text))).toEqual([])
  await bot.poll([{ id: 'a', title: 'Bridge opens in June' }], 4)
  expect(edited().map(({ edits }) => edits)).toEqual(Array(MESSAGES).fill(1))
  const causes = await bot.store.corrections.causes()
  expect(
    causes.filter(({ pending, impossible, repaired }) => pending + impossible > 0 || repaired !== MESSAGES),
  ).toEqual([])
  expect(causes).toHaveLength(3)
  if (process.env.MESSAGES) process.stdout.write(`${MESSAGES} messages: ${JSON.stringify(took)} ms\n`)
  for (const ms of Object.values(took)) expect(ms).toBeLessThan(LIMIT_MS)
})

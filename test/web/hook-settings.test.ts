import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

const read = (env: Record<string, string>) => readConfig(env)
const hooks = (env: Record<string, string>) => {
  const result = read(env)
  if ('problems' in result) throw new Error(result.problems.join('\n'))
  return result.config.hooks
}
const problems = (env: Record<string, string>) => {
  const result = read(env)
  return 'problems' in result ? result.problems : []
}
const SECRET = 'a-secret-of-letters'

test('each HOOK_SECRET_ is a sender, by its name in small letters', () => {
  expect(
    hooks({
      HOOK_SECRET_GHOST_CITY: SECRET,
      HOOK_OUTLET_GHOST_CITY: ' City Paper ',
      HOOK_SECRET_GITHUB: `${SECRET}2 ${SECRET}1`,
    }),
  ).toEqual([
    { name: 'ghost-city', secrets: [SECRET], outlet: 'City Paper' },
    { name: 'github', secrets: [`${SECRET}2`, `${SECRET}1`] },
  ])
  expect(hooks({})).toEqual([])
  expect(hooks({ HOOK_SECRET_GHOST: ' ', HOOK_SECRET_NAME: '' })).toEqual([])
})

test('what is wrong with a sender is said, and no secret is shown', () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ HOOK_SECRET_NAME: SECRET }, /^HOOK_SECRET_NAME: write the sender’s name/],
    [{ HOOK_SECRET_GHOST: 'short-secret' }, /^HOOK_SECRET_GHOST must have at least 16/],
    [{ HOOK_SECRET_GHOST: 'secret-with-an-ümlaut' }, /^HOOK_SECRET_GHOST has a sign/],
    [{ HOOK_SECRET_GHOST: `${SECRET} ${SECRET}2 ${SECRET}3` }, /^HOOK_SECRET_GHOST may hold two/],
    [{ HOOK_SECRET_ghost: SECRET }, /^HOOK_SECRET_ghost must end with a name/],
    [{ HOOK_OUTLET_GHOST: 'City Paper' }, /^HOOK_OUTLET_GHOST needs HOOK_SECRET_GHOST/],
    [{ HOOK_SECRET_GHOST: SECRET, HOOK_OUTLET_GHOST: 'x'.repeat(61) }, /^HOOK_OUTLET_GHOST must be the name/],
  ]
  for (const [env, sentence] of wrong) {
    expect(problems(env)).toEqual([expect.stringMatching(sentence)])
    expect(problems(env).join()).not.toMatch(/short-secret|ümlaut|a-secret/)
  }
})

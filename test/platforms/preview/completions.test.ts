import { expect, test } from 'vitest'
import { completions, matchCompletions } from '../../../src/platforms/preview/completions.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'

const { commands, suggest } = startConversation(bundledLibrary)
const linesFor = (typed: string) =>
  matchCompletions(completions(commands(), suggest, typed), typed).map(({ line }) => line.trim())

test('the verbs of a command are offered before names and other values', () => {
  const lines = linesFor('/lawsuit ')
  const verbs = commands()
    .find(({ name }) => name === 'lawsuit')!
    .subcommands!.map(({ name }) => `/lawsuit ${name}`)
  expect(lines.slice(0, verbs.length)).toEqual(verbs)
  expect(lines.indexOf('/lawsuit quotes "Rahm Emanuel"')).toBeGreaterThan(verbs.length - 1)
  const quote = linesFor('/quote ')
  expect(quote[0]).toBe('/quote')
  expect(quote.indexOf('/quote check')).toBeLessThan(quote.indexOf('/quote "Rahm Emanuel"'))
})

test('once a verb is typed, its values come', () => {
  expect(linesFor('/lawsuit quotes sess')).toContain('/lawsuit quotes "Jeff Sessions"')
})

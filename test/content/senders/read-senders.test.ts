import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { OWN_SENDERS, readSenders } from '../../../src/content/senders/read-senders.ts'
import { SENDER_ROWS } from '../../../src/wire/senders/rows.ts'
import { STORYBOARD } from '../../support/wire/storyboard.ts'

const read = (text: string, path = 'senders.yml') => readSenders([{ path, origin: `content/${path}`, text }])
const problems = (text: string, path?: string) =>
  read(text, path).problems.map(({ file, line, message }) => `${file}:${line}: ${message}`)
const changed = (from: string, to: string) => {
  expect(STORYBOARD).toContain(from)
  return problems(STORYBOARD.replace(from, to))
}

test('a system is read as it is written', () => {
  expect(read(STORYBOARD)).toMatchObject({
    problems: [],
    senders: [{ name: 'storyboard', signature: { key: 'letters' }, fields: { id: ['{story_id}'] } }],
  })
  expect(read('')).toEqual({ senders: [], problems: [] })
})

test('the entry in the documents is one that is read', () => {
  const documents = readFileSync('docs/hooks.md', 'utf8')
  const [, entry = ''] = /## Another system[\s\S]*?```yaml\n([\s\S]*?)```/.exec(documents) ?? []
  expect(read(entry)).toEqual(read(STORYBOARD))
})

test('each row of ours could be an entry of the file, and keeps its name', () => {
  expect(SENDER_ROWS.map(({ name }) => name)).toEqual(OWN_SENDERS)
  for (const row of SENDER_ROWS) expect(problems(JSON.stringify([{ ...row, name: 'other' }]))).toEqual([])
  expect(changed('name: storyboard', 'name: ghost')).toEqual([
    'content/senders.yml:1: nutgraf has a sender “ghost”: choose another name',
  ])
  expect(problems(STORYBOARD + STORYBOARD)).toEqual([
    'content/senders.yml:20: second sender with the name “storyboard”',
  ])
})

describe('what cannot work has its line', () => {
  test('fields', () => {
    expect(changed('algorithm: sha1', 'algorithm: md5')[0]).toMatch(/^content\/senders\.yml:6: .*algorithm/)
    expect(changed('header: x-board-signature', 'header: X-Board-Signature')[0]).toMatch(
      /^content\/senders\.yml:4: .*small letters/,
    )
    expect(changed('title: ["{story.name}"]', 'title: ["story.name"]')[0]).toMatch(
      /^content\/senders\.yml:17: .*braces/,
    )
    expect(changed('(?<signature>[0-9a-f]{40})', '(?<signature>[0-9a-f]{40}')[0]).toMatch(
      /^content\/senders\.yml:5: .*regular expression/,
    )
    expect(problems('- { name: storyboard }\n').length).toBeGreaterThan(0)
    expect(problems(STORYBOARD, 'sender.yaml')).toEqual([
      'content/sender.yaml:1: is not read: senders belong in senders.yml',
    ])
  })

  test('what would be trusted although nobody signed it', () => {
    expect(changed('signed: "{time}#{body}"', 'signed: "{time}"')).toEqual([
      'content/senders.yml:8: must have {body} in it: else anything could be written',
    ])
    expect(changed('signed: "{time}#{body}"', 'signed: "{body}"')).toEqual([
      'content/senders.yml:10: is not signed: signature.signed must have {time} in it',
    ])
    expect(changed('signed: "{time}#{body}"', 'signed: "{time}#{id}#{body}"')).toEqual([
      'content/senders.yml:8: has {id} in it: callId must name its header',
    ])
    expect(changed('signed: "{time}#{body}"', 'signed: "{time}#{clock}#{body}"')).toEqual([
      'content/senders.yml:8: {clock} is none of {body}, {time}, {id}, {signedHeaders}, {method}, {path}',
    ])
    expect(changed('t=(?<time>', 't=(?<when>')).toEqual([
      'content/senders.yml:5: must have a group (?<time>…) in it, as stamp says',
    ])
  })
})

import { expect, test } from 'vitest'
import { loadContent } from '../../src/content/read/load.ts'
import { zoneProblem } from '../../src/dates/zone-problem.ts'
import { storyFiles } from '../support/content/story-files.ts'

test.each([
  ['EST', /^“EST” has no summer time: write America\/New_York or /],
  ['est', /^“est” has no summer time/],
  ['MST', /no summer time: write America\/Denver or /],
  ['HST', /no summer time: write Pacific\/Honolulu or /],
  ['PST', /^there is no time zone “PST”: write America\/Los_Angeles or /],
  ['Eastern Standard Time', /write America\/New_York or America\/Toronto$/],
  ['W. Europe Standard Time', /: write Europe\/Berlin$/],
  ['UTC+5:30', /is an offset, not a time zone: write Asia\/Kolkata or Asia\/Colombo$/],
  ['+05:30', /is an offset, .* Asia\/Kolkata/],
  ['GMT+2', /is an offset, .* Etc\/GMT-2$/],
  ['Mumbai', /: write Asia\/Kolkata$/],
  ['Chicago', /: write America\/Chicago$/],
  ['Mars', /: write it like America\/Chicago$/],
])('%s in a file or a setting is refused, with what to write', (name, sentence) => {
  expect(zoneProblem(name)).toMatch(sentence)
})

test.each(['America/Chicago', 'UTC', 'Etc/GMT+5', 'Asia/Calcutta', 'US/Eastern', 'CET', 'Japan', 'EST5EDT'])(
  '%s is a zone',
  name => expect(zoneProblem(name)).toBeUndefined(),
)

test('a digest with such a zone is a problem of its file, with the line', () => {
  const text =
    "- name: early\n  title: Early\n  about: x\n  time: '07:00'\n  days: daily\n  quiet: skip\n  zone: EST\n"
  const { problems } = loadContent([
    ...storyFiles('bridge'),
    { path: 'digests.yml', origin: 'digests.yml', text },
  ])
  expect(problems).toEqual([
    { file: 'digests.yml', line: 7, message: expect.stringMatching(/EST.*America\/New_York/) },
  ])
})

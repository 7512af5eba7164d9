import { expect, test } from 'vitest'
import { approvalProblems, approveLine } from '../../src/digests/approval-settings.ts'
import { digestFile } from '../support/content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'

const FILE = `- name: weekly
  title: Week in review
  time: '09:00'
  days: mon
- name: morning
  title: Morning brief
  time: '07:30'
  days: weekdays
  approve: desk
  approvals: 2
`
const { digests } = libraryFromFiles(storyFiles('bridge'), [digestFile(FILE)])
const problems = (deskPlace: 'slack:T1/C1' | 'webhook:city' | undefined, ...deskUsers: string[]) =>
  approvalProblems(digests, { deskPlace, deskUsers }).map(({ problem }) => problem)

test('who could never approve a digest, or is never shown it, is told why, with the line', () => {
  const needs = 'the digest “morning” needs the desk’s approval'
  expect(problems('slack:T1/C1', 'slack:T1/U1', 'slack:T1/U2')).toEqual([])
  expect(problems('slack:T1/C1', 'slack:T1/SGROUP')).toEqual([])
  expect(problems('slack:T1/C1', 'discord:1/2')).toEqual([])
  expect(problems(undefined)).toEqual([
    `${needs}, and DESK_USERS is not set: nobody can approve it`,
    `${needs}, and DESK_CHANNEL is not set: it is shown to nobody`,
  ])
  expect(problems('webhook:city', 'slack:T1/U1')).toEqual([
    `${needs} by 2 people, and DESK_USERS names 1`,
    `${needs}, and DESK_CHANNEL is a webhook: nobody can press a button or type there`,
  ])
  expect(approveLine(FILE, 'morning')).toBe(9)
})

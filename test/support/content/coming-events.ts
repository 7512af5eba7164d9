import { type StoryFields, storyFiles } from './story-files.ts'

const event = (date: string, text: string, more: object = {}) => ({
  date,
  text,
  confidence: 'medium',
  sources: [2],
  ...more,
})

/** What the bridge story has had happen: a year and a month whose days are not known, and three days. */
export const HAPPENED = [
  event('2021', 'The city plans a new bridge.'),
  event('2021-09', 'Engineers warn of rust.', { major: true }),
  event('2021-09-14', 'The council hears the engineers.'),
  event('2026-05-02', 'The city closes the bridge.', { major: true }),
  event('2026-05-04', 'Drivers protest.'),
]

/** What it expects: a day, and a month. */
export const EXPECTED = [
  event('2026-05-20', 'The council votes on the repairs.', {
    id: 'vote',
    expected: true,
    note: 'It may be put off.',
  }),
  event('2026-07', 'The city opens one lane.', { id: 'lane', expected: true }),
]

/** The files of a bridge story that expects events. */
export const comingFiles = (written: StoryFields = {}) =>
  storyFiles('bridge', {
    ...written,
    meta: { command: 'span', ...written.meta },
    timeline: written.timeline ?? [...HAPPENED, ...EXPECTED],
  })

import type { ContentFile } from '../../src/content/read/story-folder.ts'
import { PAPER, QUOTE, storyFiles, withChangedFile } from './content/story-files.ts'

/** When everything that is secret here may be seen. */
export const EMBARGO_END = Date.parse('2026-05-06T06:00:00-05:00')
/** The same moment as editors write it, and one that they may write as well. */
const AT = '2026-05-06T06:00:00-05:00'
const ALSO_AT = '2026-05-06T11:00:00Z'

/** What nobody may read before that moment, nor anything like it. */
export const SECRETS = /merger|takeover|zeppelin|toll|quokka|wombat|budgerigar|gazette|two lanes/i
/** Names that somebody might try. */
export const GUESSES = [
  'secret-merger',
  'merger',
  'secret-merge',
  'mergr',
  'zeppelin',
  'quokka',
  'toll',
  'gazette',
]

const SECRET_PAPER = `A merger is planned.\n\n"The zeppelin will fly," Carl Quokka said.\n`
const GAZETTE = `"No budgerigar will cross the bridge," Mayor Ana Example wrote.\n`

const DIGESTS = [
  { name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'note' },
  { name: 'city', title: 'City news', time: '09:00', days: 'mon', stories: ['bridge'] },
]
const SECRET_DIGESTS = [
  { ...DIGESTS[0], stories: undefined },
  { ...DIGESTS[1], stories: ['secret-merger', 'bridge'] },
  { name: 'deals', title: 'Mergers', time: '09:00', days: 'mon', stories: ['secret-merger'] },
  { name: 'takeovers', title: 'Takeovers', time: '09:00', days: 'mon', tags: ['takeover'] },
]

const digestFile = (digests: object[]): ContentFile[] => [
  { path: 'digests.yml', origin: 'content/digests.yml', text: JSON.stringify(digests, null, 1) },
]

const EVENTS = [
  { date: '2025-12-30', text: 'An inspection finds rust.', confidence: 'medium', sources: [1] },
  { date: '2026-05-02', text: 'The city closes the bridge.', confidence: 'high', sources: [1, 2] },
  { date: '2026-05-04', text: 'Drivers protest.', confidence: 'high', sources: [2] },
]
const CORRECTION = {
  on: '2026-05-05',
  part: 'fact:road',
  was: 'both lanes',
  now: 'one lane',
  why: 'Misread.',
}

/** The bridge as everybody may know it. */
const OPEN_BRIDGE = {
  meta: { command: 'span', checked: { on: '2026-05-05' } },
  stored: { 'paper.txt': PAPER },
  timeline: EVENTS,
  corrections: [CORRECTION],
}

const SOURCES = JSON.parse(
  storyFiles('bridge').find(({ path }) => path.endsWith('/sources.yml'))!.text,
) as object[]

/** The bridge with a quotation, an event and corrections that are to come, and two sources that only they rest on. */
const SECRET_BRIDGE = {
  ...OPEN_BRIDGE,
  sources: [
    ...SOURCES,
    {
      ...{ number: 3, outlet: 'The Gazette', title: 'No budgerigar', kind: 'news', date: '2026-05-06' },
      ...{ text: 'gazette.txt', rights: 'ours' },
    },
    { number: 4, outlet: 'City', title: 'Notice of the toll', kind: 'primary' },
  ],
  stored: { 'paper.txt': PAPER, 'gazette.txt': GAZETTE },
  quotes: [
    { ...QUOTE, next: 'on budgerigars' },
    {
      ...QUOTE,
      ...{ id: 'mayor-2', words: 'No budgerigar will cross the bridge,', source: 3, saidOn: '2026-05-06' },
      ...{ embargo: AT, next: 'never shown' },
    },
    {
      ...{ id: 'driver-1', speaker: 'Ben Example', role: 'a driver', kind: 'direct', source: 1 },
      ...{ words: 'We asked for repairs for years,', saidOn: 'not given', remark: 'before the storm' },
    },
  ],
  timeline: [
    ...EVENTS,
    {
      ...{ id: 'toll', date: '2026-05-06', text: 'A toll is announced.', confidence: 'high' },
      ...{ sources: [4], embargo: ALSO_AT },
    },
  ],
  corrections: [
    CORRECTION,
    { ...CORRECTION, on: '2026-05-06', part: 'section:summary', was: 'two lanes', embargo: AT },
    // Without an embargo of its own, it is as secret as what it corrects.
    { ...CORRECTION, on: '2026-05-06', part: 'event:toll', was: 'The wombat pays the toll.' },
  ],
}

const MERGER = {
  meta: {
    ...{ title: 'The secret merger', dek: 'A takeover of everything.', state: 'developing' },
    ...{ command: 'merger', tags: ['takeover'], embargo: AT, coversTo: '2026-05-06' },
  },
  body: '## Summary\n\nA merger is planned. [1]\n\n## Zeppelins\n\nThey will fly. [1]\n',
  stored: { 'paper.txt': SECRET_PAPER },
  quotes: [
    {
      ...{ id: 'quokka-1', speaker: 'Carl Quokka', role: 'Quokka in chief', kind: 'direct', source: 1 },
      ...{ words: 'The zeppelin will fly,', saidOn: 'not given' },
    },
  ],
  timeline: [{ date: '2026-05-06', text: 'The merger is told.', confidence: 'high', sources: [1] }],
  people: [{ name: 'Carl Quokka', role: 'Quokka in chief', sources: [1] }],
  facts: [],
  corrections: [],
}

/** A content folder as it would be without anything secret in it. */
export const publicFiles = (): ContentFile[] => [
  ...storyFiles('bridge', OPEN_BRIDGE),
  ...storyFiles('old-bridge'),
  ...digestFile(DIGESTS),
]

/** The same folder with a story, a quotation, an event and corrections that are under embargo. */
export const embargoedFiles = (): ContentFile[] => [
  ...storyFiles('bridge', SECRET_BRIDGE),
  ...storyFiles('old-bridge'),
  ...withoutSkips(storyFiles('secret-merger', MERGER)),
  ...digestFile(SECRET_DIGESTS),
]

const withoutSkips = (files: ContentFile[]) =>
  withChangedFile(files, 'sources.yml', text => text.replace(/"skip": \[[^\]]*\],/, ''))

import type { ContentFile } from '../../src/content/read/story-folder.ts'
import { digestFile } from './content/digest-file.ts'
import { PAPER, QUOTE, storyFiles, withChangedFile } from './content/story-files.ts'

/** The end of the embargo as editors write it, and the same moment written in UTC. */
const EMBARGO = '2026-05-06T06:00:00-05:00'
const EMBARGO_IN_UTC = '2026-05-06T11:00:00Z'
/** The moment from which everything that is secret here may be read. */
export const EMBARGO_END = Date.parse(EMBARGO)

/** Words that nobody may read before that moment. */
export const SECRETS = /merger|takeover|zeppelin|toll|quokka|wombat|budgerigar|gazette|two lanes/i
/** Names that somebody might type to find out what is secret. */
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

const EVENTS = [
  { date: '2025-12-30', text: 'An inspection finds rust.', confidence: 'medium', sources: [1] },
  { date: '2026-05-02', text: 'The city closes the bridge.', confidence: 'medium', sources: [1, 2] },
  { date: '2026-05-04', text: 'Drivers protest.', confidence: 'medium', sources: [2] },
]
const CORRECTION = {
  on: '2026-05-05',
  part: 'fact:road',
  was: 'both lanes',
  now: 'one lane',
  why: 'Misread.',
}

/** The bridge story without anything secret. */
const OPEN_BRIDGE = {
  meta: { command: 'span', checked: { on: '2026-05-05' } },
  stored: { 'paper.txt': PAPER },
  timeline: EVENTS,
  corrections: [CORRECTION],
}

const SOURCES = JSON.parse(
  storyFiles('bridge').find(({ path }) => path.endsWith('/sources.yml'))!.text,
) as object[]

/** The bridge story with a quotation, an event and corrections under embargo, and two sources that only they cite. */
const SECRET_BRIDGE = {
  ...OPEN_BRIDGE,
  sources: [
    ...SOURCES,
    {
      number: 3,
      outlet: 'The Gazette',
      title: 'No budgerigar',
      kind: 'news',
      date: '2026-05-06',
      text: 'gazette.txt',
      rights: 'ours',
    },
    { number: 4, outlet: 'City', title: 'Notice of the toll', kind: 'primary' },
  ],
  stored: { 'paper.txt': PAPER, 'gazette.txt': GAZETTE },
  quotes: [
    { ...QUOTE, next: 'on budgerigars' },
    {
      ...QUOTE,
      id: 'mayor-2',
      words: 'No budgerigar will cross the bridge,',
      source: 3,
      saidOn: '2026-05-06',
      embargo: EMBARGO,
      next: 'never shown',
    },
    {
      id: 'driver-1',
      speaker: 'Ben Example',
      role: 'a driver',
      kind: 'direct',
      source: 1,
      words: 'We asked for repairs for years,',
      saidOn: 'not given',
      remark: 'before the storm',
    },
  ],
  timeline: [
    ...EVENTS,
    {
      id: 'toll',
      date: '2026-05-06',
      text: 'A toll is announced.',
      confidence: 'medium',
      sources: [4],
      embargo: EMBARGO_IN_UTC,
    },
  ],
  corrections: [
    CORRECTION,
    { ...CORRECTION, on: '2026-05-06', part: 'section:summary', was: 'two lanes', embargo: EMBARGO },
    // It has no embargo of its own, and is as secret as the event that it corrects.
    { ...CORRECTION, on: '2026-05-06', part: 'event:toll', was: 'The wombat pays the toll.' },
  ],
}

const MERGER = {
  meta: {
    title: 'The secret merger',
    dek: 'A takeover of everything.',
    state: 'developing',
    command: 'merger',
    tags: ['takeover'],
    embargo: EMBARGO,
    coversTo: '2026-05-06',
  },
  body: '## Summary\n\nA merger is planned. [1]\n\n## Zeppelins\n\nThey will fly. [1]\n',
  stored: { 'paper.txt': SECRET_PAPER },
  quotes: [
    {
      id: 'quokka-1',
      speaker: 'Carl Quokka',
      role: 'Quokka in chief',
      kind: 'direct',
      source: 1,
      words: 'The zeppelin will fly,',
      saidOn: 'not given',
    },
  ],
  timeline: [{ date: '2026-05-06', text: 'The merger is told.', confidence: 'medium', sources: [1] }],
  people: [{ name: 'Carl Quokka', role: 'Quokka in chief', sources: [1] }],
  facts: [],
  corrections: [],
}

/** The files of a content folder with nothing secret in it. */
export const publicFiles = (): ContentFile[] => [
  ...storyFiles('bridge', OPEN_BRIDGE),
  ...storyFiles('old-bridge', { timeline: EVENTS }),
  digestFile(DIGESTS),
]

/** The files of the same folder with a story, a quotation, an event and corrections under embargo. */
export const embargoedFiles = (): ContentFile[] => [
  ...storyFiles('bridge', SECRET_BRIDGE),
  ...storyFiles('old-bridge', { timeline: EVENTS }),
  ...withoutSkips(storyFiles('secret-merger', MERGER)),
  digestFile(SECRET_DIGESTS),
]

const withoutSkips = (files: ContentFile[]) =>
  withChangedFile(files, 'sources.yml', text => text.replace(/"skip": \[[^\]]*\],/, ''))

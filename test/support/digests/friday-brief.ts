import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import type { Library } from '../../../src/content/library.ts'
import { drawEdition, type EditionInput, selectEdition } from '../../../src/digests/edition.ts'
import type { Revisions } from '../../../src/digests/news.ts'
import type { Selection } from '../../../src/digests/selection.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'
import { moment, recordedRevisions } from './recorded-revisions.ts'

export const THURSDAY = moment('2018-04-19T12:30:00Z')
export const FRIDAY = moment('2018-04-20T12:30:00Z')
export const HOUR = 3_600_000

/** An event of the timeline; `more` are its other fields. */
export const event = (date: string, text: string, more: object = {}) => ({
  date,
  text,
  confidence: 'high',
  sources: [1, 2],
  ...more,
})
export const SUIT = event('2017-08-07', 'Chicago sues.')
export const RULING = event(
  '2018-04-19',
  'The 7th Circuit upheld the order that blocks two of the three conditions, nationwide.',
)
export const VOTE = event('2012-09-12', 'The council adds a purpose section.', { sources: [1] })

const BODY =
  '## Summary\n\nChicago sued. [1]\n\n## Status\n\nThe U.S. appeals are open since Feb. 2018. More is to come. [1, 2]\n\n## Terms\n\nA grant. [1]\n'

/** The files of a story that is still going on. */
export const court = ({ meta, ...fields }: StoryFields = {}) =>
  storyFiles('lawsuit', {
    meta: {
      title: 'Chicago v. Sessions',
      command: 'lawsuit',
      coversTo: '2018-04-19',
      notChecked: undefined,
      ...meta,
    },
    body: BODY,
    timeline: [SUIT],
    quotes: [],
    facts: [],
    corrections: [],
    ...fields,
  })

/** The files of a story that is over. */
export const city = (fields: StoryFields = {}) =>
  storyFiles('welcoming-city', {
    meta: {
      title: 'Welcoming City Ordinance',
      state: 'archived',
      coversTo: '2012-09-12',
      notChecked: 'later events not checked',
    },
    body: '## Summary\n\nAn ordinance. [1]\n',
    timeline: [VOTE],
    quotes: [],
    facts: [],
    corrections: [],
    ...fields,
  })

/** What Friday's edition is selected from. */
export const edition = (
  library: Library,
  revisions: Revisions,
  more: Partial<EditionInput> = {},
): EditionInput => ({
  digest: { name: 'morning', title: 'Morning brief' },
  stories: library.stories,
  revisions,
  commandLines: commandLinesFor('slack:T1/C1'),
  zone: 'America/Chicago',
  slot: FRIDAY,
  date: '2018-04-20',
  now: FRIDAY,
  newsFrom: THURSDAY,
  newsTo: FRIDAY,
  quiet: 'skip',
  ...more,
})

/** Draws a selection in a place. */
export const draw = (
  library: Library,
  revisions: Revisions,
  selection: Selection,
  place: Place = 'slack:T1/C1',
) => drawEdition(selection, { story: library.story, revisions, commandLines: commandLinesFor(place) })

/** What Friday's edition says if `before` became `after` since Thursday. */
export function fridayBrief(before: Library, after: Library, more: Partial<EditionInput> = {}) {
  const revisions = recordedRevisions(after, FRIDAY - HOUR, recordedRevisions(before, THURSDAY - HOUR))
  const selection = selectEdition(edition(after, revisions, more))
  if (!selection) return undefined
  const { reply, shown, thread } = draw(after, revisions, selection)
  return {
    selection,
    revisions,
    reply,
    shown,
    thread,
    says: toPlainText(reply),
    below: thread && toPlainText(thread.reply),
  }
}

/** The buttons of a reply with their lines. */
export const buttonLines = (reply: Reply) =>
  (reply.buttons ?? []).map(({ label, line }) => `${label}: ${line}`)

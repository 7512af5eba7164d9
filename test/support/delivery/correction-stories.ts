import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { digestFile } from '../content/digest-file.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'

/** A word of the event that will be corrected; no other text has it. */
export const WRONG_WORD = 'WEDNESDAY'
const RIGHT_WORD = 'Thursday'
/** The story that has a wrong event, and the story that is withdrawn. */
export const WRONG_STORY = 'bridge'
export const WITHDRAWN_STORY = 'museum'

const STORIES = [WRONG_STORY, 'harbor', 'school', 'budget', WITHDRAWN_STORY]

const event = (id: string, date: string, text: string) => ({
  id,
  date,
  text,
  confidence: 'medium',
  sources: [1],
})
const OLD = event('rust', '2025-12-30', 'An inspection finds rust.')
/** The oldest news: an edition with four stories has it last, in the thread. */
const vote = (day: string) => event('vote', '2026-05-01', `The council of the bridge votes on ${day}.`)
const NEWS = event('news', '2026-05-04', 'There is a first plan, and the mayor has read it.')

/** The content before the news, with it, with the correction, with one more event, and with a withdrawn story. */
export type ContentStage = 'old' | 'new' | 'corrected' | 'unrelated' | 'withdrawn'

const ENTRY = { on: '2026-05-05', part: 'event:vote', was: 'Mittwoch', now: 'Donnerstag', why: 'Misread.' }
const STAGES: ContentStage[] = ['old', 'new', 'corrected', 'unrelated', 'withdrawn']

/** All content files at a stage; with `notice` the correction is also announced in the thread of each message. */
export function filesAtStage(stage: ContentStage, notice = false): ContentFile[] {
  const since = (from: ContentStage) => STAGES.indexOf(stage) >= STAGES.indexOf(from)
  return [
    ...STORIES.flatMap(slug => {
      const news = slug === WRONG_STORY ? vote(since('corrected') ? RIGHT_WORD : WRONG_WORD) : NEWS
      const more = slug === WRONG_STORY && since('unrelated') ? [event('more', '2026-05-03', 'Rain.')] : []
      const withdrawn = { on: '2026-05-06', reason: 'The source took its report back.' }
      const written: StoryFields = {
        meta: {
          title: `The ${slug}`,
          dek: `What became of the ${slug}.`,
          ...(slug === WITHDRAWN_STORY && since('withdrawn') && { withdrawn }),
        },
        timeline: since('new') ? [OLD, news, ...more] : [OLD],
        corrections: slug === WRONG_STORY && since('corrected') ? [{ ...ENTRY, notice }] : [],
      }
      return storyFiles(slug, written)
    }),
    digestFile(DIGESTS),
  ]
}

/** Writes the content of a stage into a folder; each file is replaced at once, as editors and checkouts do it. */
export function writeStage(folder: string, stage: ContentStage, notice = false): string {
  for (const { path, text } of filesAtStage(stage, notice)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  return folder
}

const daily = { time: '08:00', days: 'daily', quiet: 'skip' }
const DIGESTS = [
  { name: 'morning', title: 'Morning brief', about: 'Four', stories: STORIES.slice(0, 4), ...daily },
  { name: 'bridge', title: 'Bridge brief', about: 'One', stories: [WRONG_STORY], ...daily },
  { name: 'harbor', title: 'Harbor brief', about: 'Another', stories: ['harbor'], ...daily },
  { name: 'museum', title: 'Museum brief', about: 'A third', stories: [WITHDRAWN_STORY], ...daily },
]

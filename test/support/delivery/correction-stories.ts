import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'

/** In the words of what will be corrected, and nowhere else. */
export const WRONG_WORD = 'WEDNESDAY'
const RIGHT_WORD = 'Thursday'
/** The story of which one part is wrong, and one that is withdrawn. */
export const WRONG_STORY = 'bridge'
export const WITHDRAWN_STORY = 'museum'

const STORIES = [WRONG_STORY, 'harbor', 'school', 'budget', WITHDRAWN_STORY]

const event = (id: string, date: string, text: string) => ({
  ...{ id, date, text },
  ...{ confidence: 'high', sources: [1] },
})
const OLD = event('rust', '2025-12-30', 'An inspection finds rust.')
/** The oldest of what is new: of four stories, it comes last and stands in the thread. */
const vote = (day: string) => event('vote', '2026-05-01', `The council of the bridge votes on ${day}.`)
const NEWS = event('news', '2026-05-04', 'There is a first plan, and the mayor has read it.')

/** What the stories say at first, with the news, with the correction, and once one of them is taken down. */
export type ContentStage = 'old' | 'new' | 'corrected' | 'unrelated' | 'withdrawn'

const ENTRY = { on: '2026-05-05', part: 'event:vote', was: 'Mittwoch', now: 'Donnerstag', why: 'Misread.' }
const STAGES: ContentStage[] = ['old', 'new', 'corrected', 'unrelated', 'withdrawn']

/** All files of the content at a stage; with `notice` the correction is told at once, too. */
export function filesAtStage(stage: ContentStage, notice = false): ContentFile[] {
  const since = (from: ContentStage) => STAGES.indexOf(stage) >= STAGES.indexOf(from)
  const digests = { path: 'digests.yml', origin: 'digests.yml', text: JSON.stringify(DIGESTS) }
  return [
    ...STORIES.flatMap(slug => {
      const own = slug === WRONG_STORY ? vote(since('corrected') ? RIGHT_WORD : WRONG_WORD) : NEWS
      const more = slug === WRONG_STORY && since('unrelated') ? [event('more', '2026-05-03', 'Rain.')] : []
      const withdrawn = { on: '2026-05-06', reason: 'The source took its report back.' }
      const written: StoryFields = {
        meta: {
          ...{ title: `The ${slug}`, dek: `What became of the ${slug}.` },
          ...(slug === WITHDRAWN_STORY && since('withdrawn') && { withdrawn }),
        },
        timeline: since('new') ? [OLD, own, ...more] : [OLD],
        corrections: slug === WRONG_STORY && since('corrected') ? [{ ...ENTRY, notice }] : [],
      }
      return storyFiles(slug, written)
    }),
    digests,
  ]
}

/** Writes the content of a stage into a folder, each file at once, as editors and checkouts do. */
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

import type { Config } from '../config.ts'
import { allEvents, partOfEvent } from '../content/events/expected.ts'
import { eventsWithoutId } from '../content/events/missing-ids.ts'
import { readFolder } from '../content/read/folder.ts'
import { loadContent } from '../content/read/load.ts'
import { addIds } from '../content/read/write-ids.ts'
import { formatProblem, type Story } from '../content/story.ts'
import { replaceFile } from './replace-file.ts'
import { withCount } from './with-count.ts'

const USAGE = `nutgraf content <what>
  ids                            write the ids that events in timeline.yml need and do not have; changes nothing else
  pull [--dry-run]               write what the desk has added in chat into the files, to be committed`

/** The verb `content`: changes the files of stories where editors would have to type much. */
export async function content(config: Config, [what = 'help', ...rest]: string[]): Promise<number> {
  if (what === 'ids') return writeMissingIds(config.contentDir)
  if (what === 'pull' && rest.every(word => word === '--dry-run'))
    return (await import('./pull.ts')).pull(config, { dryRun: rest.length > 0 })
  process.stderr.write(`${USAGE}\n`)
  return what === 'help' ? 0 : 2
}

/**
 * Writes the ids that events need and do not have. Each is what the event is called already, so that nothing changes
 * for what was posted.
 */
async function writeMissingIds(folder: string): Promise<number> {
  const { files, problems: unreadable } = await readFolder(folder)
  const loaded = loadContent(files)
  const problems = [...unreadable, ...loaded.problems]
  if (problems.length > 0) {
    const sentence = 'No id was written, because the files have problems. Correct these first:'
    process.stderr.write(`${sentence}\n${problems.map(formatProblem).join('\n')}\n`)
    return 1
  }
  let count = 0
  let failed = 0
  for (const story of loaded.stories) {
    const events = eventsWithoutId(story)
    if (events.length === 0) continue
    const file = files.find(({ path }) => path === `stories/${story.slug}/timeline.yml`)!
    const ids = events.map(event => ({ index: allEvents(story).indexOf(event), id: event.id }))
    const text = addIds(file.text, ids)
    if (text === undefined) {
      failed++
      const list = ids.map(({ id }) => id).join(', ')
      process.stderr.write(
        `${file.origin}: the entries are written in a way that cannot be added to. Add these ids by hand: ${list}\n`,
      )
      continue
    }
    await replaceFile(file.origin, text)
    count += events.length
    for (const event of events) process.stdout.write(`${file.origin}: id: ${event.id}\n`)
    for (const sentence of correctionsToRead(story)) process.stdout.write(`${sentence}\n`)
  }
  process.stdout.write(
    count === 0 && failed === 0
      ? 'Every event that needs an id has one.\n'
      : `${withCount(count, 'id')} written.\n`,
  )
  return failed > 0 ? 1 : 0
}

/** Asks to read the corrections of events whose place in the day may have been another one when they were entered. */
function correctionsToRead(story: Story): string[] {
  const { slug, corrections } = story
  return corrections.flatMap(({ part, now }) => {
    const event = allEvents(story).find(known => known.unnamed && part === partOfEvent(known))
    const sharesDay = event && allEvents(story).some(other => other !== event && other.date === event.date)
    return sharesDay
      ? [`${slug}/corrections.yml: see that ${part} is the event that was meant by the correction “${now}”.`]
      : []
  })
}

import type * as z from 'zod'
import type { Story } from '../story.ts'
import { readCorrections } from './corrections.ts'
import { readDigests } from './digests.ts'
import type { FileExcerpt } from './excerpt.ts'
import { readFacts } from './facts.ts'
import { readFeeds } from './feeds.ts'
import { reportFutureDates } from './future-dates.ts'
import { type ReadSection, readSections } from './markdown.ts'
import { readPeople } from './people.ts'
import { readQuotes } from './quotes.ts'
import { StoryFile } from './schemas.ts'
import { readSources } from './sources.ts'
import {
  addProblem,
  type ContentFile,
  checkSources,
  isDraft,
  type LoadedContent,
  locate,
  newStoryFolder,
  type StoryFolder,
} from './story-folder.ts'
import { readTimeline } from './timeline.ts'
import { readWhy } from './why.ts'
import { parseYaml } from './yaml.ts'

const STORY_PATH = /^stories\/([^/]+)\/(.+)$/
/** Parts of items on the wire are named as if they were those of a story of this name. */
const WIRE = 'wire'
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/
const STORY_FILE =
  /^(?:story\.md|(?:quotes|timeline|people|facts|corrections|sources)\.yml|sources\/[^/]+\.txt)$/

/**
 * Turns files into stories, digests and feeds. Pure. Reading goes on after a problem, so that all of them are reported
 * together. With `latestDay`, later dates are reported: nothing has happened then yet.
 */
export function loadContent(files: ContentFile[], latestDay?: string): LoadedContent {
  const loaded: LoadedContent = {
    stories: [],
    digests: [],
    feeds: [],
    problems: [],
    locations: new Map(),
  }
  const filesBySlug = new Map<string, Map<string, ContentFile>>()
  for (const file of files) {
    const [, slug, name] = STORY_PATH.exec(file.path) ?? []
    if (slug === undefined || name === undefined) {
      if (/^stories\/[^/]+$/.test(file.path) && !file.path.endsWith('/README.md'))
        loaded.problems.push({
          file: file.origin,
          line: 1,
          message: 'a story is a folder: stories/NAME/story.md',
        })
      continue
    }
    const storyFiles = filesBySlug.get(slug) ?? new Map<string, ContentFile>()
    filesBySlug.set(slug, storyFiles.set(name, file))
  }
  for (const [slug, storyFiles] of filesBySlug)
    if (isDraft([...storyFiles.values()])) filesBySlug.delete(slug)
  for (const [slug, storyFiles] of [...filesBySlug].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folder = newStoryFolder(slug, withoutByteOrderMarks(storyFiles), loaded)
    const story = loadStory(folder)
    if (latestDay !== undefined) reportFutureDates(folder, latestDay, story?.embargo)
    if (story) loaded.stories.push(story)
  }
  readFeeds(files, loaded, new Set(filesBySlug.keys()))
  readDigests(files, loaded)
  return loaded
}

function loadStory(folder: StoryFolder): Story | undefined {
  const { slug, files } = folder
  const main = files.get('story.md')
  const anyFile = main ?? [...files.values()][0]!
  if (!SLUG.test(slug))
    addProblem(
      folder,
      anyFile.origin,
      1,
      `the folder name “${slug}” must be 1–32 characters of a–z, 0–9 and “-”, and not begin with “-”`,
    )
  if (slug === WIRE)
    addProblem(folder, anyFile.origin, 1, `no story can be called “${WIRE}”: that is what others report`)
  reportForeignFiles(folder)
  if (main) locate(folder, 'label', main.origin, 1)
  else if (!folder.brokenFiles.has('story.md'))
    addProblem(folder, anyFile.origin, 1, `the story “${slug}” has no story.md`)
  const parts = main && splitFrontMatter(main)
  if (main && !parts && !main.unreadable) addProblem(folder, main.origin, 1, frontMatterProblem(main.text))
  if (!parts) folder.unsureParts.add('section').add('label')
  const meta = parts && parseYaml(parts.meta, StoryFile)
  const body = parts ? readSections(parts.body) : { sections: [], problems: [] }
  folder.loaded.problems.push(...(meta?.problems ?? []), ...body.problems)
  if (meta?.value) noteStoryDates(folder, main!.origin, meta.value, meta.lineNumberOf)
  reportMissingSources(folder, anyFile.origin, body.sections)
  readSources(folder)
  const sections = body.sections.map(section => registerSection(folder, main!, section))
  const { timeline, coming } = readTimeline(folder)
  const story = {
    slug,
    sections,
    sources: [...folder.sources.values()].sort((a, b) => a.number - b.number),
    quotes: readQuotes(folder),
    timeline,
    people: readPeople(folder),
    facts: readFacts(folder),
    from: timeline[0]?.date,
    coming,
    // Last: a correction names a part that the others have located.
    corrections: readCorrections(folder),
  }
  if (!meta?.value) return undefined
  const { why: written, ...head } = meta.value
  const why =
    written === undefined ? undefined : readWhy(folder, main!.origin, meta.lineNumberOf(['why']), written)
  return { ...head, ...story, ...(why && { why }) }
}

/** Reports files that are not read, and which name was probably meant. */
function reportForeignFiles(folder: StoryFolder): void {
  for (const [name, file] of folder.files) {
    if (STORY_FILE.test(name)) continue
    const meant = meantName(name)
    if (meant !== undefined && !folder.files.has(meant)) {
      folder.brokenFiles.add(meant)
      addProblem(folder, file.origin, 1, `this file is not part of a story: rename it ${meant}`)
    } else addProblem(folder, file.origin, 1, 'this file is not part of a story')
  }
}

/** The file of a story whose name differs from this one only in capitals or in its ending. */
function meantName(name: string): string | undefined {
  const [, base = ''] = /^([a-z]+)\.[a-z]+$/.exec(name.toLowerCase()) ?? []
  return ['story.md', `${base}.yml`].find(file => STORY_FILE.test(file) && file.startsWith(`${base}.`))
}

/** Reports once that a story cites sources and has none. */
function reportMissingSources(folder: StoryFolder, file: string, sections: ReadSection[]): void {
  if (folder.files.has('sources.yml') || folder.brokenFiles.has('sources.yml')) return
  folder.brokenFiles.add('sources.yml')
  if (sections.some(section => section.sources.length > 0))
    addProblem(folder, file, 1, 'the story cites sources, but there is no sources.yml beside it')
}

function noteStoryDates(
  folder: StoryFolder,
  file: string,
  meta: z.output<typeof StoryFile>,
  lineNumberOf: (path: PropertyKey[]) => number,
): void {
  const dates: [path: string[], date: string | undefined, isPast: boolean][] = [
    [['coversTo'], meta.coversTo, false],
    [['published'], meta.published, false],
    [['checked', 'on'], meta.checked?.on, true],
    [['withdrawn', 'on'], meta.withdrawn?.on, true],
  ]
  for (const [path, date, isPast] of dates)
    if (date !== undefined)
      folder.dates.push({ file, line: lineNumberOf(path), name: path.join('.'), date, isPast })
}

/** Removes byte order marks, which some editors put before a text, from our own files. Stored sources keep theirs. */
function withoutByteOrderMarks(files: Map<string, ContentFile>): Map<string, ContentFile> {
  return new Map(
    [...files].map(([name, file]) => [
      name,
      name.startsWith('sources/') ? file : { ...file, text: file.text.replace(/^\ufeff+/, '') },
    ]),
  )
}

/** Says why a text has no front matter. */
function frontMatterProblem(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  if (/^---[ \t]*$/.test(first)) return 'the front matter at the top has no closing line of “---”'
  if (/^\s*$/.test(first) || /^\s+---/.test(first))
    return 'the first line must be “---”: take out what is empty before it'
  if (/^[-–—]+\s*$/.test(first)) return `the first line is “${first.trim()}”: write three hyphens, “---”`
  return 'must begin with front matter between two lines of “---”'
}

function splitFrontMatter(file: ContentFile): { meta: FileExcerpt; body: FileExcerpt } | undefined {
  const match = /^---[ \t]*\r?\n([\s\S]*?\n)---[ \t]*(?:\r?\n|$)/.exec(file.text)
  if (!match) return undefined
  const linesBefore = match[0].split('\n').length - 1
  return {
    meta: { file: file.origin, text: match[1]!, linesBefore: 1 },
    body: { file: file.origin, text: file.text.slice(match[0].length), linesBefore },
  }
}

function registerSection(
  folder: StoryFolder,
  file: ContentFile,
  { line, doubtful, ...section }: ReadSection,
) {
  locate(folder, `section:${section.name}`, file.origin, line)
  const numbers = section.sources.filter(number => !doubtful.includes(number))
  checkSources(folder, file.origin, line, numbers)
  return section
}

import type { Story } from '../story.ts'
import { readDigests } from './digests.ts'
import { type ReadSection, readSections } from './markdown.ts'
import { readFacts, readQuotes, readSources } from './quotes.ts'
import { StoryFile } from './schemas.ts'
import {
  addProblem,
  type ContentFile,
  checkSources,
  type LoadedContent,
  locate,
  type StoryFolder,
} from './story-folder.ts'
import { readCorrections, readPeople, readTimeline } from './timeline.ts'
import { type FileExcerpt, parseYaml } from './yaml.ts'

const STORY_PATH = /^stories\/([^/]+)\/(.+)$/
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/
const STORY_FILES =
  /^(?:story\.md|(?:quotes|timeline|people|facts|corrections|sources)\.yml|sources\/[^/]+\.txt)$/

/** Turns files into stories and digests. Pure; a story with any problem is still read as far as it goes, so that all are told. */
export function loadContent(files: ContentFile[]): LoadedContent {
  const loaded: LoadedContent = { stories: [], digests: [], problems: [], locations: new Map() }
  const folders = new Map<string, Map<string, ContentFile>>()
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
    const folder = folders.get(slug) ?? new Map<string, ContentFile>()
    folders.set(slug, folder.set(name, file))
  }
  for (const [slug, folder] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const story = loadStory({
      slug,
      files: withoutByteOrderMarks(folder),
      loaded,
      sources: new Map(),
      refusedSources: new Set(),
    })
    if (story) loaded.stories.push(story)
  }
  readDigests(files, loaded)
  if (loaded.stories.length === 0 && loaded.problems.length === 0) {
    loaded.problems.push({
      file: 'content',
      line: 1,
      message: 'there is no story: stories/NAME/story.md is missing',
    })
  }
  return loaded
}

function loadStory(desk: StoryFolder): Story | undefined {
  const { slug, files } = desk
  const main = files.get('story.md')
  const anyFile = main ?? [...files.values()][0]!
  if (!SLUG.test(slug))
    addProblem(
      desk,
      anyFile.origin,
      1,
      `the folder “${slug}” must have 1–32 of a–z, 0–9 and “-”, the first no hyphen`,
    )
  for (const [name, file] of files) {
    if (!STORY_FILES.test(name)) addProblem(desk, file.origin, 1, 'this file is not part of a story')
  }
  if (main) locate(desk, 'label', main.origin, 1)
  else addProblem(desk, anyFile.origin, 1, `the story “${slug}” has no story.md`)
  const front = main && splitFrontMatter(main)
  if (main && !front)
    addProblem(desk, main.origin, 1, 'must begin with front matter between two lines of “---”')
  const meta = front && parseYaml(front.meta, StoryFile)
  const read = front ? readSections(front.body) : { sections: [], problems: [] }
  desk.loaded.problems.push(...(meta?.problems ?? []), ...read.problems)
  readSources(desk)
  const sections = read.sections.map(section => registerSection(desk, main!, section))
  const timeline = readTimeline(desk)
  const story = {
    slug,
    sections,
    sources: [...desk.sources.values()].sort((a, b) => a.number - b.number),
    quotes: readQuotes(desk),
    timeline,
    people: readPeople(desk),
    facts: readFacts(desk),
    ...(timeline[0] && { from: timeline[0].date }),
    // Last, since a correction names a part that the others have placed.
    corrections: readCorrections(desk),
  }
  return meta?.value && { ...meta.value, ...story }
}

/** Some editors put a byte order mark before a text. In our own files it means nothing; a stored source keeps its. */
function withoutByteOrderMarks(folder: Map<string, ContentFile>): Map<string, ContentFile> {
  return new Map(
    [...folder].map(([name, file]) => [
      name,
      name.startsWith('sources/') ? file : { ...file, text: file.text.replace(/^\ufeff/, '') },
    ]),
  )
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

function registerSection(desk: StoryFolder, file: ContentFile, { line, ...section }: ReadSection) {
  locate(desk, `section:${section.name}`, file.origin, line)
  checkSources(desk, file.origin, line, section.sources)
  return section
}

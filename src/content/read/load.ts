import type { Story } from '../story.ts'
import { readCorrections } from './corrections.ts'
import { readDigests } from './digests.ts'
import { readFacts } from './facts.ts'
import { type ReadSection, readSections } from './markdown.ts'
import { readPeople } from './people.ts'
import { readQuotes } from './quotes.ts'
import { StoryFile } from './schemas.ts'
import { readSources } from './sources.ts'
import {
  addProblem,
  type ContentFile,
  checkSources,
  type LoadedContent,
  locate,
  type StoryFolder,
} from './story-folder.ts'
import { readTimeline } from './timeline.ts'
import { type FileExcerpt, parseYaml } from './yaml.ts'

const STORY_PATH = /^stories\/([^/]+)\/(.+)$/
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/
const STORY_FILE =
  /^(?:story\.md|(?:quotes|timeline|people|facts|corrections|sources)\.yml|sources\/[^/]+\.txt)$/

/**
 * Turns files into stories and digests. Pure. Reading goes on after a problem, so that all of them are reported
 * together.
 */
export function loadContent(files: ContentFile[]): LoadedContent {
  const loaded: LoadedContent = { stories: [], digests: [], problems: [], locations: new Map() }
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
  for (const [slug, storyFiles] of [...filesBySlug].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const story = loadStory({
      slug,
      files: withoutByteOrderMarks(storyFiles),
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
  for (const [name, file] of files) {
    if (!STORY_FILE.test(name)) addProblem(folder, file.origin, 1, 'this file is not part of a story')
  }
  if (main) locate(folder, 'label', main.origin, 1)
  else addProblem(folder, anyFile.origin, 1, `the story “${slug}” has no story.md`)
  const parts = main && splitFrontMatter(main)
  if (main && !parts)
    addProblem(folder, main.origin, 1, 'must begin with front matter between two lines of “---”')
  const meta = parts && parseYaml(parts.meta, StoryFile)
  const body = parts ? readSections(parts.body) : { sections: [], problems: [] }
  folder.loaded.problems.push(...(meta?.problems ?? []), ...body.problems)
  readSources(folder)
  const sections = body.sections.map(section => registerSection(folder, main!, section))
  const timeline = readTimeline(folder)
  const story = {
    slug,
    sections,
    sources: [...folder.sources.values()].sort((a, b) => a.number - b.number),
    quotes: readQuotes(folder),
    timeline,
    people: readPeople(folder),
    facts: readFacts(folder),
    from: timeline[0]?.date,
    // Last: a correction names a part that the others have located.
    corrections: readCorrections(folder),
  }
  return meta?.value && { ...meta.value, ...story }
}

/** Removes byte order marks, which some editors put before a text, from our own files. Stored sources keep theirs. */
function withoutByteOrderMarks(files: Map<string, ContentFile>): Map<string, ContentFile> {
  return new Map(
    [...files].map(([name, file]) => [
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

function registerSection(folder: StoryFolder, file: ContentFile, { line, ...section }: ReadSection) {
  locate(folder, `section:${section.name}`, file.origin, line)
  checkSources(folder, file.origin, line, section.sources)
  return section
}

import type * as z from 'zod'
import type { Inline } from '../reply.ts'
import { type ReadSection, readInlines, readSections } from './markdown.ts'
import {
  CorrectionsFile,
  type Event,
  type Fact,
  FactsFile,
  PeopleFile,
  type Problem,
  type Quote,
  QuotesFile,
  type Source,
  SourcesFile,
  type Story,
  StoryFile,
  TimelineFile,
} from './story.ts'
import { insideMarks, verify } from './verify.ts'
import { type Parsed, type Passage, parseYaml } from './yaml.ts'

/** One file of content: its path below the content folder, its text, and its name for people. */
export type ContentFile = { path: string; text: string; origin: string }

/** Stories, every problem found in them, and where each part of them is written (`lawsuit/quote:sessions-1`). */
export type Loaded = {
  stories: Story[]
  problems: Problem[]
  where: Map<string, { file: string; line: number }>
}

const STORY_PATH = /^stories\/([^/]+)\/(.+)$/
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/
const KNOWN = /^(?:story\.md|(?:quotes|timeline|people|facts|corrections|sources)\.yml|sources\/[^/]+\.txt)$/

/** Turns files into stories. Pure; a story with any problem is still read as far as it goes, so that all are told. */
export function load(files: ContentFile[]): Loaded {
  const folders = new Map<string, Map<string, ContentFile>>()
  for (const file of files) {
    const [, slug, name] = STORY_PATH.exec(file.path) ?? []
    if (slug === undefined || name === undefined) continue
    if (!folders.has(slug)) folders.set(slug, new Map())
    folders.get(slug)!.set(name, file)
  }
  const loaded: Loaded = { stories: [], problems: [], where: new Map() }
  for (const [slug, folder] of [...folders].sort(([a], [b]) => a.localeCompare(b))) {
    const story = loadStory(slug, folder, loaded)
    if (story) loaded.stories.push(story)
  }
  if (loaded.stories.length === 0 && loaded.problems.length === 0) {
    loaded.problems.push({
      file: 'content',
      line: 1,
      message: 'there is no story: stories/NAME/story.md is missing',
    })
  }
  return loaded
}

/** What reading one folder needs: its files, and where to tell what was found. */
type Desk = { slug: string; folder: Map<string, ContentFile>; loaded: Loaded; sources: Map<number, Source> }

function loadStory(slug: string, folder: Map<string, ContentFile>, loaded: Loaded): Story | undefined {
  const desk: Desk = { slug, folder, loaded, sources: new Map() }
  const main = folder.get('story.md')
  const anyFile = main ?? [...folder.values()][0]!
  if (!SLUG.test(slug)) tell(desk, anyFile.origin, 1, `the folder “${slug}” must be 1–32 of a–z, 0–9 and “-”`)
  for (const [name, file] of folder) {
    if (!KNOWN.test(name)) tell(desk, file.origin, 1, 'this file is not part of a story')
  }
  if (!main) {
    tell(desk, anyFile.origin, 1, `the story “${slug}” has no story.md`)
    return undefined
  }
  const front = frontMatter(main)
  if (!front) {
    tell(desk, main.origin, 1, 'must begin with front matter between two lines of “---”')
    return undefined
  }
  const meta = taken(desk, parseYaml(front.meta, StoryFile))
  const { sections, problems } = readSections(front.body)
  loaded.problems.push(...problems)
  readSources(desk)
  const timeline = readTimeline(desk)
  const story = {
    slug,
    sections: sections.map(section => checkedSection(desk, main, section)),
    sources: [...desk.sources.values()].sort((a, b) => a.number - b.number),
    quotes: readQuotes(desk),
    timeline,
    people: readPeople(desk),
    facts: readFacts(desk),
    ...(timeline[0] && { from: timeline[0].date }),
  }
  const withCorrections = { ...story, corrections: readCorrections(desk) }
  if (!meta.value) return undefined
  place(desk, 'label', main.origin, 1)
  return { ...meta.value, ...withCorrections }
}

function frontMatter(file: ContentFile): { meta: Passage; body: Passage } | undefined {
  const match = /^---\r?\n([\s\S]*?\n)---\r?\n/.exec(file.text)
  if (!match) return undefined
  const linesBefore = match[0].split('\n').length - 1
  return {
    meta: { file: file.origin, text: match[1]!, linesBefore: 1 },
    body: { file: file.origin, text: file.text.slice(match[0].length), linesBefore },
  }
}

function checkedSection(desk: Desk, file: ContentFile, { line, ...section }: ReadSection) {
  place(desk, `section:${section.name}`, file.origin, line)
  cite(desk, file.origin, line, section.sources)
  return section
}

function readSources(desk: Desk) {
  const { file, rows, lineOf } = table(desk, 'sources.yml', SourcesFile)
  for (const [index, row] of rows.entries()) {
    const line = lineOf([index])
    if (desk.sources.has(row.number)) tell(desk, file, line, `second source with the number ${row.number}`)
    const stored = row.text === undefined ? undefined : desk.folder.get(`sources/${row.text}`)
    if (row.text !== undefined && !stored)
      tell(desk, file, lineOf([index, 'text']), `sources/${row.text} is missing`)
    const { text: _, ...source } = row
    desk.sources.set(row.number, { ...source, ...(stored && { text: stored.text }) })
    place(desk, `source:${row.number}`, file, line)
  }
}

function readQuotes(desk: Desk): Quote[] {
  const { file, rows, lineOf } = table(desk, 'quotes.yml', QuotesFile)
  return rows.flatMap((row, index): Quote[] => {
    const line = lineOf([index])
    place(desk, `quote:${row.id}`, file, line)
    const found = wordsIn(desk, file, lineOf([index, 'words']), `quote “${row.id}”`, row)
    if (!found) return []
    const outside = found.spans.find(
      span => found.source.kind === 'news' && !insideMarks(found.source.text!, span),
    )
    if (row.kind !== 'reported' && outside) {
      tell(
        desk,
        file,
        lineOf([index, 'words']),
        `quote “${row.id}”: in the source these words are not in quotation marks`,
      )
    }
    const { words: _, note, ...rest } = row
    const written = prose(desk, file, lineOf([index, 'note']), note)
    return [{ ...rest, ...found, ...(written && { note: written }) }]
  })
}

function readTimeline(desk: Desk): Event[] {
  const { file, rows, lineOf } = table(desk, 'timeline.yml', TimelineFile)
  const perDay = new Map<string, number>()
  return rows.map((row, index) => {
    const line = lineOf([index])
    const ordinal = (perDay.get(row.date) ?? 0) + 1
    perDay.set(row.date, ordinal)
    if (index > 0 && rows[index - 1]!.date > row.date)
      tell(desk, file, line, 'events must stand in the order of their dates')
    cite(desk, file, line, row.sources)
    const id = row.id ?? `${row.date}-${ordinal}`
    place(desk, `event:${id}`, file, line)
    const { text, note, ...rest } = row
    const written = prose(desk, file, lineOf([index, 'note']), note)
    return {
      ...rest,
      id,
      text: prose(desk, file, lineOf([index, 'text']), text) ?? [],
      ...(written && { note: written }),
    }
  })
}

function readPeople(desk: Desk) {
  const { file, rows, lineOf } = table(desk, 'people.yml', PeopleFile)
  return rows.map(({ about, ...row }, index) => {
    cite(desk, file, lineOf([index]), row.sources)
    const written = prose(desk, file, lineOf([index, 'about']), about)
    return { ...row, ...(written && { about: written }) }
  })
}

function readFacts(desk: Desk): Fact[] {
  const { file, rows, lineOf } = table(desk, 'facts.yml', FactsFile)
  return rows.flatMap(({ claim, text, print, ...row }, index): Fact[] => {
    const line = lineOf([index])
    cite(desk, file, line, row.sources)
    place(desk, `fact:${row.id}`, file, line)
    const found = claim && wordsIn(desk, file, lineOf([index, 'claim', 'words']), `fact “${row.id}”`, claim)
    const fact = { ...row, text: prose(desk, file, lineOf([index, 'text']), text) ?? [] }
    if (!print) return []
    if (!claim) return [fact]
    if (!found) return []
    const { says, verdict, short } = claim
    return [
      {
        ...fact,
        claim: {
          says,
          verdict,
          ...(short !== undefined && { short }),
          source: found.source,
          spans: found.spans,
        },
      },
    ]
  })
}

function readCorrections(desk: Desk) {
  const { file, rows, lineOf } = table(desk, 'corrections.yml', CorrectionsFile)
  for (const [index, row] of rows.entries()) {
    if (row.part !== 'label' && !desk.loaded.where.has(`${desk.slug}/${row.part}`)) {
      tell(desk, file, lineOf([index, 'part']), `there is no ${row.part} in this story`)
    }
  }
  return rows
}

/** Finds the words of an entry in its source, or tells why they are not there. */
function wordsIn(
  desk: Desk,
  file: string,
  line: number,
  name: string,
  entry: { words: string | string[]; source: number },
) {
  const source = desk.sources.get(entry.source)
  if (source?.text === undefined) {
    tell(
      desk,
      file,
      line,
      `${name}: ${source ? 'its source has no stored text' : `there is no source ${entry.source}`}`,
    )
    return undefined
  }
  const passages = [entry.words].flat()
  const found = verify(passages, source.text)
  if ('missing' in found) {
    tell(desk, file, line, `${name}: ${found.missing} (source ${source.number}, ${source.outlet})`)
    return undefined
  }
  return { source, spans: found.spans, words: passages.join(' […] ') }
}

/** Reads one YAML file of a list; ids must be there once. A file that is missing is an empty list. */
function table<S extends z.ZodType<object[]>>(desk: Desk, name: string, schema: S) {
  const file = desk.folder.get(name)
  const origin = file?.origin ?? name
  const parsed = taken(
    desk,
    parseYaml({ file: origin, text: file?.text.trim() ? file.text : '[]', linesBefore: 0 }, schema),
  )
  const rows = (parsed.value ?? []) as z.output<S>
  const ids = rows.map(row => ('id' in row ? row.id : undefined))
  ids.forEach((id, index) => {
    if (id !== undefined && ids.indexOf(id) < index)
      tell(desk, origin, parsed.lineOf([index]), `second entry with the id “${id}”`)
  })
  return { file: origin, rows, lineOf: parsed.lineOf }
}

function taken<T>(desk: Desk, parsed: Parsed<T>): Parsed<T> {
  desk.loaded.problems.push(...parsed.problems)
  return parsed
}

function prose(desk: Desk, file: string, line: number, text: string | undefined): Inline[] | undefined {
  if (text === undefined) return undefined
  const { inlines, problems } = readInlines({ file, text, linesBefore: line - 1 })
  desk.loaded.problems.push(...problems)
  return inlines
}

function cite(desk: Desk, file: string, line: number, numbers: number[]) {
  for (const number of numbers) {
    if (!desk.sources.has(number)) tell(desk, file, line, `there is no source ${number}`)
  }
}

const place = (desk: Desk, part: string, file: string, line: number) =>
  desk.loaded.where.set(`${desk.slug}/${part}`, { file, line })

const tell = (desk: Desk, file: string, line: number, message: string) =>
  desk.loaded.problems.push({ file, line, message })

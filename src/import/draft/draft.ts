/**
 * What an import proposes. On disk a draft is a folder below `drafts/`, beside `stories/`: the files of a story with
 * `draft: true` in story.md, or additions to a story, which draft.yml names after `into:`. Nothing of it is served. Each
 * entry has a `tick`: only what an editor has ticked becomes part of a story.
 */
import type { ContentFile } from '../../content/read/story-folder.ts'
import type { Problem, Story } from '../../content/story.ts'
import type { Article } from '../article.ts'
import type { FoundQuotation } from '../quotations/quotation.ts'

/** What a line of a report is about. */
export type ReportKind =
  | 'office'
  | 'known-source'
  | 'differs'
  | 'contradicts'
  | 'speaker'
  | 'words'
  | 'date'
  | 'rights'
  | 'published'
  | 'outlet'
  | 'role'
  | 'marks-left-out'
  | 'notices'
  | 'rewrite'

/** How much a line needs an editor: `error` is probably wrong, `look` has to be decided, `note` is good to know. */
export type Severity = 'error' | 'look' | 'note'

/**
 * One thing that needs the editor's eye. `file` is the path below the content folder, and `line` the line in it; `entry`
 * is the id or the name of the entry that it is about.
 */
export type ReportLine = {
  kind: ReportKind
  severity: Severity
  text: string
  file?: string
  line?: number
  entry?: string
}

/** A file of a draft: its path below the content folder, such as `drafts/bridge/quotes.yml`, and its text. */
export type DraftFile = { path: string; text: string }

/**
 * A draft that was composed, and its report, worst first. `name` is its folder below `drafts/`. `entries` are the same as
 * in the files, as values to hand on, and `source` is the document they rest on: its entry in sources.yml, the name of its
 * stored text in `sources/`, and that text.
 */
export type Draft = {
  name: string
  files: DraftFile[]
  entries: ProposedEntry[]
  source: { entry: Record<string, unknown>; file: string; text: string }
  report: ReportLine[]
}

/**
 * What a draft is made from. `slug` is the name of the new story; with `into`, the entries are for that one. `stories` are
 * all known ones, to compare with. `rights` is what an editor knows of them. `today` is the day of the import.
 */
export type DraftInput = {
  article: Article
  quotations: FoundQuotation[]
  slug: string
  into?: Story
  stories?: Story[]
  rights?: string
  today: string
}

/** Composes a draft. Pure: writes nothing. */
export type ComposeDraft = (input: DraftInput) => Draft

/** The files of a draft whose entries are ticked. */
export const TICKED_FILES = ['quotes.yml', 'timeline.yml', 'people.yml'] as const

/** The file of a draft, and the id (for a person, the name) of an entry in it. */
export type EntryKey = { file: (typeof TICKED_FILES)[number]; id: string }

/**
 * An entry that a draft proposes. `values` is the entry as a story has it. `at` is where it stands in the stored text: its
 * first line. Not `sure`: an editor has to look.
 */
export type ProposedEntry = EntryKey & { sure: boolean; at: number; values: Record<string, unknown> }

/** An entry of a draft as it stands in its file: its place in the list, and its first line there. */
export type DraftEntry = EntryKey & {
  place: number
  ticked: boolean
  sure: boolean
  line: number
  values: Record<string, unknown>
}

/**
 * A draft that was read from its files. `imported` is the day, `from` the address or file it was made from, `problems` what
 * is wrong with its own marks.
 */
export type DraftFolder = {
  name: string
  into?: string
  imported?: string
  from?: string
  entries: DraftEntry[]
  report: ReportLine[]
  files: ContentFile[]
  problems: Problem[]
}

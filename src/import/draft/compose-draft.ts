import { contradictions } from './compare/contradictions.ts'
import { knownSources } from './compare/known-sources.ts'
import { likeQuotes } from './compare/like-quotes.ts'
import { officeProblems } from './compare/offices.ts'
import type { ComposeDraft, Draft, DraftFile, DraftInput, ProposedEntry, ReportLine } from './draft.ts'
import { draftPage } from './draft-page.ts'
import { entryText } from './entry-text.ts'
import { eventEntries } from './event-entries.ts'
import { peopleEntries } from './people-entries.ts'
import { quoteEntries } from './quote-entries.ts'
import { basicReport, worstFirst } from './report.ts'
import { sourceEntry } from './source-entry.ts'
import { storyPage } from './story-page.ts'

/** Says above each list what to do with it. */
const HEADS = {
  'quotes.yml':
    '# Exact words, as they stand in the stored text. Write “tick: yes” where speaker and role are right.',
  'timeline.yml':
    '# Dated sentences, in the outlet’s words. Better say it in yours; write “tick: yes” on what belongs here.',
  'people.yml':
    '# Who is quoted, with the role that the text gives. Write “tick: yes” on who belongs into the story.',
}

/**
 * Composes a draft of a page or a text: its words as a source, quotations, people and dated sentences as entries that
 * wait for a tick, and what needs the editor's eye. Pure: writes nothing, serves nothing.
 */
export const composeDraft: ComposeDraft = (input: DraftInput): Draft => {
  const { article, slug, into, stories = into ? [into] : [] } = input
  const name = into ? `${into.slug}--${slug}` : slug
  const source = sourceEntry(input)
  const number = source.entry.number as number
  const quotes = quoteEntries(input, number)
  const events = eventEntries(input, number, source.outlet)
  const proposed = [...quotes.entries, ...events.entries, ...peopleEntries(input, number)]
  const doubts = [
    ...officeProblems(proposed, { stories, day: article.published?.date }),
    ...likeQuotes(proposed, { stories, into }),
    ...contradictions(proposed, into),
  ]
  const doubtful = new Set(doubts.flatMap(({ entry, severity }) => (severity === 'note' ? [] : [entry])))
  const entries = proposed.map(entry => (doubtful.has(entry.id) ? { ...entry, sure: false } : entry))
  const folder = `drafts/${name}`
  const lists = (['quotes.yml', 'timeline.yml', 'people.yml'] as const).flatMap((file): DraftFile[] => {
    const own = entries.filter(entry => entry.file === file)
    if (own.length === 0) return []
    const text = own.map(entry => `\n${textOf(entry, source.file)}`).join('')
    return [{ path: `${folder}/${file}`, text: `${HEADS[file]}\n${text}` }]
  })
  const page = { outlet: source.outlet, coversTo: events.coversTo, number }
  const files: DraftFile[] = [
    ...(into ? [] : [{ path: `${folder}/story.md`, text: storyPage(input, page) }]),
    { path: `${folder}/sources.yml`, text: entryText(source.entry) },
    { path: `${folder}/sources/${source.file}`, text: article.text },
    ...lists,
  ]
  const report: ReportLine[] = worstFirst([
    ...doubts,
    ...knownSources(article, { stories, into }),
    ...quotes.report,
    ...events.report,
    ...source.report,
    ...basicReport(input, { entries, outlet: source.outlet }),
  ]).map(line => placed(line, { files, folder, source: source.file }))
  files.push({ path: `${folder}/draft.yml`, text: draftPage(input, report) })
  return {
    name,
    files,
    entries,
    source: { entry: source.entry, file: source.file, text: article.text },
    report,
  }
}

const textOf = ({ values, sure, file, at }: ProposedEntry, source: string) => {
  const place = file === 'people.yml' ? [] : [`sources/${source}:${at}`]
  return entryText(values, { marks: { tick: 'no', sure: sure ? 'yes' : 'no' }, comments: place })
}

/** Gives a line of a report its place: that of its entry, else the line of the stored text. */
function placed(
  line: ReportLine,
  { files, folder, source }: { files: DraftFile[]; folder: string; source: string },
): ReportLine {
  const { entry, ...rest } = line
  if (entry !== undefined)
    for (const { path, text } of files) {
      const at = entryLine(text.split('\n'), entry)
      if (at >= 0) return { ...rest, file: path, line: at + 1, entry }
    }
  return line.line === undefined ? line : { ...line, file: `${folder}/sources/${source}` }
}

/** The line in which the entry of this id or name begins. */
function entryLine(lines: string[], id: string): number {
  const names = [id, JSON.stringify(id)].flatMap(name => [
    `- id: ${name}`,
    `- name: ${name}`,
    `  id: ${name}`,
  ])
  const at = lines.findIndex(line => names.includes(line))
  return lines.findLastIndex((line, index) => index <= at && line.startsWith('- '))
}

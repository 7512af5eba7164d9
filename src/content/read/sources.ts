import { joinPassages } from '../omission.ts'
import type { Quote, Source, Span } from '../story.ts'
import { verifyPassages } from '../verify-passages.ts'
import { SourcesFile } from './schemas.ts'
import { addProblem, locate, readTable, type StoryFolder } from './story-folder.ts'

/** Reads sources.yml into the folder's sources, with the stored texts, byte for byte. */
export function readSources(folder: StoryFolder): void {
  const { file, rows, refused, lineNumberOf } = readTable(folder, 'sources.yml', SourcesFile)
  const namedFiles = new Set<string>()
  for (const [index, row] of rows) {
    const line = lineNumberOf([index])
    if (folder.sources.has(row.number))
      addProblem(folder, file, line, `second source with the number ${row.number}`)
    const { text: name, ...source } = row
    const copy = name === undefined ? undefined : folder.files.get(`sources/${name}`)
    if (name !== undefined) namedFiles.add(`sources/${name}`)
    if (name !== undefined && !copy)
      addProblem(folder, file, lineNumberOf([index, 'text']), `the stored text sources/${name} is missing`)
    if (copy && row.rights === undefined)
      addProblem(folder, file, line, `source ${row.number} has a stored text but no “rights”`)
    folder.sources.set(row.number, { ...source, text: copy?.text, file: copy?.origin })
    locate(folder, `source:${row.number}`, file, line)
  }
  // An entry that cites a refused source is not wrong itself: only the source is reported.
  for (const [, row] of refused) {
    const { number, text } = row as { number?: unknown; text?: unknown }
    if (typeof number === 'number') folder.refusedSources.add(number)
    namedFiles.add(`sources/${text}`)
  }
  for (const [name, copy] of folder.files) {
    if (name.startsWith('sources/') && !namedFiles.has(name))
      addProblem(folder, copy.origin, 1, 'no entry of sources.yml has this stored text')
  }
}

/** Finds the words of an entry in its source. Reports why they are not there, and returns undefined. */
export function findWordsInSource(
  folder: StoryFolder,
  file: string,
  line: number,
  name: string,
  entry: { words: string | string[]; source: number; kind?: Quote['kind'] },
): { source: Source; spans: Span[]; words: string; starts: number[] } | undefined {
  if (folder.refusedSources.has(entry.source)) return undefined
  const source = folder.sources.get(entry.source)
  if (source?.text === undefined) {
    const reason = source ? `source ${entry.source} has no stored text` : `there is no source ${entry.source}`
    addProblem(folder, file, line, `${name}: ${reason}`)
    return undefined
  }
  const passages = [entry.words].flat()
  // A report's own words are no quotation; what courts and offices wrote needs no marks.
  const inMarks = source.kind === 'news' && entry.kind !== undefined && entry.kind !== 'reported'
  const verification = verifyPassages(passages, source.text, { inMarks })
  if ('missing' in verification) {
    const where = [source.file, verification.line].filter(part => part !== undefined).join(':')
    addProblem(folder, file, line, `${name}: ${verification.missing} (source ${source.number}, ${where})`)
    return undefined
  }
  const { spans } = verification
  return { source, spans, ...joinPassages(passages, spans, source.text) }
}

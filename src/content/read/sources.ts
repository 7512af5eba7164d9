import { closestNames, nameIndex } from '../names/closest-names.ts'
import { joinPassages } from '../omission.ts'
import type { Quote, Source, Span } from '../story.ts'
import { verifyPassages } from '../verify-passages.ts'
import { SourcesFile } from './schemas.ts'
import { addProblem, locate, mayHaveSource, readTable, type StoryFolder } from './story-folder.ts'

/** Reads sources.yml into the folder's sources, with the stored texts, byte for byte. */
export function readSources(folder: StoryFolder): void {
  const { file, rows, refused, lineNumberOf } = readTable(folder, 'sources.yml', SourcesFile)
  const namedFiles = new Set<string>()
  const missing: { name: string; line: number }[] = []
  for (const [index, row] of rows) {
    const line = lineNumberOf([index])
    if (folder.sources.has(row.number))
      addProblem(folder, file, line, `second source with the number ${row.number}`)
    const { text: name, ...source } = row
    const copy = name === undefined ? undefined : folder.files.get(`sources/${name}`)
    if (name !== undefined) namedFiles.add(`sources/${name}`)
    if (name !== undefined && (!copy || copy.unreadable)) folder.refusedSources.add(row.number)
    if (name !== undefined && !copy) missing.push({ name, line: lineNumberOf([index, 'text']) })
    if (copy && row.rights === undefined)
      addProblem(folder, file, line, `source ${row.number} has a stored text but no “rights”`)
    folder.sources.set(row.number, { ...source, text: copy?.text, file: copy?.origin })
    locate(folder, `source:${row.number}`, file, line)
  }
  let isEveryFileNamed = true
  // An entry that cites a refused source is not wrong itself: only the source is reported.
  for (const [, row] of refused) {
    const { number, text } = (row ?? {}) as { number?: unknown; text?: unknown }
    if (typeof number === 'number' && number > 0) folder.refusedSources.add(number)
    else folder.unsureParts.add('source')
    if (typeof text === 'string') namedFiles.add(`sources/${text}`)
    else if (typeof number !== 'number') isEveryFileNamed = false
  }
  if (folder.brokenFiles.has('sources.yml')) folder.unsureParts.add('source')
  if (folder.brokenFiles.has('sources.yml') || !isEveryFileNamed) return
  const unnamed = [...folder.files.keys()].filter(
    name => name.startsWith('sources/') && !namedFiles.has(name),
  )
  for (const { name, line } of missing) {
    const other = findMisnamed(name, unnamed)
    addProblem(folder, file, line, missingText(name, other))
    // One wrong name is one problem, not also a file without an entry.
    if (other !== undefined) unnamed.splice(unnamed.indexOf(other), 1)
  }
  for (const name of unnamed)
    addProblem(folder, folder.files.get(name)!.origin, 1, 'no entry of sources.yml has this stored text')
}

/** Finds the file that was meant by a name in sources.yml: the same letters written otherwise, or nearly the same. */
function findMisnamed(name: string, files: string[]): string | undefined {
  const wanted = `sources/${name}`.normalize('NFC')
  return files.find(file => file.normalize('NFC') === wanted) ?? closestNames(wanted, nameIndex(files))[0]
}

function missingText(name: string, other: string | undefined): string {
  if (other === undefined) return `the stored text sources/${name} is missing`
  if (other.normalize('NFC') !== `sources/${name}`.normalize('NFC'))
    return `the stored text sources/${name} is missing: is it ${other}?`
  const [whole, pieces] =
    name.normalize('NFC') === name
      ? ['this line', 'the name of the file']
      : ['the name of the file', 'this line']
  return `the stored text sources/${name} is missing: ${pieces} has letters and their accents as signs of their own (as macOS writes them), ${whole} has letters with accents: type both the same way, best without accents`
}

/** Finds the words of an entry in its source. Reports why they are not there, and returns undefined. */
export function findWordsInSource(
  folder: StoryFolder,
  file: string,
  line: number,
  name: string,
  entry: { words: string | string[]; source: number; kind?: Quote['kind'] },
): { source: Source; spans: Span[]; words: string; starts: number[] } | undefined {
  const source = folder.sources.get(entry.source)
  if (folder.refusedSources.has(entry.source) || (!source && mayHaveSource(folder, entry.source)))
    return undefined
  if (source?.text === undefined) {
    folder.refusedSources.add(entry.source)
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

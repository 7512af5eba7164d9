import type { Fact, Quote, Source, Span } from '../story.ts'
import { isInQuotationMarks, verifyPassages } from '../verify-passages.ts'
import { FactsFile, QuotesFile, SourcesFile } from './schemas.ts'
import { addProblem, checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** Reads sources.yml and the stored texts, which are kept as they are, byte for byte. */
export function readSources(desk: StoryFolder): void {
  const { file, rows, refused, lineNumberOf } = readTable(desk, 'sources.yml', SourcesFile)
  const stored = new Set<string>()
  for (const [index, row] of rows) {
    const line = lineNumberOf([index])
    if (desk.sources.has(row.number))
      addProblem(desk, file, line, `second source with the number ${row.number}`)
    const { text: name, ...source } = row
    const copy = name === undefined ? undefined : desk.files.get(`sources/${name}`)
    if (name !== undefined) stored.add(`sources/${name}`)
    if (name !== undefined && !copy)
      addProblem(desk, file, lineNumberOf([index, 'text']), `the stored text sources/${name} is missing`)
    if (copy && row.rights === undefined)
      addProblem(desk, file, line, `source ${row.number} has a stored text but no “rights”`)
    desk.sources.set(row.number, { ...source, ...(copy && { text: copy.text, file: copy.origin }) })
    locate(desk, `source:${row.number}`, file, line)
  }
  // What cites a source that is wrong is not wrong itself.
  for (const [, row] of refused) {
    const { number, text } = row as { number?: unknown; text?: unknown }
    if (typeof number === 'number') desk.refusedSources.add(number)
    stored.add(`sources/${text}`)
  }
  for (const [name, copy] of desk.files) {
    if (name.startsWith('sources/') && !stored.has(name))
      addProblem(desk, copy.origin, 1, 'no entry of sources.yml has this stored text')
  }
}

/** Reads quotes.yml: every quotation is found byte for byte in its source, or told with the line where it differs. */
export function readQuotes(desk: StoryFolder): Quote[] {
  const { file, rows, lineNumberOf } = readTable(desk, 'quotes.yml', QuotesFile)
  return rows.flatMap(([index, row]): Quote[] => {
    const line = lineNumberOf([index, 'words'])
    locate(desk, `quote:${row.id}`, file, lineNumberOf([index]))
    const { words: _, note, ...rest } = row
    const written = readProse(desk, file, lineNumberOf([index, 'note']), note)
    const found = findWordsInSource(desk, file, line, `quote “${row.id}”`, row)
    if (!found) return []
    const { kind, text = '' } = found.source
    const outside = kind === 'news' && found.spans.some(span => !isInQuotationMarks(text, span))
    if (row.kind !== 'reported' && outside)
      addProblem(
        desk,
        file,
        line,
        `quote “${row.id}”: in the source these words are not in quotation marks: is it “kind: reported”?`,
      )
    return [{ ...rest, ...found, ...(written && { note: written }) }]
  })
}

/** Reads facts.yml. What has `print: false` is checked like the rest, and then dropped. */
export function readFacts(desk: StoryFolder): Fact[] {
  const { file, rows, lineNumberOf } = readTable(desk, 'facts.yml', FactsFile)
  return rows.flatMap(([index, { claim, text, print, ...row }]): Fact[] => {
    const line = lineNumberOf([index])
    checkSources(desk, file, line, row.sources)
    locate(desk, `fact:${row.id}`, file, line)
    const found =
      claim &&
      findWordsInSource(desk, file, lineNumberOf([index, 'claim', 'words']), `fact “${row.id}”`, claim)
    const fact = { ...row, text: readProse(desk, file, lineNumberOf([index, 'text']), text) ?? [] }
    if (!print || (claim && !found)) return []
    if (!claim || !found) return [fact]
    const { words: _, source: __, ...said } = claim
    return [{ ...fact, claim: { ...said, source: found.source, spans: found.spans } }]
  })
}

/** Finds the words of an entry in its source, or tells why they are not there. */
function findWordsInSource(
  desk: StoryFolder,
  file: string,
  line: number,
  name: string,
  entry: { words: string | string[]; source: number },
): { source: Source; spans: Span[]; words: string } | undefined {
  if (desk.refusedSources.has(entry.source)) return undefined
  const source = desk.sources.get(entry.source)
  if (source?.text === undefined) {
    const why = source ? `source ${entry.source} has no stored text` : `there is no source ${entry.source}`
    addProblem(desk, file, line, `${name}: ${why}`)
    return undefined
  }
  const passages = [entry.words].flat()
  const found = verifyPassages(passages, source.text)
  if ('missing' in found) {
    const where = [source.file, found.line].filter(part => part !== undefined).join(':')
    addProblem(desk, file, line, `${name}: ${found.missing} (source ${source.number}, ${where})`)
    return undefined
  }
  return { source, spans: found.spans, words: passages.join(' […] ') }
}

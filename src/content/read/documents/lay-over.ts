import { join } from 'node:path'
import type { Problem } from '../../story.ts'
import type { ReadFiles } from '../folder.ts'
import type { ContentFile } from '../story-folder.ts'
import { withCoversTo } from './covers-to.ts'
import { type Document, essenceOf, fileOf, isEntryAmong, isFileThere } from './document.ts'
import { insertEntries, type Piece, plainList } from './insert-entries.ts'
import { withoutTakenOver } from './taken-over.ts'

/** A story's files with what the desk added. `nameInDesk` gives a problem the name and line under which the desk has it. */
export type LaidOver = ReadFiles & { nameInDesk(problem: Problem): Problem }

/**
 * Lays documents over the files of one story: whole files where there are none, and entries at the place in their list
 * where a pull would write them, so that the texts are the same before and after it. What the files have already is left
 * out.
 */
export function layOver(
  read: ReadFiles,
  documents: readonly Document[] | undefined,
  folder: string,
): LaidOver {
  if (!documents || documents.length === 0) return { ...read, nameInDesk: problem => problem }
  const files = new Map(read.files.map(file => [file.path, file]))
  const problems = [...read.problems]
  const renames = new Map<string, (line: number) => Pick<Problem, 'file' | 'line'>>()
  const refuse = (path: string, line: number, message: string) =>
    problems.push({ file: deskName(path), line, message })
  for (const document of documents) {
    const { path, text } = document
    if (text === undefined) continue
    const origin = join(folder, path)
    const known = files.get(path)
    if (!known) {
      files.set(path, { path, text, origin })
      renames.set(origin, line => ({ file: deskName(path), line }))
    } else if (!isFileThere(document, known)) refuse(path, 1, 'the folder has another file of that name')
  }
  for (const [path, wanted] of Map.groupBy(
    documents.filter(({ entry }) => entry),
    fileOf,
  )) {
    const file = files.get(path) ?? { path, text: '', origin: join(folder, path) }
    // A file that cannot be read is a problem of the folder, which is told as always.
    if (file.unreadable) continue
    const entries = entriesToAdd(file, wanted)
    if (!entries || entries.length === 0) continue
    const pieces = insertEntries(file.text, entries, { byDate: path.endsWith('/timeline.yml') })
    const [{ path: deskPath }] = wanted as [Document]
    if (!pieces) {
      refuse(deskPath, 1, `cannot be added to ${path}: write the list there with one “- ” an entry`)
      continue
    }
    files.set(path, { ...file, text: textOf(pieces) })
    const beyond = renames.get(file.origin) ?? (line => ({ file: file.origin, line }))
    renames.set(
      file.origin,
      renameLines(pieces, deskName(deskPath), line => beyond(Math.min(line, lineCount(file.text)))),
    )
  }
  for (const file of [...files.values()].filter(({ path }) => path.endsWith('/story.md')))
    if (!file.unreadable) files.set(file.path, { ...file, text: withCoversTo(file.text, documents) })
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems,
    nameInDesk: problem => ({ ...problem, ...renames.get(problem.file)?.(problem.line) }),
  }
}

/** A list in brackets has more lines once something is added to it than the file has. */
const lineCount = (text: string) => text.replace(/\n$/, '').split('\n').length

/** What a problem in a document is called: no file of the folder has it. */
const deskName = (path: string) => `desk: ${path}`

/** The text of a file with entries in it. */
export const textOf = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('')

/**
 * The entries that a file does not have yet, each once; undefined if nothing can be read there, which is a problem of the
 * folder.
 */
export function entriesToAdd(
  file: Pick<ContentFile, 'text'>,
  documents: readonly Document[],
): object[] | undefined {
  const there = plainList(file.text)
  if (!there) return undefined
  const added = new Map<string, object>()
  for (const document of withoutTakenOver(documents))
    if (document.entry && !isEntryAmong(document, there))
      added.set(essenceOf(document.entry), added.get(essenceOf(document.entry)) ?? document.entry)
  return [...added.values()]
}

/** Finds where a line of the file was before entries were inserted, and in which line of the document an entry is. */
function renameLines(
  pieces: Piece[],
  desk: string,
  beyond: (line: number) => Pick<Problem, 'file' | 'line'>,
): (line: number) => Pick<Problem, 'file' | 'line'> {
  const lengths = pieces.map(({ text }) => text.split('\n').length - 1)
  const deskStarts = new Map<number, number>()
  let deskLine = 1
  for (const { entry, length } of pieces
    .map((piece, index) => ({ entry: piece.entry, length: lengths[index]! }))
    .filter(piece => piece.entry !== undefined)
    .sort((a, b) => a.entry! - b.entry!)) {
    deskStarts.set(entry!, deskLine)
    deskLine += length
  }
  return line => {
    let [start, inserted] = [1, 0]
    for (const [index, { entry }] of pieces.entries()) {
      const next = start + lengths[index]!
      const isHere = line < next || index === pieces.length - 1
      if (isHere && entry === undefined) return beyond(line - inserted)
      if (isHere) return { file: desk, line: deskStarts.get(entry!)! + line - start }
      if (entry !== undefined) inserted += lengths[index]!
      start = next
    }
    return beyond(line)
  }
}

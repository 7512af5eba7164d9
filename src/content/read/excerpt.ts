import type { Problem } from '../story.ts'

/** A part of a file: its text, and the number of lines before it. */
export type FileExcerpt = { file: string; text: string; linesBefore: number }

/** A parsed YAML text: its value if the schema accepts it, the line of each path in it, and its problems. */
export type ParsedYaml<T> = { value?: T; lineNumberOf(path: PropertyKey[]): number; problems: Problem[] }

/** A parsed YAML list: the entries that the schema accepts, each with its index, and the refused ones, as written. */
export type ParsedList<T> = {
  rows: [index: number, row: T][]
  refused: [index: number, row: unknown][]
  lineNumberOf(path: PropertyKey[]): number
  problems: Problem[]
  /** Whether nothing of the file could be read. */
  isBroken: boolean
}

/** Makes a problem at a line of a file. */
export const problemAt = ({ file }: FileExcerpt, line: number, message: string): Problem => ({
  file,
  line,
  message,
})

/** The place of a value in a file as editors call it: the names of its fields. */
export function formatPath(path: PropertyKey[]): string {
  const names = path.filter(step => typeof step !== 'number')
  return names.length > 0 ? names.join('.') : path.length > 0 ? 'this entry' : 'this file'
}

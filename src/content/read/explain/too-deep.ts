import type { Problem } from '../../story.ts'
import { type FileExcerpt, problemAt } from '../excerpt.ts'

/** What a reading of YAML is when nothing of it could be read. */
type BrokenReading = {
  excerpt: FileExcerpt
  document: { hasIn(path: unknown[]): boolean }
  value: unknown
  lineNumberOf(path: PropertyKey[]): number
  problems: Problem[]
  isBroken: boolean
  cuts: PropertyKey[][]
}

/** Reads YAML, and refuses lists that are so deep in each other that the stack has no room for them. */
export function refuseTooDeep<Reading>(
  excerpt: FileExcerpt,
  read: (excerpt: FileExcerpt) => Reading,
): Reading | BrokenReading {
  try {
    return read(excerpt)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const line = excerpt.linesBefore + 1
    return {
      excerpt,
      document: { hasIn: () => false },
      value: [],
      lineNumberOf: () => line,
      problems: [
        problemAt(excerpt, line, 'lists are too deep in each other: look for brackets or dashes too many'),
      ],
      isBroken: true,
      cuts: [],
    }
  }
}

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { decodeText } from '../decode-text.ts'

/** The columns of a file of subscriptions; `place` and `digest` must be there. */
export const COLUMNS = ['place', 'digest', 'time', 'zone', 'days', 'stories', 'words', 'quiet'] as const

/** One row of the file by its columns, with its line. */
export type CsvLine = { line: Partial<Record<(typeof COLUMNS)[number], string>>; number: number }

/** Excel writes semicolons where the comma is a decimal sign, and tabs as “Unicode text”. */
const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const
type Separator = keyof typeof SEPARATORS

/**
 * Reads the rows of a CSV file, whatever separates its columns and whatever program saved it. Rows without a value are
 * left out. Throws with a sentence where it is no such table.
 */
export function readCsv(file: string): CsvLine[] {
  const text = readText(file)
  const fail = (problem: string, cause?: unknown) =>
    new Error(`digest import: ${file}: ${problem}`, { cause })
  const [separator, first] = separatorOf(text)
  let rows: { record: string[]; info: { lines: number } }[]
  try {
    rows = parse(text.slice(first), {
      delimiter: separator,
      trim: true,
      info: true,
      relax_column_count: true,
    }) as unknown as typeof rows
  } catch (cause) {
    throw fail(cause instanceof Error ? cause.message : String(cause), cause)
  }
  const linesBefore = text.slice(0, first).split('\n').length - 1
  const [header, ...others] = rows
    .map(({ record, info }) => ({ record, number: info.lines + linesBefore }))
    .filter(({ record }) => record.some(value => value !== ''))
  if (header === undefined)
    throw fail(`it is empty: the first line must name columns out of ${COLUMNS.join(',')}`)
  const names = header.record.map(name => name.toLowerCase())
  const problem = headerProblem(names, separator)
  if (problem !== undefined) throw fail(problem)
  if (others.length === 0) throw fail('it has no row below its columns, so there is nothing to import')
  return others.map(({ record, number }) => {
    // What is in no column would be lost without a word.
    const stray = record.findIndex((value, at) => value !== '' && !names[at])
    if (stray >= 0)
      throw fail(
        `line ${number} has “${record[stray]}” in no column: put quotation marks round a value with a ${SEPARATORS[separator]} in it`,
      )
    const line = Object.fromEntries(names.flatMap((name, at) => (name ? [[name, record[at] ?? '']] : [])))
    return { line, number }
  })
}

/** Writes one row of a file that `readCsv` reads: with a comma between its values, and quotation marks where needed. */
export const csvRow = (values: readonly string[]): string =>
  `${values.map(value => (/[",;\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`

function readText(file: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new Error(`digest import: ${file} cannot be read`, { cause })
  }
  try {
    // Old Macs ended lines with a carriage return alone.
    return decodeText(bytes).replace(/\r\n?/g, '\n')
  } catch (cause) {
    throw new Error(
      `digest import: ${file} is not a text in UTF-8 or UTF-16. In Excel: Save as “CSV UTF-8”, not as a workbook.`,
      { cause },
    )
  }
}

/** Finds what separates columns, and where the table begins: Excel may say it in a first line, `sep=;`. */
function separatorOf(text: string): [Separator, number] {
  const said = /^\s*"?sep=(.)"?[ \t]*(?:\n|$)/.exec(text)
  if (said && said[1]! in SEPARATORS) return [said[1] as Separator, said[0].length]
  const header = text.split('\n').find(line => /[^\s,;]/.test(line)) ?? ''
  const count = (separator: string) => header.split(separator).length
  const [most = ','] = (Object.keys(SEPARATORS) as Separator[]).sort((a, b) => count(b) - count(a))
  return [most, 0]
}

function headerProblem(names: string[], separator: Separator): string | undefined {
  const unknown = names.filter(name => name !== '' && !(COLUMNS as readonly string[]).includes(name))
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at)
  const missing = ['place', 'digest'].filter(name => !names.includes(name))
  if (twice !== undefined) return `the column ${twice} is there twice`
  if (unknown.length === 0 && missing.length === 0) return undefined
  const what =
    unknown.length > 0
      ? `there is no column ${unknown.map(name => `“${name}”`).join(', ')}`
      : `the column ${missing.join(' and ')} is missing`
  return `${what}: the first line must name columns out of ${COLUMNS.join(',')}, at least place and digest (separated here by a ${SEPARATORS[separator]})`
}

/** What a bench found: one line a figure, and below it what a reader must know to believe it. */
export type Table = { title: string; columns: string[]; rows: Row[]; notes: string[] }

/** A figure in all its columns; `goal` is what was wanted, `met` whether it was reached. */
export type Row = { what: string; cells: string[]; goal?: string; met?: boolean }

/** A table as it is printed, in columns, with the verdict at the end of each line that has a goal. */
export function formatTable({ title, columns, rows, notes }: Table): string {
  const head = ['', ...columns, 'goal', '']
  const body = rows.map(({ what, cells, goal = '', met }) => [
    what,
    ...cells,
    goal,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...body].map(line => line[column]?.length ?? 0)))
  const joined = (line: string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [title, joined(head), ...body.map(joined), ...notes.map(note => `  ${note}`), ''].join('\n')
}

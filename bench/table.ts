/** The result of a bench: a row for each figure, and below them notes that a reader needs to judge them. */
export type Table = { title: string; columns: string[]; rows: Row[]; notes: string[] }

/** A figure in all columns; `goal` is its target, and `met` whether that was reached. */
export type Row = { what: string; cells: string[]; goal?: string; met?: boolean }

/** Formats a table in aligned columns, with `met` or `MISSED` at the end of each row that has a goal. */
export function formatTable({ title, columns, rows, notes }: Table): string {
  const header = ['', ...columns, 'goal', '']
  const body = rows.map(({ what, cells, goal = '', met }) => [
    what,
    ...cells,
    goal,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ])
  const widths = header.map((_, column) =>
    Math.max(...[header, ...body].map(cells => cells[column]?.length ?? 0)),
  )
  const align = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [title, align(header), ...body.map(align), ...notes.map(note => `  ${note}`), ''].join('\n')
}

/** Formats a count with its noun: `1 story`, `2 stories`. */
export const withCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`

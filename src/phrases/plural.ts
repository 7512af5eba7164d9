/** A number with its noun, as English counts: `1 quote`, `2 quotes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

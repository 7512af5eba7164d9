/** A number with its noun: `1 quote`, `1,200 quotes`. */
export const plural = (count: number, singular: string, pluralForm = `${singular}s`): string =>
  `${thousands(count)} ${count === 1 ? singular : pluralForm}`

/** A number as English writes it: `1,234`. The first call of `toLocaleString` would take 40 ms. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

import { thousands } from '../thousands.ts'

/** A number with its noun, as English counts: `1 quote`, `1,200 quotes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${count === 1 ? one : many}`

import { plural } from './counting.ts'

/** Suggestions while somebody types. Each begins with what to type. */
export const suggest = {
  allStories: (typed: string) => `${typed}: all stories`,
  lastSevenDays: (typed: string) => `${typed}: the last seven days`,
  lastThirtyDays: (typed: string) => `${typed}: the last thirty days`,
  sinceLast: (weekday: string) => `${weekday}: since the last one`,
  namesake: (name: string, role: string, title: string) => `${name}, ${role}, in ${title}`,
  events: (typed: string, count: number) => `${typed}: ${plural(count, 'event')}`,
}

import { plural } from './counting.ts'

/** What is offered while somebody types. What is typed then comes first, as it has to be typed. */
export const suggest = {
  allStories: (typed: string) => `${typed}: all stories`,
  lastSevenDays: (typed: string) => `${typed}: the last seven days`,
  lastThirtyDays: (typed: string) => `${typed}: the last thirty days`,
  sinceLast: (weekday: string) => `${weekday}: since the last one`,
  events: (typed: string, count: number) => `${typed}: ${plural(count, 'event')}`,
}

import type { Article } from '../import/article.ts'

/** What an editor says about a text that does not say it itself. */
export type GivenFacts = {
  outlet?: string
  date?: string
  title?: string
  address?: string
  rights?: string
}

/** The same as flags. */
export const GIVEN_FACTS = {
  outlet: { type: 'string' },
  date: { type: 'string' },
  title: { type: 'string' },
  address: { type: 'string' },
  rights: { type: 'string' },
} as const

/** An article with what an editor says about it: that counts more than what was found. */
export function withFacts(article: Article, { outlet, date, title, address }: GivenFacts): Article {
  if (date !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date))))
    throw new Error('--date is the day of publication, such as 2017-08-06')
  if (address !== undefined && !URL.canParse(address))
    throw new Error('--address is where the text was published, such as https://example.org/article')
  return {
    ...article,
    ...(outlet !== undefined && { outlet: { value: outlet, from: 'page' } }),
    ...(title !== undefined && { title: { value: title, from: 'page' } }),
    ...(date !== undefined && { published: { date, from: 'meta', sure: true } }),
    ...(address !== undefined && { url: address }),
  }
}

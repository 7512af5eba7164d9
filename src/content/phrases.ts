import { tokens } from './fold.ts'

/** Texts that can be asked which of them hold some words in a row, and which come closest to them. */
export type Phrases = { holding(phrase: string): number[]; closest(phrase: string, most: number): number[] }

/** Indexes texts by their words; answers are indexes into `texts`, in their order or the closest first. */
export function phrases(texts: string[]): Phrases {
  const postings = new Map<string, number[]>()
  const joined = texts.map((text, index) => {
    const words = tokens(text)
    for (const word of new Set(words)) {
      const list = postings.get(word)
      if (list) list.push(index)
      else postings.set(word, [index])
    }
    return ` ${words.join(' ')} `
  })

  const holding = (phrase: string): number[] => {
    const words = tokens(phrase)
    if (words.length === 0) return []
    const lists = words.map(word => postings.get(word) ?? [])
    const rarest = lists.reduce((best, next) => (next.length < best.length ? next : best))
    const wanted = ` ${words.join(' ')} `
    return rarest.filter(index => joined[index]!.includes(wanted))
  }

  const closest = (phrase: string, most: number): number[] => {
    const scores = new Map<number, number>()
    for (const word of new Set(tokens(phrase))) {
      const list = postings.get(word) ?? []
      // A word that stands nearly everywhere says nothing, and would cost the most.
      if (list.length > 1000 && list.length > texts.length / 10) continue
      for (const index of list) scores.set(index, (scores.get(index) ?? 0) + 1 / Math.sqrt(list.length))
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([index]) => index)
  }
  return { holding, closest }
}

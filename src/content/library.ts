import { createHash } from 'node:crypto'
import { fold, tokens } from './fold.ts'
import type { ContentFile } from './load.ts'
import { type Phrases, phrases } from './phrases.ts'
import { type Hit, searchIndex } from './search.ts'
import type { Quote, Source, Story } from './story.ts'

/** A quote and the story that it stands in. */
export type Said = { story: Story; quote: Quote }

/** Somebody who is quoted: the name as printed, and every quote in the editors' order. */
export type Speaker = { name: string; said: Said[] }

/** A line of a stored source that belongs to the story. */
export type SourceLine = { story: Story; source: Source; line: number; start: number; text: string }

/** All stories in memory, with what finds things in them. Indexes are made when they are first needed. */
export type Library = {
  stories: Story[]
  revision: string
  story(name: string): Story | undefined
  speakers(query: string, story?: Story): Speaker[]
  allSpeakers(story?: Story): Speaker[]
  saying(words: string, story?: Story): Said[]
  closestSaid(words: string): Said[]
  linesHolding(words: string, story?: Story): SourceLine[]
  search(words: string, story?: Story): Hit[]
}

/** Puts stories into memory. `revision` tells one content from another. */
export function library(stories: Story[], revision: string): Library {
  const byName = new Map(
    stories.flatMap(story => [story.slug, story.command ?? story.slug].map(name => [name, story])),
  )
  const said = stories.flatMap(story => story.quotes.map(quote => ({ story, quote })))
  const speakers = once(() => speakersOf(said))
  const quoteWords = once(() => phrases(said.map(({ quote }) => quote.words)))
  const lines = once(() => stories.flatMap(linesOf))
  const lineWords = once((): Phrases => phrases(lines().map(line => line.text)))
  const search = once(() => searchIndex(stories))
  const within = (story: Story | undefined) => (item: { story: Story }) => !story || item.story === story

  return {
    stories,
    revision,
    story: name => byName.get(fold(name)),
    speakers: (query, story) => inStory(speakers().named(query), story),
    allSpeakers: story => inStory(speakers().all, story),
    saying: (words, story) =>
      quoteWords()
        .holding(words)
        .map(index => said[index]!)
        .filter(within(story)),
    closestSaid: words =>
      quoteWords()
        .closest(words, 3)
        .map(index => said[index]!),
    linesHolding: (words, story) =>
      lineWords()
        .holding(words)
        .map(index => lines()[index]!)
        .filter(within(story)),
    search: (words, story) => search()(words, story),
  }
}

/** A short name for exactly this content, the same on every machine. */
export function revisionOf(files: ContentFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.path).update('\0').update(file.text).update('\0')
  return hash.digest('hex').slice(0, 12)
}

function inStory(speakers: Speaker[], story: Story | undefined): Speaker[] {
  if (!story) return speakers
  return speakers
    .map(({ name, said }) => ({ name, said: said.filter(item => item.story === story) }))
    .filter(({ said }) => said.length > 0)
}

/** Every speaker, and those whose name or other name holds all the words of a query. */
function speakersOf(said: Said[]) {
  const byName = new Map<string, Speaker>()
  const byWord = new Map<string, Set<Speaker>>()
  for (const item of said) {
    const key = fold(item.quote.speaker)
    const speaker = byName.get(key) ?? { name: item.quote.speaker, said: [] }
    byName.set(key, speaker)
    speaker.said.push(item)
    for (const word of [item.quote.speaker, ...item.quote.aliases].flatMap(tokens)) {
      if (!byWord.has(word)) byWord.set(word, new Set())
      byWord.get(word)!.add(speaker)
    }
  }
  const named = (query: string): Speaker[] => {
    const exact = byName.get(fold(query))
    if (exact) return [exact]
    const words = tokens(query)
    if (words.length === 0) return []
    const sets = words.map(word => byWord.get(word) ?? new Set<Speaker>())
    return [...sets[0]!].filter(speaker => sets.every(set => set.has(speaker)))
  }
  return { all: [...byName.values()], named }
}

function linesOf(story: Story): SourceLine[] {
  return story.sources.flatMap(source => {
    let start = 0
    return (source.text ?? '').split('\n').flatMap((text, index) => {
      const line = { story, source, line: index + 1, start, text }
      start += text.length + 1
      return text.trim() && !source.skip.includes(line.line) ? [line] : []
    })
  })
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

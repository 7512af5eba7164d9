import { type Button, type Inline, MAX_OPTIONS } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import { memoizeParts } from '../../content/memoize.ts'
import type { Source, Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { formatLine } from '../line.ts'
import type { ListItem } from '../lists/draw-list.ts'
import { hasTypedWord, type WordsToFind, wordsToFind } from '../lists/matching-words.ts'
import { menuOption } from '../lists/menus.ts'

/** A source as an item of lists, with the words by which it is found. */
export type SourceItem = ListItem & { source: Source; words: WordsToFind }

/** The sources of a story as items: those of a kind together, in the order of their numbers. */
export const sourceItems = memoizeParts((story: Story): SourceItem[] =>
  [...Map.groupBy(story.sources, ({ kind }) => kind).values()].flat().map(source => ({
    source,
    index: {
      block: { kind: 'list', items: [sourceLine(source)] },
      sources: [],
      part: `${story.slug}/source:${source.number}`,
    },
    option: phrases.sources.option(source.number, source.outlet, source.title),
    typed: `#${source.number}`,
    words: wordsToFind(
      source.outlet,
      source.title,
      kindName(source.kind),
      source.date ? readableDate(source.date) : phrases.sources.undated,
    ),
  })),
)

/** Whether a source is meant by a typed word: a kind and a date mean only these, not titles that have the word. */
export function isSourceOf({ source, words }: SourceItem, typed: string): boolean {
  const word = typed.toLowerCase()
  if (word in phrases.sources.kinds) return source.kind === word
  if (/^(?:1[89]|20)\d{2}(?:-\d{2}){0,2}$/.test(word)) return source.date?.startsWith(word) ?? false
  return word === phrases.sources.undated ? source.date === undefined : hasTypedWord(words, typed)
}

const kindName = (kind: string) => phrases.sources.kinds[kind] ?? kind

function sourceLine(source: Source): Inline[] {
  const title: Inline = source.url ? { link: source.url, text: source.title } : source.title
  const date = source.date ? ` · ${readableDate(source.date)}` : ''
  return [{ bold: `${source.number}` }, ` · ${source.outlet} · `, title, date]
}

/** Some sources that are listed together, and what to type after `sources` for them. */
export type SourceGroup = { name: string; typed: string; items: SourceItem[] }

/** The kinds of sources of a story; one of more sources than a menu has options is split by year, where there is room. */
export const kindGroups = memoizeParts((story: Story): SourceGroup[] => {
  const kinds = [...Map.groupBy(sourceItems(story), ({ source }) => source.kind)].map(([kind, items]) => ({
    name: kindName(kind),
    typed: kind,
    items,
  }))
  const split = kinds.flatMap(group => (group.items.length <= MAX_OPTIONS ? group : byYear(group)))
  return split.length <= MAX_OPTIONS ? split : kinds
})

function byYear({ name, typed, items }: SourceGroup): SourceGroup[] {
  const years = Map.groupBy(items, ({ source }) => source.date?.slice(0, 4) ?? phrases.sources.undated)
  return [...years]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([year, own]) => {
      const group = {
        name: phrases.sources.kindOfTime(name, year),
        typed: `${typed} ${year}`,
        items: own,
      }
      return own.length <= MAX_OPTIONS || year.length !== 4 ? group : byMonth(group, name, typed)
    })
}

function byMonth(year: SourceGroup, name: string, typed: string): SourceGroup[] {
  const months = Map.groupBy(year.items, ({ source }) => source.date!.slice(0, 7))
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, items]) => ({
      name: phrases.sources.kindOfTime(name, readableDate(month)),
      typed: `${typed} ${month}`,
      items,
    }))
}

/** The outlets of a story, those with the most sources first. */
export const outletGroups = memoizeParts((story: Story): SourceGroup[] =>
  [...Map.groupBy(sourceItems(story), ({ source }) => outletOf(source))]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([outlet, items]) => ({ name: outlet, typed: outletToType(outlet), items })),
)

/** An outlet by whose report another one was seen is no other outlet: `7th Circuit (via The Indiana Lawyer)`. */
export const outletOf = ({ outlet }: Source): string => outlet.replace(/ \(via .*\)$/, '')

/** An outlet as people type it: its words. */
const outletToType = (outlet: string): string =>
  formatLine({ args: [tokens(outlet).join(' ') || outlet], flags: {} })

/** The options of a menu of groups. */
export const groupOptions = (groups: SourceGroup[], verbLine: string): Button[] =>
  groups.map(({ name, typed, items }) =>
    menuOption(phrases.pages.group(name, items.length), `${verbLine} ${typed}`),
  )

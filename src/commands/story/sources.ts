import { list, MAX_OPTIONS, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Source, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { drawList, fitsOnPages, turnButtonsAmong } from '../lists/draw-list.ts'
import { chooseByWords, chosenBy, readFilter, unusedLead } from '../lists/matching-words.ts'
import { menuOf } from '../lists/menus.ts'
import { hintUnit, type PageFrame, type PageUnit, renderPage } from '../pages.ts'
import { sourceDetail } from './source-detail.ts'
import {
  groupOptions,
  isSourceOf,
  kindGroups,
  outletGroups,
  outletOf,
  type SourceItem,
  sourceItems,
} from './source-items.ts'

/** `sources [#n | outlet | kind | year]`: the sources by kind, those that words choose, or all about one. */
export function sources(request: StoryRequest): Reply {
  const { story, storyPrefix, commandLine, call } = request
  const last = story.sources.at(-1)
  if (!last) return notFoundRefusal(phrases.sources.none(`${storyPrefix} help`))
  const { words: typedWords, number } = readFilter(request.args)
  // `from 2018` are those of that year; “from” itself chooses nothing.
  const words = typedWords.filter((word, at) => !IN.has(word.toLowerCase()) || !isYear(typedWords[at + 1]))
  const numbered = number ?? (words.length === 1 ? bareNumber(words[0]!, last.number) : undefined)
  if (numbered !== undefined) {
    const item = sourceItems(story).find(({ source }) => source.number === numbered)
    if (!item) return notFoundRefusal(phrases.sources.noSuchNumber(last.number, `${storyPrefix} sources`))
    return openSource(request, item, number === undefined ? [] : words)
  }
  if (words.length === 0) return allSources(request)
  const { found, used, unused, name } = chooseSources(story, words)
  if (found.length === 0)
    return { ...notFoundRefusal(phrases.pages.noneWithWords(`${storyPrefix} sources`)), unread: true }
  const [only] = found
  if (found.length === 1) return openSource(request, only!, unused)
  const frame = { ...frameOf(request), ...unusedLead(call, unused) }
  const typed = used.join(' ')
  const about = name ?? kindGroups(story).find(group => group.typed === typed)?.name
  return drawSources(request, frame, found, `${commandLine} ${typed}`, about ?? chosenBy(call, used).about)
}

const IN = new Set(['from', 'in', 'of', 'during'])
const isYear = (word: string | undefined): boolean => /^(?:19|20)\d\d$/.test(word ?? '')

/** A number without `#` names a source, unless only a year can be meant. */
const bareNumber = (word: string, last: number): number | undefined =>
  /^\d{1,6}$/.test(word) && (Number(word) <= last || word.length !== 4) ? Number(word) : undefined

/** The sources that typed words choose: those of an outlet whose name it is, else by outlet, title, kind and date. */
function chooseSources(story: Story, words: string[]) {
  const name = tokens(words.join(' ')).join(' ')
  const outlet = outletGroups(story).find(group => tokens(group.name).join(' ') === name && name !== '')
  if (outlet) return { found: outlet.items, used: [outlet.typed], unused: [], name: outlet.name }
  return { ...chooseByWords(sourceItems(story), words, isSourceOf), name: undefined }
}

const frameOf = ({ story }: StoryRequest): PageFrame => ({
  label: labelOf(story),
  title: phrases.sources.title(story.title),
})

/** More pages than these are leafed through by nobody: kinds and outlets lead to shorter lists. */
const MAX_INDEX_PAGES = 2

function allSources(request: StoryRequest): Reply {
  const { story, commandLine } = request
  const items = sourceItems(story)
  const frame = frameOf(request)
  const lines = items.map(({ index }) => index)
  return items.length <= MAX_OPTIONS && fitsOnPages(story, frame, lines, MAX_INDEX_PAGES)
    ? drawSources(request, frame, items, commandLine)
    : overview(request, frame)
}

/** An index of some sources, with menus that open one and that lead to other kinds. */
function drawSources(
  request: StoryRequest,
  frame: PageFrame,
  items: SourceItem[],
  line: string,
  about?: string,
): Reply {
  const { story, flags, storyPrefix } = request
  const verbLine = `${storyPrefix} sources`
  const groups = kindGroups(story)
  const isAll = items.length === story.sources.length
  return drawList({
    story,
    frame,
    items,
    line,
    verbLine,
    about,
    menu: phrases.sources.menuOfSources,
    // A list that no menu holds is left through its pages.
    groups:
      isAll || items.length > MAX_OPTIONS
        ? []
        : menuOf(phrases.sources.menuOfKinds, groupOptions(groups, verbLine)),
    heading: phrases.sources.count(items.length, `${verbLine} ${items[0]!.typed}`),
    page: flags.page,
  })
}

/** Kinds and outlets with their numbers of sources, and menus that lead to them. */
function overview(request: StoryRequest, frame: PageFrame): Reply {
  const { story, flags, storyPrefix, commandLine } = request
  const verbLine = `${storyPrefix} sources`
  const examples = [sourceItems(story)[0]!, kindGroups(story)[0]!].map(({ typed }) => `${verbLine} ${typed}`)
  const several = outletGroups(story).filter(({ items }) => items.length > 1)
  const menus = [
    ...menuOf(phrases.sources.menuOfKinds, groupOptions(kindGroups(story), verbLine)),
    ...menuOf(phrases.sources.menuOfOutlets, groupOptions(several, verbLine)),
  ]
  const units = [
    hintUnit(story, phrases.sources.overview(story.sources.length, examples)),
    ...kindUnits(story),
  ]
  return renderPage(story, { ...frame, menusOf: () => menus }, units, {
    page: flags.page,
    line: commandLine,
  })
}

/** Outlets that are named beside a kind. */
const MAX_OUTLETS_NAMED = 2

const kindUnits = cacheForLast((story: Story) =>
  [...Map.groupBy(story.sources, ({ kind }) => kind)].map(([kind, own]): PageUnit => {
    const outlets = [...Map.groupBy(own, outletOf)].toSorted(([, a], [, b]) => b.length - a.length)
    const named = outlets.slice(0, MAX_OUTLETS_NAMED)
    const texts = named.map(([outlet, { length }]) =>
      length > 1 ? phrases.pages.group(outlet, length) : outlet,
    )
    const others = outlets.length - named.length
    const name = phrases.sources.kinds[kind] ?? kind
    return {
      block: list([phrases.sources.ofKind(name, own.length, texts, others)]),
      sources: [],
      part: partOf(story, named[0]![1][0]!),
    }
  }),
)

const partOf = (story: Story, { number }: Source) => `${story.slug}/source:${number}`

/** All about one source, with buttons back to its kind and to the sources before and after it. */
function openSource(request: StoryRequest, item: SourceItem, unused: string[]): Reply {
  const { story, storyPrefix, call } = request
  const verbLine = `${storyPrefix} sources`
  const group = kindGroups(story).find(({ items }) => items.includes(item))
  const isLong = !fitsOnPages(
    story,
    frameOf(request),
    sourceItems(story).map(({ index }) => index),
    1,
  )
  const back = group && isLong && group.items.length > 1 ? `${verbLine} ${group.typed}` : verbLine
  const buttons = turnButtonsAmong(sourceItems(story), item, { verbLine, back })
  return sourceDetail(request, item.source, { ...unusedLead(call, unused), buttons })
}

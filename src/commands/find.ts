import { phoneLength, plainInlines } from '../chat/plain-text.ts'
import type { Call } from '../chat/platform.ts'
import {
  type Block,
  type Inline,
  list,
  MAX_BUTTONS,
  note,
  notFoundRefusal,
  PHONE_BUDGET,
  type Reply,
  refusal,
  text,
} from '../chat/reply.ts'
import { tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Hit, SearchResults } from '../content/search/search.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './context.ts'
import { flagProblem, storyFromFlag } from './flags.ts'
import { exampleWord } from './help.ts'
import { labelOfAll, labelPart, storyPrefix } from './label.ts'
import { formatLine, type ParsedLine } from './line.ts'
import { pageButtons, pageNumber } from './pages.ts'
import { isStopWord } from './plain/stop-words.ts'
import { recordLine } from './quote/match.ts'
import { safeEcho } from './refusals.ts'
import { findItems, itemsButton, itemsOnly, withItems } from './wire/found-items.ts'

const MAX_HITS_PER_PAGE = 5
const MAX_QUERY_CHARACTERS = 100
const COMMAND_LINE = '/nutgraf find'
/** The longest line that, with ` --page 10` behind it, fits in a button on every platform. */
const MAX_BUTTON_LINE = 80

/** `/nutgraf find <words> [--story slug]`: at most five hits a page, grouped by story. */
export function findCommand(newsroom: CommandContext): Command {
  return {
    name: 'find',
    about: phrases.find.about,
    reach: 'root',
    argument: { name: 'words', about: phrases.find.aboutWords, required: true },
    flags: ['story', 'page', 'public'],
    run: (parsed, call) => find(newsroom, parsed, call),
  }
}

function find(newsroom: CommandContext, parsed: ParsedLine, call: Call): Reply {
  const library = newsroom.library()
  const problem = flagProblem(parsed.flags, COMMAND_LINE, ['story', 'page'])
  if (problem) return problem
  const query = parsed.args.join(' ').trim()
  if (query === '') return refusal(phrases.find.whatToFind(`${COMMAND_LINE} ${exampleWord(library)}`))
  if (query.length > MAX_QUERY_CHARACTERS)
    return refusal([phrases.find.tooLong(query.length, MAX_QUERY_CHARACTERS)])
  const inStory = storyFromFlag(library, parsed, call, COMMAND_LINE)
  if ('refused' in inStory) return inStory.refused
  const { story } = inStory
  const results = searchFor(query, parsed.args, library, story)
  const echo = safeEcho(call, query)
  const onTheWire = findItems(newsroom, parsed, call, story)
  if (results.total === 0 && onTheWire.items.length > 0) return itemsOnly(onTheWire, parsed.flags.page)
  if (results.total === 0) {
    const { nothing, nothingInStory } = phrases.find
    return notFoundRefusal([story ? nothingInStory(echo) : nothing(library.stories.length, echo)])
  }
  const flags: ParsedLine['flags'] = story ? { story: story.slug } : {}
  const line = `${COMMAND_LINE} ${formatLine({ args: parsed.args, flags })}`
  // The line of a button that does not fit is printed. It repeats what was typed, so others must not see it.
  const hasPageButtons = call.audience === 'caller' || line.length <= MAX_BUTTON_LINE
  const pages = paginateHits(results, echo, call)
  const number = pageNumber({ page: parsed.flags.page, line }, pages.length)
  // This refusal repeats what was typed, so others get one without the line.
  if (typeof number !== 'number') return echo === undefined ? refusal([phrases.pages.noSuchPage]) : number
  const { shown, reply } = pages[number - 1]!
  const stories = [...new Set(shown.map(hit => hit.story))]
  const whole = number === pages.length ? withItems(reply, onTheWire) : reply
  return {
    ...whole,
    blocks: [...whole.blocks, ...(pages.length > 1 ? [note(phrases.pages.page(number, pages.length))] : [])],
    buttons: [
      ...(hasPageButtons ? pageButtons(number, pages.length, line) : []),
      ...stories.map(shownStory => ({
        label: shownStory.command ?? shownStory.slug,
        line: `${storyPrefix(shownStory, call)} summary`,
      })),
      ...itemsButton(onTheWire),
    ].slice(0, MAX_BUTTONS),
  }
}

/** Results, and the words that stand in them where nothing has all of the typed ones. */
type Found = SearchResults & { used?: string[]; unused?: string[] }

/**
 * Searches for all the words; where nothing has them all, for those that stand together somewhere, unless they were kept
 * together by quotation marks.
 */
function searchFor(query: string, args: string[], library: Library, story: Story | undefined): Found {
  const results = library.search(query, story)
  if (results.total > 0 && !results.similar) return results
  const words = [...new Set(tokens(query))].filter(word => !isStopWord(word))
  const mayLeaveOut = words.length > 1 && args.every(arg => tokens(arg).length <= 1)
  const together = mayLeaveOut ? library.wordsTogether(words.join(' '), story).used : []
  if (together.length === 0) return results
  const isUsed = (word: string) => together.includes(word)
  const used = words.filter(isUsed)
  return { ...library.search(used.join(' '), story), used, unused: words.filter(word => !isUsed(word)) }
}

type HitPage = { shown: Hit[]; reply: Reply }

/** Splits hits into pages: as many hits a page as a phone shows, at most five. */
function paginateHits(results: Found, typed: string | undefined, call: Call): HitPage[] {
  const pages: HitPage[] = []
  const lengths = results.hits.map(hit => plainInlines(hitItem(hit)).length)
  for (let at = 0; at < results.hits.length; ) {
    let page: HitPage | undefined
    // What does not fit by itself does not fit below a label and a title either, and is not drawn.
    let most = Math.min(MAX_HITS_PER_PAGE, results.hits.length - at)
    const charactersOf = (count: number) => lengths.slice(at, at + count).reduce((sum, next) => sum + next, 0)
    while (most > 1 && charactersOf(most) > PHONE_BUDGET - PAGE_NUMBER_LENGTH - LEAD_ROOM) most--
    for (let count = most; count > 0; count--) {
      const shown = results.hits.slice(at, at + count)
      page = { shown, reply: hitsReply(results, shown, typed, call) }
      if (isWithinPhoneBudget(page)) break
    }
    // A verdict that does not fit beside the words of its hit is replaced by the line that shows it.
    if (!isWithinPhoneBudget(page!))
      page = { ...page!, reply: hitsReply(results, page!.shown, typed, call, true) }
    pages.push(page!)
    at += page!.shown.length
  }
  return pages
}

/** Room for `Page 10 of 10` and the gap before it. */
const PAGE_NUMBER_LENGTH = 20
/** Room for the line that says how a line in plain words was read. */
const LEAD_ROOM = 80

const isWithinPhoneBudget = ({ reply }: HitPage) =>
  phoneLength(reply) + PAGE_NUMBER_LENGTH + LEAD_ROOM <= PHONE_BUDGET

function hitsReply(
  results: Found,
  shown: Hit[],
  typed: string | undefined,
  call: Call,
  brief = false,
): Reply {
  const stories = [...new Set(shown.map(hit => hit.story))]
  const { total, hits, similar, used = [], unused = [] } = results
  const best = total > hits.length ? hits.length : undefined
  return {
    label: labelOfAll(stories),
    title: phrases.find.found({ typed, hits: total, stories: results.storyCount, best }),
    blocks: [
      ...(similar ? [note(phrases.find.similar)] : []),
      ...(unused.length > 0
        ? [note(phrases.find.some(safeEcho(call, used.join(' ')), safeEcho(call, unused.join(' '))))]
        : []),
      ...stories.flatMap(story => storyHitBlocks(story, shown, brief ? recordLine(story, call) : undefined)),
    ],
    parts: [...new Set([...shown.map(hit => hit.part), ...stories.map(labelPart)])],
    audience: call.audience,
  }
}

function storyHitBlocks(story: Story, hits: Hit[], record?: string): Block[] {
  const hitsInStory = hits.filter(hit => hit.story === story)
  return [text({ bold: story.title }), list(hitsInStory.map(hit => hitItem(hit, record)))]
}

function hitItem({ where, quoted, excerpt, verdict }: Hit, record?: string): Inline[] {
  const words = quoted ? `“${excerpt}”` : excerpt
  const warning: Inline[] = verdict
    ? record === undefined
      ? [' → ', { bold: verdict }]
      : phrases.find.recordAt(record)
    : []
  return [{ italic: where }, ': ', words, ...warning]
}

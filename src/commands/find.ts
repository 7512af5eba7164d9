import { phoneLength } from '../chat/plain-text.ts'
import type { Call } from '../chat/platform.ts'
import {
  type Block,
  type Inline,
  list,
  MAX_BUTTONS,
  note,
  PHONE_BUDGET,
  type Reply,
  refusal,
  text,
} from '../chat/reply.ts'
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
import { recordLine } from './quote/match.ts'
import { safeEcho } from './refusals.ts'

const HITS_A_PAGE = 5
const MAX_QUERY_CHARACTERS = 100
const HEAD = '/nutgraf find'
/** With a page behind it, a line of this length has room in a button on every platform. */
const MAX_BUTTON_LINE = 80

/** `/nutgraf find <words> [--story slug]`: at most five hits a page, grouped by story. */
export function findCommand(newsroom: CommandContext): Command {
  return {
    name: 'find',
    about: phrases.find.about,
    reach: 'root',
    argument: { name: 'words', about: phrases.find.aboutWords, required: true },
    flags: ['story', 'page', 'public'],
    run: (words, call) => find(newsroom, words, call),
  }
}

function find(newsroom: CommandContext, words: ParsedLine, call: Call): Reply {
  const library = newsroom.library()
  const refused = flagProblem(words.flags, HEAD, ['story', 'page'])
  if (refused) return refused
  const query = words.args.join(' ').trim()
  if (query === '') return refusal(phrases.find.whatToFind(`${HEAD} ${exampleWord(library)}`))
  if (query.length > MAX_QUERY_CHARACTERS)
    return refusal([phrases.find.tooLong(query.length, MAX_QUERY_CHARACTERS)])
  const named = storyFromFlag(library, words, call, HEAD)
  if ('refused' in named) return named.refused
  const { story } = named
  const found = library.search(query, story)
  const echo = safeEcho(call, query)
  if (found.total === 0) {
    const { nothing, nothingInStory } = phrases.find
    return refusal([story ? nothingInStory(echo) : nothing(library.stories.length, echo)])
  }
  const again = `${HEAD} ${formatLine({ args: words.args, flags: story ? { story: story.slug } : {} })}`
  // A button that finds no room is printed, and its line repeats what was typed: others are not shown that.
  const turnable = call.audience === 'caller' || again.length <= MAX_BUTTON_LINE
  const pages = paginateHits(found, echo, call)
  const number = pageNumber({ page: words.flags.page, line: again }, pages.length)
  // Its line repeats what was typed, so others are not shown it.
  if (typeof number !== 'number') return echo === undefined ? refusal([phrases.pages.noSuchPage]) : number
  const { shown, reply } = pages[number - 1]!
  const stories = [...new Set(shown.map(hit => hit.story))]
  return {
    ...reply,
    blocks: [...reply.blocks, ...(pages.length > 1 ? [note(phrases.pages.page(number, pages.length))] : [])],
    buttons: [
      ...(turnable ? pageButtons(number, pages.length, again) : []),
      ...stories.map(one => ({ label: one.command ?? one.slug, line: `${storyPrefix(one, call)} summary` })),
    ].slice(0, MAX_BUTTONS),
  }
}

type HitPage = { shown: Hit[]; reply: Reply }

/** As many hits a page as a phone shows, five at most. */
function paginateHits(found: SearchResults, typed: string | undefined, call: Call): HitPage[] {
  const pages: HitPage[] = []
  for (let at = 0; at < found.hits.length; ) {
    let page: HitPage | undefined
    for (let count = HITS_A_PAGE; count > 0; count--) {
      const shown = found.hits.slice(at, at + count)
      page = { shown, reply: hitsReply(found, shown, typed, call) }
      if (isWithinPhoneBudget(page)) break
    }
    // What must go with the words has no room beside them: then the line that tells it does.
    if (!isWithinPhoneBudget(page!))
      page = { ...page!, reply: hitsReply(found, page!.shown, typed, call, true) }
    pages.push(page!)
    at += page!.shown.length
  }
  return pages
}

/** Room for `Page 10 of 10`. */
const PAGE_NUMBER_LENGTH = 20

const isWithinPhoneBudget = ({ reply }: HitPage) => phoneLength(reply) + PAGE_NUMBER_LENGTH <= PHONE_BUDGET

function hitsReply(
  found: SearchResults,
  shown: Hit[],
  typed: string | undefined,
  call: Call,
  brief = false,
): Reply {
  const stories = [...new Set(shown.map(hit => hit.story))]
  const { total, hits, similar } = found
  const best = total > hits.length ? hits.length : undefined
  return {
    label: labelOfAll(stories),
    title: phrases.find.found({ typed, hits: total, stories: found.storyCount, best }),
    blocks: [
      ...(similar ? [note(phrases.find.similar)] : []),
      ...stories.flatMap(story => storyHitBlocks(story, shown, brief ? recordLine(story, call) : undefined)),
    ],
    parts: [...new Set([...shown.map(hit => hit.part), ...stories.map(labelPart)])],
    audience: call.audience,
  }
}

function storyHitBlocks(story: Story, hits: Hit[], record?: string): Block[] {
  const own = hits.filter(hit => hit.story === story)
  return [text({ bold: story.title }), list(own.map(hit => hitItem(hit, record)))]
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

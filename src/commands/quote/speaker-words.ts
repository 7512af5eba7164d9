import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import { type Block, list, note, PHONE_BUDGET, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { closestNames, nameIndex, nearestSpellings } from '../../content/names/closest-names.ts'
import type { Speaker, StoryQuote } from '../../content/speakers.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons, namesakeFlags, nameToType } from '../buttons.ts'
import { labelOf, labelPart, storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { chooseByWords, hasTypedWord, wordsToFind } from '../lists/matching-words.ts'
import { menuOf, menuOption } from '../lists/menus.ts'
import { isStopWord } from '../plain/stop-words.ts'
import { safeEcho } from '../refusals.ts'
import { quoteItems } from '../story/quote-items.ts'

/** Somebody’s quotes that have some words: all of the words in each quote, apart from the `unused` ones. */
export type SpeakerWords = {
  speaker: Speaker
  name: string
  words: string[]
  quotes: StoryQuote[]
  unused: string[]
}

/** Room for what an answer may get above it. */
const LEAD_ROOM = 80

/**
 * Reads the name of one speaker with words of a quote before or behind it: `sessions funding`, `false choice emanuel`.
 * Undefined where the query has no such name, or nothing beside it.
 */
export function speakerWithWords(query: string, library: Library, story?: Story): SpeakerWords | undefined {
  const typed = tokens(query)
  for (let count = typed.length - 1; count > 0; count--) {
    for (const at of [0, typed.length - count]) {
      const named = typed.slice(at, at + count)
      if (named.every(isStopWord)) continue
      const [speaker, ...others] = library.speakers(named.join(' '), story)
      const words = typed.toSpliced(at, count).filter(word => !isStopWord(word))
      if (!speaker || others.length > 0) continue
      const { found, used, unused } = chooseByWords(speaker.quotes, words, ({ quote }, word) =>
        hasTypedWord(wordsToFind(quote.words), word),
      )
      const quotes = words.length === 0 ? speaker.quotes : used.length > 0 ? found : []
      return { speaker, name: named.join(' '), words, quotes, unused: words.length === 0 ? [] : unused }
    }
  }
  return undefined
}

/** Whether a query is most likely the whole name of the speaker that it names by a part, with a slip: `rahm emanuell`. */
export function isMistypedName({ speaker, name, words }: SpeakerWords, query: string): boolean {
  const rest = tokens(speaker.name).filter(part => !tokens(name).includes(part))
  const isSpelledLike =
    words.length === rest.length && words.every(word => nearestSpellings(word, rest).length > 0)
  return isSpelledLike && closestNames(query, nameIndex([speaker.name])).length > 0
}

/** Says that none of somebody’s quotes has the words, and lists the quotes: each can be opened. */
export function noneHasWords(found: SpeakerWords, call: Call, library: Library, only?: Story): Reply {
  const { speaker, words } = found
  const { story, name } = speaker
  const flags = { ...(only && { story: only.slug }), ...namesakeFlags(speaker, library, only) }
  const lineOf = (number: number) =>
    `/quote ${formatLine({ args: [nameToType(speaker, library, only), `#${number}`], flags })}`
  const items = quoteItems(library)(story).speakers.find(item => item.name === name)?.quotes ?? []
  const all = `${storyPrefix(story, call)} ${formatLine({ args: ['quotes', nameToType(speaker, library, story)], flags: {} })}`
  const sentence = phrases.quote.noneHas(
    name,
    speaker.quoteCount,
    safeEcho(call, words.join(' ')),
    words.length,
  )
  const replyWith = (count: number): Reply => {
    const shown = items.slice(0, count)
    const lines = shown.flatMap(({ alone }) =>
      alone.index.block.kind === 'list' ? alone.index.block.items : [],
    )
    const rest: Block[] = count < items.length ? [note(...phrases.quote.allOf(all))] : []
    return {
      ...refusal(sentence, list(lines), ...rest),
      label: labelOf(story),
      buttons: fittingButtons([{ label: phrases.quote.quotesOf, line: all }]),
      menus: menuOf(
        phrases.quote.openOne,
        items.map(({ alone, number }) => menuOption(alone.option, lineOf(number))),
      ),
      parts: [...new Set([...shown.map(({ alone }) => alone.index.part), labelPart(story)])],
    }
  }
  let count = items.length
  while (count > 1 && phoneLength(replyWith(count)) + LEAD_ROOM > PHONE_BUDGET) count--
  return replyWith(count)
}

import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import { list, note, PHONE_BUDGET, type Reply, text } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Comparison, compare } from './compare.ts'
import { differenceItems, markDifferences, mergeDifferencesFrom } from './differences.ts'
import { attributionOf, type Match, matchLocation } from './match.ts'
import { type ReadableText, readableText } from './readable-text.ts'
import { replyAbout, unseenNote, withWarning } from './reply-about.ts'
import { samenessOf } from './same-words.ts'
import { withoutOuterEllipses } from './typed-words.ts'

/** The share of the typed words that a text must have in their order to be shown as the one that was meant. */
const MIN_SHARED_WORDS = 0.6

type Compared = { ours: Match; readable: ReadableText; comparison: Comparison }

/** How many of their words ours has too, each as often as ours has it. */
function sharedCount(ourWords: string[], theirWords: string[]): number {
  const left = new Map<string, number>()
  for (const word of ourWords) left.set(word, (left.get(word) ?? 0) + 1)
  return theirWords.filter(word => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count > 0
  }).length
}

/** The first candidate with the most typed words in their order; undefined where none has enough. */
function closestOf(candidates: Match[], theirs: string): Compared | undefined {
  const theirWords = tokens(theirs)
  let closest: Compared | undefined
  for (const ours of candidates) {
    const readable = readableText(ours.words)
    // As many as it can have in their order. Comparing takes longer.
    const most = sharedCount(tokens(readable.text), theirWords) / theirWords.length
    if (most < MIN_SHARED_WORDS || (closest && most <= closest.comparison.share)) continue
    const comparison = compare(readable.text, theirs)
    const enough = Math.max(MIN_SHARED_WORDS, closest ? closest.comparison.share + Number.EPSILON : 0)
    if (comparison.share >= enough) closest = { ours, readable, comparison }
  }
  return closest
}

/** Shows the differences from the closest words of ours, all of them; undefined where none are close. */
export function differsReply(
  library: Library,
  candidates: Match[],
  typed: string,
  call: Call,
): Reply | undefined {
  const theirs = withoutOuterEllipses(readableText(typed).text.trim())
  const closest = closestOf(candidates, theirs)
  if (!closest) return undefined
  const { ours, readable, comparison } = closest
  const sameness = samenessOf(comparison.text.slice(comparison.start, comparison.end), theirs)
  const places = [{ start: readable.at(comparison.start), end: readable.at(comparison.end) }]
  const unseen = unseenNote(ours.words.slice(places[0]!.start, places[0]!.end), typed)
  const { punctuationDiffers, spacesDiffer, lettersDiffer, differs } = phrases.quoteCheck
  const verdicts = {
    words: comparison.differences.length > 0 ? punctuationDiffers : spacesDiffer,
    letters: lettersDiffer,
    different: differs,
  }
  const draw = (count: number, brief: boolean): Reply => {
    const merged = mergeDifferencesFrom(comparison, theirs, count)
    const items = differenceItems(merged.differences, call.audience === 'caller')
    return {
      ...replyAbout(library, ours, call),
      blocks: [
        text(...verdicts[sameness](matchLocation(ours, places))),
        text(...markDifferences(merged, brief)),
        ...(ours.storyQuote ? [text(attributionOf(ours, places))] : []),
        ...(items.length > 0 ? [list(items)] : []),
        ...unseen.map(sentence => note(sentence)),
      ],
    }
  }
  return firstThatFits(comparison.differences.length, (count, brief) =>
    withWarning(library, ours, places, call, draw(count, brief)),
  )
}

/** Draws all differences, otherwise in brief, otherwise with the last ones as one, until a phone has room. */
function firstThatFits(count: number, draw: (count: number, brief: boolean) => Reply): Reply {
  const full = draw(count, false)
  if (phoneLength(full) <= PHONE_BUDGET) return full
  for (let shown = count; shown > 1; shown--) {
    const brief = draw(shown, true)
    if (phoneLength(brief) <= PHONE_BUDGET) return brief
  }
  return draw(1, true)
}

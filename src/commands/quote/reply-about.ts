import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import { type Button, type Inline, note, PHONE_BUDGET, type Reply } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import { namesakeFlags } from '../buttons.ts'
import { storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { speakerKey } from './attribution.ts'
import { labelOfMatch, type Match, matchParts, matchWarning, type Place, recordLine } from './match.ts'
import { unseenSignsOnlyIn } from './readable-text.ts'

/** What an answer about words of ours has beside its blocks. */
export const replyAbout = (library: Library, ours: Match, call: Call): Omit<Reply, 'blocks'> => ({
  label: labelOfMatch(ours),
  parts: matchParts(ours),
  buttons: [...quoteAction(library, ours), ...sourceAction(ours, call)],
  audience: 'caller',
  guide: true,
})

/** Adds the warning about the words to a reply or, where a phone has no room for it, the line that shows it. */
export function withWarning(library: Library, ours: Match, places: Place[], call: Call, reply: Reply): Reply {
  const warning = matchWarning(ours, places)
  if (!warning) return reply
  const withNote = (words: Inline[]): Reply => ({ ...reply, blocks: [...reply.blocks, note(...words)] })
  const full = withNote(warning)
  if (phoneLength(full) <= PHONE_BUDGET) return full
  const [quote] = ours.storyQuote?.quote.note ? quoteAction(library, ours) : []
  const { noteGoesWith, recordAt } = phrases.quoteCheck
  return withNote(quote ? noteGoesWith(quote.line) : recordAt(recordLine(ours.story, call)))
}

/** Names the signs that cannot be seen and are only in one of two texts, in at most one sentence. */
export function unseenNote(shown: string, typed: string): string[] {
  const [onlyOurs, onlyTyped] = [unseenSignsOnlyIn(shown, typed), unseenSignsOnlyIn(typed, shown)]
  return onlyOurs.length + onlyTyped.length > 0 ? [phrases.quoteCheck.unseenSigns(onlyOurs, onlyTyped)] : []
}

const sourceAction = ({ story, source }: Match, call: Call): Button[] => [
  { label: phrases.quote.source, line: `${storyPrefix(story, call)} sources #${source.number}` },
]

function quoteAction(library: Library, { storyQuote }: Match): Button[] {
  if (!storyQuote) return []
  const { quote } = storyQuote
  const speaker = library
    .speakers(quote.speaker)
    .find(({ quotes }) => quotes.some(candidate => candidate.quote === quote))
  if (!speaker) return []
  const number = speaker.quotes.findIndex(candidate => candidate.quote === quote) + 1
  const args = [speakerKey(quote.speaker), `#${number}`]
  const flags = namesakeFlags(speaker, library)
  return [{ label: phrases.quoteCheck.theQuote, line: `/quote ${formatLine({ args, flags })}` }]
}

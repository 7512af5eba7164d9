import { type Inline, missing, type Reply } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import { shortName } from '../buttons.ts'
import type { StoryAsk } from '../context.ts'
import { labelOf } from '../label.ts'
import { line } from '../line.ts'
import { paged, type Unit, withHint } from '../pages.ts'
import { quoteBlock, quoteLead, quotePart, speakerKey } from '../quote/attribution.ts'
import { unquotedPerson } from '../quote/not-quoted.ts'
import { unknown } from '../refusals.ts'

/** `/lawsuit quotes [speaker]`: verbatim quotes in the editors' order. */
export function storyQuotes(ask: StoryAsk): Reply {
  const { story, library } = ask
  const typed = ask.args.join(' ')
  if (story.quotes.length === 0) return missing(phrases.story.noQuotes(`${ask.head} help`))
  const named = library.speakers(typed, story)
  const speakers = named.length > 0 ? named : library.alike(typed, story)
  const names = new Set(speakers.map(speaker => speaker.name))
  const quotes = typed ? story.quotes.filter(quote => names.has(quote.speaker)) : story.quotes
  const lineOf = (name: string) => `${ask.head} ${line({ args: ['quotes', speakerKey(name)], flags: {} })}`
  if (quotes.length === 0)
    return (
      unquotedPerson(library, typed, ask.call, story) ??
      unknown(ask.call, typed, {
        known: [library.speakerNames(story)],
        lineOf,
        help: `${ask.head} quotes`,
      })
    )
  const units = quotes.map((quote): Unit => {
    return {
      lead: quoteLead(quote),
      block: quoteBlock(quote, { cited: true }),
      sources: [quote.source.number],
      part: quotePart({ story, quote }),
    }
  })
  const frame = { label: labelOf(story), title: phrases.story.title.quotes(story.title) }
  const again = typed ? `${ask.again} ${line({ args: [tokens(typed).join(' ')], flags: {} })}` : ask.again
  const shown = typed ? units : withHint(story, frame, units, oneSpeaker(ask, lineOf))
  return paged(story, frame, shown, { page: ask.flags.page, line: again })
}

/** How many quotes there are, and how to ask for those of one speaker: for example of whom there are most. */
function oneSpeaker({ story, library }: StoryAsk, lineOf: (name: string) => string): Inline[] {
  const speakers = library.allSpeakers(story)
  const [most] = speakers.toSorted((a, b) => b.said.length - a.said.length)
  const { length } = story.quotes
  if (speakers.length === 1) return [phrases.story.quotesOfOneSpeaker(length)]
  const ofMost = lineOf(shortName(most!.name, library, story))
  return phrases.story.quotesBySpeakers(length, speakers.length, ofMost)
}

import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import { nameToType } from '../buttons.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage, withHint } from '../pages.ts'
import { quoteBlock, quoteLead, quotePart, speakerKey } from '../quote/attribution.ts'
import { unquotedPerson } from '../quote/not-quoted.ts'
import { refuseUnknown } from '../refusals.ts'

/** `/lawsuit quotes [speaker]`: verbatim quotes in the editors' order. */
export function storyQuotes(ask: StoryRequest): Reply {
  const { story, library } = ask
  const typed = ask.args.join(' ')
  if (story.quotes.length === 0) return notFoundRefusal(phrases.story.noQuotes(`${ask.storyPrefix} help`))
  const named = library.speakers(typed, story)
  const speakers = named.length > 0 ? named : library.similarSpeakers(typed, story)
  const names = new Set(speakers.map(speaker => speaker.name))
  const quotes = typed ? story.quotes.filter(quote => names.has(quote.speaker)) : story.quotes
  const lineOf = (name: string) =>
    `${ask.storyPrefix} ${formatLine({ args: ['quotes', speakerKey(name)], flags: {} })}`
  if (quotes.length === 0)
    return (
      unquotedPerson(library, typed, ask.call, story) ??
      refuseUnknown(ask.call, typed, {
        known: [library.speakerNames(story)],
        lineOf,
        help: `${ask.storyPrefix} quotes`,
      })
    )
  const units = quotes.map((quote): PageUnit => {
    return {
      lead: quoteLead(quote),
      block: quoteBlock(quote, { cited: true }),
      sources: [quote.source.number],
      part: quotePart({ story, quote }),
    }
  })
  const frame = { label: labelOf(story), title: phrases.story.title.quotes(story.title) }
  const again = typed
    ? `${ask.commandLine} ${formatLine({ args: [tokens(typed).join(' ')], flags: {} })}`
    : ask.commandLine
  const shown = typed ? units : withHint(story, frame, units, oneSpeakerHint(ask, lineOf))
  return renderPage(story, frame, shown, { page: ask.flags.page, line: again })
}

/** How many quotes there are, and how to ask for those of one speaker: for example of whom there are most. */
function oneSpeakerHint({ story, library }: StoryRequest, lineOf: (name: string) => string): Inline[] {
  const speakers = library.allSpeakers(story)
  const [most] = speakers.toSorted((a, b) => b.quotes.length - a.quotes.length)
  const { length } = story.quotes
  if (speakers.length === 1) return [phrases.story.quotesOfOneSpeaker(length)]
  const ofMost = lineOf(nameToType(most!.name, library, story))
  return phrases.story.quotesBySpeakers(length, speakers.length, ofMost)
}

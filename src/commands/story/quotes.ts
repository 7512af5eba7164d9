import { keepForObject } from '../../chat/keep-results.ts'
import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Quote, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { nameToType } from '../buttons.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage, withHint } from '../pages.ts'
import { quoteBlock, quoteLead, quotePart, speakerKey } from '../quote/attribution.ts'
import { unquotedPerson } from '../quote/not-quoted.ts'
import { refuseUnknown } from '../refusals.ts'

/** `/lawsuit quotes [speaker]`: verbatim quotes in the editors' order, all of them or those of one speaker. */
export function storyQuotes(request: StoryRequest): Reply {
  const { story, library } = request
  const typed = request.args.join(' ')
  if (story.quotes.length === 0) return notFoundRefusal(phrases.story.noQuotes(`${request.storyPrefix} help`))
  const exactSpeakers = typed ? library.speakers(typed, story) : []
  const speakers = exactSpeakers.length > 0 || !typed ? exactSpeakers : library.similarSpeakers(typed, story)
  const names = new Set(speakers.map(speaker => speaker.name))
  const quotes = quoteUnits(story).filter(([quote]) => !typed || names.has(quote.speaker))
  const lineOf = (name: string) =>
    `${request.storyPrefix} ${formatLine({ args: ['quotes', speakerKey(name)], flags: {} })}`
  if (quotes.length === 0)
    return (
      unquotedPerson(library, typed, request.call, story) ??
      refuseUnknown(request.call, typed, {
        known: library.speakerNames(story),
        lineOf,
        help: `${request.storyPrefix} quotes`,
      })
    )
  const units = quotes.map(([, unit]) => unit)
  const frame = { label: labelOf(story), title: phrases.story.title.quotes(story.title) }
  const line = typed
    ? `${request.commandLine} ${formatLine({ args: [tokens(typed).join(' ')], flags: {} })}`
    : request.commandLine
  const shown = typed ? units : withHint(story, frame, units, oneSpeakerHint(request, lineOf))
  return renderPage(story, frame, shown, { page: request.flags.page, line })
}

const quoteUnits = cacheForLast((story: Story) =>
  story.quotes.map((quote): [Quote, PageUnit] => [
    quote,
    {
      lead: quoteLead(quote),
      block: quoteBlock(quote, { cited: true }),
      sources: [quote.source.number],
      part: quotePart({ story, quote }),
    },
  ]),
)

/** Says how many quotes there are, and how to ask for one speaker: the one with the most quotes is the example. */
function oneSpeakerHint({ story, library }: StoryRequest, lineOf: (name: string) => string): Inline[] {
  const { length } = story.quotes
  const { speakerCount, example } = mostQuoted(library)(story)
  return speakerCount === 1
    ? [phrases.story.quotesOfOneSpeaker(length)]
    : phrases.story.quotesBySpeakers(length, speakerCount, lineOf(example))
}

/** How many speakers a story has, and what to type for the one with the most quotes. */
const mostQuoted = cacheForLast((library: Library) =>
  keepForObject((story: Story) => {
    const speakers = library.allSpeakers(story)
    const [first] = speakers.toSorted((a, b) => b.quoteCount - a.quoteCount)
    return { speakerCount: speakers.length, example: nameToType(first!, library, story) }
  }),
)

import { tokens } from '../content/fold.ts'
import { type Reply, refusal } from '../reply.ts'
import { type StoryAsk, unknown } from './ask.ts'
import { labelOf } from './label.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'
import { quoteBlock, quotePart, speakerKey } from './quoted.ts'

/** `/lawsuit quotes [speaker]`: verbatim quotes in the editors' order. */
export function storyQuotes(ask: StoryAsk): Reply {
  const { story, library } = ask
  const typed = ask.args.join(' ')
  if (story.quotes.length === 0)
    return refusal(['This story has no quotations yet. All: ', { code: `${ask.head} help` }])
  const named = library.speakers(typed, story)
  const speakers = named.length > 0 ? named : library.alike(typed, story)
  const names = new Set(speakers.map(speaker => speaker.name))
  const quotes = typed ? story.quotes.filter(quote => names.has(quote.speaker)) : story.quotes
  const lineOf = (name: string) => `${ask.head} ${line({ args: ['quotes', speakerKey(name)], flags: {} })}`
  if (quotes.length === 0)
    return unknown(ask.call, typed, {
      known: [library.speakerNames(story)],
      lineOf,
      help: `${ask.head} quotes`,
    })
  const units = quotes.map((quote): Unit => {
    return { block: quoteBlock(quote), sources: [quote.source.number], part: quotePart({ story, quote }) }
  })
  const frame = { label: labelOf(story), title: `Quotes · ${story.title}` }
  const again = typed ? `${ask.again} ${line({ args: [tokens(typed).join(' ')], flags: {} })}` : ask.again
  return paged(story, frame, units, { page: ask.flags.page, line: again })
}

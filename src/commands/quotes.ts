import type { Reply } from '../reply.ts'
import { type StoryAsk, unknown } from './ask.ts'
import { headOfStory, labelOf } from './label.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'
import { quoteBlock, quotePart } from './quoted.ts'

/** `/lawsuit quotes [speaker]`: verbatim quotes in the editors' order. */
export function storyQuotes(ask: StoryAsk): Reply {
  const { story } = ask
  const typed = ask.args.join(' ')
  const names = new Set(ask.library.speakers(typed, story).map(speaker => speaker.name))
  const quotes = typed ? story.quotes.filter(quote => names.has(quote.speaker)) : story.quotes
  if (quotes.length === 0) {
    const lineOf = (name: string) => `${headOfStory(story)} ${line({ args: ['quotes', name], flags: {} })}`
    const known = story.quotes.flatMap(quote => [quote.speaker, ...quote.speaker.split(' ').slice(-1)])
    return unknown(ask.call, typed, { known, lineOf, help: `${headOfStory(story)} quotes` })
  }
  const units = quotes.map((quote): Unit => {
    return { block: quoteBlock(quote), sources: [quote.source.number], part: quotePart({ story, quote }) }
  })
  const frame = { label: labelOf(story), title: `Quotes · ${story.title}` }
  const again = [ask.again, line({ args: ask.args, flags: {} })].filter(Boolean).join(' ')
  return paged(story, frame, units, { page: ask.flags.page, line: again })
}

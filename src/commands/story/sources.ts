import { type Inline, missing, type Reply } from '../../chat/reply.ts'
import type { Source, Story } from '../../content/story.ts'
import { readable } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryAsk } from '../context.ts'
import { labelOf } from '../label.ts'
import { paged, type Unit } from '../pages.ts'

/** `sources [#n]`: the numbered sources, or all that is known of one. */
export function sources(ask: StoryAsk): Reply {
  const last = ask.story.sources.at(-1)
  if (!last) return missing(phrases.sources.none(`${ask.head} help`))
  const typed = ask.args.join(' ').replace(/^#\s*0*/, '')
  if (typed === '') return listReply(ask)
  const source = ask.story.sources.find(one => String(one.number) === typed)
  if (source) return detailReply(ask, source)
  return missing(phrases.sources.noSuchNumber(last.number, `${ask.head} sources`))
}

function listReply(ask: StoryAsk): Reply {
  const units = ask.story.sources.map((source): Unit => {
    return {
      block: { kind: 'list', items: [named(source)] },
      sources: [],
      part: `${ask.story.slug}/source:${source.number}`,
    }
  })
  const frame = { label: labelOf(ask.story), title: phrases.sources.title(ask.story.title) }
  return paged(ask.story, frame, units, { page: ask.flags.page, line: ask.again })
}

function detailReply(ask: StoryAsk, source: Source): Reply {
  const part = `${ask.story.slug}/source:${source.number}`
  const { field } = phrases.sources
  const rows: [string, Inline[] | undefined][] = [
    [field.kind, [source.kind]],
    [field.date, dateOf(source)],
    [field.seen, [source.seen ? readable(source.seen) : phrases.sources.seenNotDated]],
    [field.address, source.url ? [{ link: source.url, text: source.url }] : undefined],
    [field.rights, source.rights ? [source.rights] : undefined],
    [field.copy, [copyOf(ask.story, source)]],
    [field.quoted, quotedFrom(ask.story, source)],
    [field.note, source.note ? [source.note] : undefined],
  ]
  const units = rows.flatMap(([name, value]): Unit[] =>
    value ? [{ block: { kind: 'fields', fields: [{ name, value }] }, sources: [], part }] : [],
  )
  const frame = {
    label: labelOf(ask.story),
    title: phrases.sources.titleOfOne(source.number, source.outlet, source.title),
  }
  return paged(ask.story, frame, units, { page: ask.flags.page, line: `${ask.again} #${source.number}` })
}

/** What our copy of a source is: nothing, the passages that are quoted and no more, or the text as it was found. */
function copyOf(story: Story, { number, text }: Source): string {
  const { copy } = phrases.sources
  if (text === undefined) return copy.none
  const spans = story.quotes.filter(quote => quote.source.number === number).flatMap(quote => quote.spans)
  const gaps = spans
    .toSorted((a, b) => a.start - b.start)
    .reduce(
      (seen, { start, end }) => ({
        at: Math.max(seen.at, end),
        left: seen.left + text.slice(seen.at, start),
      }),
      {
        at: 0,
        left: '',
      },
    )
  return /[\p{L}\p{N}]/u.test(gaps.left + text.slice(gaps.at)) ? copy.whole : copy.passages
}

function named(source: Source): Inline[] {
  const title: Inline = source.url ? { link: source.url, text: source.title } : source.title
  const date = source.date ? ` · ${readable(source.date)}` : ''
  return [{ bold: `${source.number}` }, ` · ${source.outlet} · `, title, date]
}

function dateOf(source: Source): Inline[] | undefined {
  if (!source.date) return source.dateNote ? [source.dateNote] : undefined
  return [[readable(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' ')]
}

/** Which quotes come from a source, with their lines and where exactly they stand. */
function quotedFrom(story: Story, source: Source): Inline[] | undefined {
  const quotes = story.quotes.filter(quote => quote.source === source)
  if (quotes.length === 0) return undefined
  const each = [...Map.groupBy(quotes, quote => quote.speaker)].map(([speaker, said]) => ({
    speaker,
    quotes: said.map(quote =>
      quote.spans.map(({ line, start, end }) => ({ line, first: start + 1, last: end })),
    ),
  }))
  return [phrases.sources.quoted(each)]
}

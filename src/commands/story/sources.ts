import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import type { Source, Story } from '../../content/story.ts'
import { readableDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** `sources [#n]`: the numbered sources, or all that is known of one. */
export function sources(ask: StoryRequest): Reply {
  const last = ask.story.sources.at(-1)
  if (!last) return notFoundRefusal(phrases.sources.none(`${ask.storyPrefix} help`))
  const typed = ask.args.join(' ').replace(/^#\s*0*/, '')
  if (typed === '') return listReply(ask)
  const source = ask.story.sources.find(one => String(one.number) === typed)
  if (source) return detailReply(ask, source)
  return notFoundRefusal(phrases.sources.noSuchNumber(last.number, `${ask.storyPrefix} sources`))
}

function listReply(ask: StoryRequest): Reply {
  const units = ask.story.sources.map((source): PageUnit => {
    return {
      block: { kind: 'list', items: [sourceItem(source)] },
      sources: [],
      part: `${ask.story.slug}/source:${source.number}`,
    }
  })
  const frame = { label: labelOf(ask.story), title: phrases.sources.title(ask.story.title) }
  return renderPage(ask.story, frame, units, { page: ask.flags.page, line: ask.commandLine })
}

function detailReply(ask: StoryRequest, source: Source): Reply {
  const part = `${ask.story.slug}/source:${source.number}`
  const { field } = phrases.sources
  const rows: [string, Inline[] | undefined][] = [
    [field.kind, [source.kind]],
    [field.date, sourceDate(source)],
    [field.seen, [source.seen ? readableDate(source.seen) : phrases.sources.seenNotDated]],
    [field.address, source.url ? [{ link: source.url, text: source.url }] : undefined],
    [field.rights, source.rights ? [source.rights] : undefined],
    [field.copy, [copyStatus(ask.story, source)]],
    [field.quoted, quotesFrom(ask.story, source)],
    [field.note, source.note ? [source.note] : undefined],
  ]
  const units = rows.flatMap(([name, value]): PageUnit[] =>
    value ? [{ block: { kind: 'fields', fields: [{ name, value }] }, sources: [], part }] : [],
  )
  const frame = {
    label: labelOf(ask.story),
    title: phrases.sources.titleOfOne(source.number, source.outlet, source.title),
  }
  return renderPage(ask.story, frame, units, {
    page: ask.flags.page,
    line: `${ask.commandLine} #${source.number}`,
  })
}

/** What our copy of a source is: nothing, the passages that are quoted and no more, or the text as it was found. */
function copyStatus(story: Story, { number, text }: Source): string {
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

function sourceItem(source: Source): Inline[] {
  const title: Inline = source.url ? { link: source.url, text: source.title } : source.title
  const date = source.date ? ` · ${readableDate(source.date)}` : ''
  return [{ bold: `${source.number}` }, ` · ${source.outlet} · `, title, date]
}

function sourceDate(source: Source): Inline[] | undefined {
  if (!source.date) return source.dateNote ? [source.dateNote] : undefined
  return [[readableDate(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' ')]
}

/** Which quotes come from a source, with their lines and where exactly they stand. */
function quotesFrom(story: Story, source: Source): Inline[] | undefined {
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

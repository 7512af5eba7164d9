import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import type { Quote, Source, Span, Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** `sources [#n]`: the numbered sources, or everything we know about one. */
export function sources(request: StoryRequest): Reply {
  const last = request.story.sources.at(-1)
  if (!last) return notFoundRefusal(phrases.sources.none(`${request.storyPrefix} help`))
  const typed = request.args.join(' ').replace(/^#\s*0*/, '')
  if (typed === '') return listReply(request)
  const source = sourcesByNumber(request.story).get(typed)
  if (source) return detailReply(request, source)
  return notFoundRefusal(phrases.sources.noSuchNumber(last.number, `${request.storyPrefix} sources`))
}

const sourcesByNumber = cacheForLast(
  (story: Story) => new Map(story.sources.map(source => [String(source.number), source])),
)

const quotesBySource = cacheForLast((story: Story) => Map.groupBy(story.quotes, quote => quote.source.number))

function listReply(request: StoryRequest): Reply {
  const frame = { label: labelOf(request.story), title: phrases.sources.title(request.story.title) }
  return renderPage(request.story, frame, sourceUnits(request.story), {
    page: request.flags.page,
    line: request.commandLine,
  })
}

const sourceUnits = cacheForLast((story: Story) =>
  story.sources.map((source): PageUnit => {
    return {
      block: { kind: 'list', items: [sourceItem(source)] },
      sources: [],
      part: `${story.slug}/source:${source.number}`,
    }
  }),
)

function detailReply(request: StoryRequest, source: Source): Reply {
  const part = `${request.story.slug}/source:${source.number}`
  const { field } = phrases.sources
  const quoted = quotesFrom(request.story, source).map((text): [string, Inline[]] => [field.quoted, [text]])
  const rows: [string, Inline[] | undefined][] = [
    [field.kind, [source.kind]],
    [field.date, sourceDate(source)],
    [field.seen, [source.seen ? readableDate(source.seen) : phrases.sources.seenNotDated]],
    [field.address, source.url ? [{ link: source.url, text: source.url }] : undefined],
    [field.rights, source.rights ? [source.rights] : undefined],
    [field.copy, [copyStatus(request.story, source)]],
    ...quoted,
    [field.note, source.note ? [source.note] : undefined],
  ]
  const units = rows.flatMap(([name, value]): PageUnit[] =>
    value ? [{ block: { kind: 'fields', fields: [{ name, value }] }, sources: [], part }] : [],
  )
  const frame = {
    label: labelOf(request.story),
    title: phrases.sources.titleOfOne(source.number, source.outlet, source.title),
  }
  return renderPage(request.story, frame, units, {
    page: request.flags.page,
    line: `${request.commandLine} #${source.number}`,
  })
}

/** Says what our copy of a source holds: nothing, only the quoted passages, or the whole text. */
function copyStatus(story: Story, { number, text }: Source): string {
  const { copy } = phrases.sources
  if (text === undefined) return copy.none
  const spans = (quotesBySource(story).get(number) ?? []).flatMap(quote => quote.spans)
  let unquoted = ''
  let at = 0
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    unquoted += text.slice(at, start)
    at = Math.max(at, end)
  }
  unquoted += text.slice(at)
  return /[\p{L}\p{N}]/u.test(unquoted) ? copy.whole : copy.passages
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

/** Longer pieces of an answer leave no room on a page for its label and title, and pieces are never split. */
const MAX_PIECE_CHARACTERS = 300

type QuotedPassage = { quote: Quote; span: Span }

/**
 * Lists the quotes from a source by speaker, with their lines and exact positions in our copy: in several pieces where
 * they are many, so that they can be paged.
 */
function quotesFrom(story: Story, source: Source): string[] {
  const passages = (quotesBySource(story).get(source.number) ?? []).flatMap(quote =>
    quote.spans.map((span): QuotedPassage => ({ quote, span })),
  )
  const pieces: QuotedPassage[][] = []
  for (const passage of [...Map.groupBy(passages, ({ quote }) => quote.speaker).values()].flat()) {
    const piece = pieces.at(-1)
    if (piece && quotedText([...piece, passage]).length <= MAX_PIECE_CHARACTERS) piece.push(passage)
    else pieces.push([passage])
  }
  return pieces.map(quotedText)
}

function quotedText(passages: QuotedPassage[]): string {
  const speakers = [...Map.groupBy(passages, ({ quote }) => quote.speaker)].map(([speaker, own]) => ({
    speaker,
    quotes: [...Map.groupBy(own, ({ quote }) => quote).values()].map(group =>
      group.map(({ span }) => ({ line: span.line, first: span.start + 1, last: span.end })),
    ),
  }))
  return phrases.sources.quoted(speakers)
}

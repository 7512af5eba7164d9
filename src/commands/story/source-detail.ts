import type { Inline, Reply } from '../../chat/reply.ts'
import type { Quote, Source, Span, Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { type PageFrame, type PageUnit, renderPage } from '../pages.ts'

const quotesBySource = cacheForLast((story: Story) => Map.groupBy(story.quotes, quote => quote.source.number))

/** Everything we know about one source: `more` has the buttons that lead on, and a line about what was not used. */
export function sourceDetail(
  request: StoryRequest,
  source: Source,
  more: Pick<PageFrame, 'lead' | 'buttons'>,
): Reply {
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
    ...more,
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

import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import type { AnyStory } from './any-story.ts'

/** Writes the files of a story. Their YAML is JSON, so that every field is read back as it was written. */
export function storyFilesOf(slug: string, command: string | undefined, story: AnyStory): ContentFile[] {
  const file = (path: string, text: string) => ({ path: `stories/${slug}/${path}`, text, origin: path })
  const list = (path: string, rows: object[]) => file(path, JSON.stringify(rows))
  const { meta, embargo, withdrawn, sources, ending } = story
  const pick = (number: number) => (number % sources.length) + 1
  const cited = (numbers: number[]) => [...new Set(numbers.map(pick))]
  // What is called certain needs two sources that are no copies of each other.
  const certainty = <T extends { confidence: string; sources: number[] }>(entry: T) => ({
    ...entry,
    sources: cited(entry.sources),
    confidence:
      entry.confidence === 'high' &&
      cited(entry.sources).filter(number => sources[number - 1]!.kind !== 'mirror').length < 2
        ? 'medium'
        : entry.confidence,
  })
  const timeline = story.timeline.map(certainty).sort((a, b) => (a.date < b.date ? -1 : 1))
  const quotes = story.quotes.map(({ passages, between: _, reuse, ...quote }, at) => ({
    ...quote,
    speaker: reuse && at > 0 ? story.quotes[0]!.speaker : quote.speaker,
    words: passages.length === 1 ? passages[0]! : passages,
    source: pick(quote.source),
  }))
  const speaker = quotes[0]?.speaker
  const stored = new Map(sources.map(({ number }) => [number, ['Reload this page.']]))
  for (const { passages, between, source: number } of story.quotes)
    stored.get(pick(number))!.push(`${between} "${passages.join(`" ${between} "`)}" they said.`)
  const facts = story.facts.map(certainty).map(({ claim, ...fact }) => {
    if (!claim) return fact
    const { of, ...fields } = claim
    const quote = story.quotes[of % Math.max(1, story.quotes.length)]
    const source = quote ? pick(quote.source) : pick(of)
    return {
      ...fact,
      claim: { ...fields, source, words: quote?.passages[0] ?? 'Reload this page.' },
    }
  })
  const parts = [
    'label',
    'section:summary',
    ...quotes.map(({ id }) => `quote:${id}`),
    ...timeline.map(({ id }) => `event:${id}`),
    ...facts.filter(({ print }) => print !== false).map(({ id }) => `fact:${id}`),
  ]
  const corrections = story.corrections.map(({ of, ...correction }) => ({
    ...correction,
    part: parts[of % parts.length],
  }))
  const coversTo = timeline.filter(({ embargo: until }) => until === undefined).at(-1)?.date ?? '2026-05-01'
  const body = [story.summary, ...story.sections].map(({ title, blocks }, index) =>
    [
      `## ${title}`,
      ...blocks.map(([{ kind, text }, numbers], at) => {
        if (kind === '---' && at > 0) return '***'
        // The summary must cite a source, and a section cannot begin with a rule.
        const citations = index === 0 && at === 0 ? [0, ...numbers] : numbers
        const citation = citations.length > 0 ? ` [${cited(citations).join(', ')}]` : ''
        return `${kind === '---' ? 'x' : kind}${text}${citation}`
      }),
    ].join('\n\n'),
  )
  const front = { ...meta, coversTo, command, embargo, withdrawn }
  return [
    file('story.md', `---\n${JSON.stringify(front, null, 1)}\n---\n\n${body.join('\n\n')}\n`),
    list(
      'sources.yml',
      sources.map(source => ({ ...source, text: `s${source.number}.txt` })),
    ),
    ...[...stored].map(([number, lines]) => file(`sources/s${number}.txt`, lines.join(ending) + ending)),
    list('quotes.yml', quotes),
    list('timeline.yml', timeline),
    list(
      'people.yml',
      story.people.map(({ like, ...person }) => ({
        ...person,
        ...(like === 'speaker' && speaker !== undefined && { name: speaker }),
        ...(like === 'alias' && speaker !== undefined && { aliases: [speaker] }),
        sources: cited(person.sources),
      })),
    ),
    list('facts.yml', facts),
    list('corrections.yml', corrections),
  ]
}

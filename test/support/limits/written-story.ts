import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import type { AnyStory } from './any-story.ts'

/** The files of a story. JSON is YAML, so whatever a field holds comes through as it is. */
export function storyFilesOf(slug: string, command: string | undefined, story: AnyStory): ContentFile[] {
  const file = (path: string, text: string) => ({ path: `stories/${slug}/${path}`, text, origin: path })
  const list = (path: string, rows: object[]) => file(path, JSON.stringify(rows))
  const { meta, embargo, withdrawn, sources, ending } = story
  const pick = (number: number) => (number % sources.length) + 1
  const cited = (numbers: number[]) => [...new Set(numbers.map(pick))]
  const timeline = story.timeline
    .map(one => ({ ...one, sources: cited(one.sources) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
  const quotes = story.quotes.map(({ passages, between: _, reuse, ...one }, at) => ({
    ...one,
    speaker: reuse && at > 0 ? story.quotes[0]!.speaker : one.speaker,
    words: passages.length === 1 ? passages[0]! : passages,
    source: pick(one.source),
  }))
  const speaker = quotes[0]?.speaker
  const stored = new Map(sources.map(({ number }) => [number, ['Reload this page.']]))
  for (const { passages, between, source: number } of story.quotes)
    stored.get(pick(number))!.push(`${between} "${passages.join(`" ${between} "`)}" they said.`)
  const facts = story.facts.map(({ claim, sources: numbers, ...one }) => {
    if (!claim) return { ...one, sources: cited(numbers) }
    const { of, ...said } = claim
    const words = story.quotes[of % Math.max(1, story.quotes.length)]
    const number = words ? pick(words.source) : pick(of)
    return {
      ...one,
      sources: cited(numbers),
      claim: { ...said, source: number, words: words?.passages[0] ?? 'Reload this page.' },
    }
  })
  const parts = [
    'label',
    'section:summary',
    ...quotes.map(one => `quote:${one.id}`),
    ...timeline.map(one => `event:${one.id}`),
    ...facts.filter(({ print }) => print !== false).map(one => `fact:${one.id}`),
  ]
  const corrections = story.corrections.map(({ of, ...one }) => ({ ...one, part: parts[of % parts.length] }))
  const last = timeline.filter(one => one.embargo === undefined).at(-1)?.date ?? '2026-05-01'
  const body = [story.summary, ...story.sections].map(({ title, blocks }, index) =>
    [
      `## ${title}`,
      ...blocks.map(([{ kind, text }, numbers], at) => {
        const all = index === 0 && at === 0 ? [0, ...numbers] : numbers
        return kind === '---' && at > 0
          ? '***'
          : `${kind === '---' ? 'x' : kind}${text}${all.length > 0 ? ` [${cited(all).join(', ')}]` : ''}`
      }),
    ].join('\n\n'),
  )
  const front = { ...meta, coversTo: last, command, embargo, withdrawn }
  return [
    file('story.md', `---\n${JSON.stringify(front, null, 1)}\n---\n\n${body.join('\n\n')}\n`),
    list(
      'sources.yml',
      sources.map(one => ({ ...one, text: `s${one.number}.txt` })),
    ),
    ...[...stored].map(([number, lines]) => file(`sources/s${number}.txt`, lines.join(ending) + ending)),
    list('quotes.yml', quotes),
    list('timeline.yml', timeline),
    list(
      'people.yml',
      story.people.map(({ like, ...one }) => ({
        ...one,
        ...(like === 'speaker' && speaker !== undefined && { name: speaker }),
        ...(like === 'alias' && speaker !== undefined && { aliases: [speaker] }),
        sources: cited(one.sources),
      })),
    ),
    list('facts.yml', facts),
    list('corrections.yml', corrections),
  ]
}

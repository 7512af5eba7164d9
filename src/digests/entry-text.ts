import { plainInlines } from '../chat/plain-text.ts'
import { printedWords } from '../chat/reply.ts'
import { type PartContent, partContentsOf } from '../content/parts.ts'
import type { CitedBlock, Section, Story } from '../content/story.ts'
import { filterText } from './word-filter.ts'

/**
 * The text of a part in which a filter looks for words: what it says, its note, who said it, the title of a section, and
 * the outlets that it rests on. For a correction, also the part that it corrects. Dates are none of it.
 */
export function entryText(story: Story, part: string): string {
  const content = partContentsOf(story).get(part)
  if (!content) return ''
  const known = kept.get(content)
  if (known !== undefined) return known
  const text = filterText(textsOf(story, content))
  kept.set(content, text)
  return text
}

/** Many places are asked about the same few entries in the same minute. */
const kept = new WeakMap<PartContent, string>()

function textsOf(story: Story, content: PartContent): string[] {
  const outlets = (numbers: number[]) =>
    story.sources.filter(({ number }) => numbers.includes(number)).map(({ outlet }) => outlet)
  switch (content.kind) {
    case 'label':
      return [story.title, story.dek, ...story.sections.filter(isShort).flatMap(sectionTexts)]
    case 'section':
      return [...sectionTexts(content.section), ...outlets(content.section.sources)]
    case 'event': {
      const { text, short = '', note = [], sources } = content.event
      return [plainInlines(text), short, plainInlines(note), ...outlets(sources)]
    }
    case 'quote': {
      const { words, speaker, aliases, role, note = [], source } = content.quote
      return [words, speaker, ...aliases, role, plainInlines(note), source.outlet]
    }
    case 'fact': {
      const { text, claim, sources } = content.fact
      const checked = claim ? [claim.says, claim.verdict, claim.source.outlet] : []
      return [plainInlines(text), ...checked, ...outlets(sources)]
    }
    case 'correction': {
      const { part, was, now, why, repeat } = content.correction
      const corrected = partContentsOf(story).get(`${story.slug}/${part}`)
      return [...(repeat ? [was] : []), now, why, ...(corrected ? textsOf(story, corrected) : [])]
    }
    case 'who':
      return [content.person.name, content.person.role, plainInlines(content.person.about ?? [])]
    case 'source':
      return [content.source.outlet, content.source.title]
  }
}

/** The sections that say what a story is about, and where it stands. */
const isShort = ({ name }: Section) => name === 'summary' || name === 'status'

const sectionTexts = ({ title, body }: Section): string[] => [
  title,
  ...body.map(({ block }) => blockText(block)),
]

function blockText(block: CitedBlock['block']): string {
  if (block.kind === 'text' || block.kind === 'note') return plainInlines(block.text)
  if (block.kind === 'list') return block.items.map(plainInlines).join(' ')
  return block.kind === 'quote' ? printedWords(block) : ''
}

/** Answers about people and words that are in the stories but not quoted there. */

import type { Call } from '../../chat/platform.ts'
import { type Button, MAX_BUTTONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { hasOverlap } from '../../content/search/passages.ts'
import type { SourceLine } from '../../content/search/source-lines.ts'
import type { Person, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons, namesakeFlags, nameToType, shortNames } from '../buttons.ts'
import { labelOf, labelOfAll, labelPart, storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { speakerKey } from './attribution.ts'

type KnownPerson = { story: Story; person: Person }

/**
 * Says that the people a query names are in a story but not quoted, with a line to read about them, or under which
 * other name they are quoted. Undefined where nobody in the stories has this name.
 */
export function unquotedPerson(
  library: Library,
  query: string,
  call: Call,
  story?: Story,
): Reply | undefined {
  const people = [...library.people(query, story).take(MAX_BUTTONS)]
  if (people.length === 0) return undefined
  const references = people.map(known => personReference(library, known, call, story))
  const stories = [...new Set(people.map(known => known.story))]
  return {
    ...refusal(references.flatMap(({ sentence }, index) => (index > 0 ? ['\n', ...sentence] : sentence))),
    label: labelOfAll(stories),
    buttons: fittingButtons(references.map(({ button }) => button)),
    parts: [
      ...people.map(known => `${known.story.slug}/who:${known.person.name}`),
      ...stories.map(labelPart),
    ],
  }
}

/** The sentence about one person, and the button that leads to them. */
function personReference(library: Library, { story, person }: KnownPerson, call: Call, only?: Story) {
  const quoted = [person.name, ...person.aliases]
    .map(name => library.speakers(name, story)[0] ?? library.similarSpeakers(name, story)[0])
    .find(speaker => speaker !== undefined)
  if (quoted) {
    const args = [nameToType(quoted, library, only)]
    const flags = { ...(only && { story: only.slug }), ...namesakeFlags(quoted, library, only) }
    const line = `/quote ${formatLine({ args, flags })}`
    const sentence = phrases.unquoted.quotedAs(person.name, quoted.name, line)
    return { sentence, button: { label: phrases.unquoted.quotesOf(shortNames([quoted.name])[0]!), line } }
  }
  const lastName = tokens(person.name).at(-1) ?? ''
  const isUnique = story.people.filter(candidate => nameWords(candidate).has(lastName)).length === 1
  const args = ['who', isUnique ? lastName : speakerKey(person.name)]
  const line = `${storyPrefix(story, call)} ${formatLine({ args, flags: {} })}`
  const sentence = phrases.unquoted.notQuoted(person.name, story.title, line)
  return { sentence, button: { label: phrases.unquoted.whoIn(story.command ?? story.slug), line } }
}

/** Says where a single word is in a source, though nobody is quoted with it. */
export function wordInSource(sourceLine: SourceLine, call: Call): Reply {
  const { story, source } = sourceLine
  return {
    ...refusal([phrases.unquoted.wordInSource(sourceReference(sourceLine))]),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    buttons: [sourceAction(story, source.number, call)],
    parts: [labelPart(story)],
  }
}

/** Says that words of a source are nobody's quotation, with the fact that the record has about them, if any. */
export function outletsOwnWords(
  sourceLine: SourceLine,
  span: { start: number; end: number },
  call: Call,
): Reply {
  const { story, source } = sourceLine
  const fact = story.facts.find(
    ({ claim }) => claim?.source === source && claim.spans.some(claimed => hasOverlap(claimed, span)),
  )
  return {
    ...refusal(
      phrases.unquoted.outletsOwnWords(sourceReference(sourceLine)),
      ...(fact ? [note(...fact.text)] : []),
    ),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    parts: [...(fact ? [`${story.slug}/fact:${fact.id}`] : []), labelPart(story)],
    buttons: [sourceAction(story, source.number, call)],
  }
}

const sourceReference = ({ source, line: number }: SourceLine) => ({
  outlet: source.outlet,
  line: number,
  number: source.number,
})

const sourceAction = (story: Story, number: number, call: Call): Button => ({
  label: phrases.quote.source,
  line: `${storyPrefix(story, call)} sources #${number}`,
})

const nameWords = ({ name, aliases }: Person) => new Set([name, ...aliases].flatMap(tokens))

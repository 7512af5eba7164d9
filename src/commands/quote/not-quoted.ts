/** What is said of a person or of words that the stories know, though nobody is quoted so. */

import type { Call } from '../../chat/platform.ts'
import { type Button, MAX_BUTTONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library, SourceLine } from '../../content/library.ts'
import { hasOverlap } from '../../content/search/passages.ts'
import type { Person, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons, nameToType, shortNames } from '../buttons.ts'
import { labelOf, labelOfAll, labelPart, storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { speakerKey } from './attribution.ts'

type KnownPerson = { story: Story; person: Person }

/**
 * Says of people whom a query names that they are in the story but not quoted, and where to read of them; or under
 * which other name they are quoted. Undefined where nobody in the stories has this name.
 */
export function unquotedPerson(
  library: Library,
  query: string,
  call: Call,
  story?: Story,
): Reply | undefined {
  const found = peopleNamed(library, query, story).slice(0, MAX_BUTTONS)
  if (found.length === 0) return undefined
  const told = found.map(known => personReference(library, known, call, story))
  const stories = [...new Set(found.map(known => known.story))]
  return {
    ...refusal(told.flatMap(({ said }, index) => (index > 0 ? ['\n', ...said] : said))),
    label: labelOfAll(stories),
    buttons: fittingButtons(told.map(({ button }) => button)),
    parts: [...found.map(known => `${known.story.slug}/who:${known.person.name}`), ...stories.map(labelPart)],
  }
}

/** One of them: what is said, the line to read on, and what a button calls it. */
function personReference(library: Library, { story, person }: KnownPerson, call: Call, only?: Story) {
  const quoted = [person.name, ...person.aliases]
    .map(name => library.speakers(name, only)[0] ?? library.similarSpeakers(name, only)[0])
    .find(speaker => speaker !== undefined)
  if (quoted) {
    const args = [nameToType(quoted.name, library, only)]
    const typed = `/quote ${formatLine({ args, flags: only ? { story: only.slug } : {} })}`
    const said = phrases.unquoted.quotedAs(person.name, quoted.name, typed)
    return { said, button: { label: phrases.unquoted.quotesOf(shortNames([quoted.name])[0]!), line: typed } }
  }
  const last = tokens(person.name).at(-1) ?? ''
  const enough = story.people.filter(one => nameWords(one).has(last)).length === 1
  const args = ['who', enough ? last : speakerKey(person.name)]
  const typed = `${storyPrefix(story, call)} ${formatLine({ args, flags: {} })}`
  const said = phrases.unquoted.notQuoted(person.name, story.title, typed)
  return { said, button: { label: phrases.unquoted.whoIn(story.command ?? story.slug), line: typed } }
}

/** A single word that stands in a source, though nobody is quoted with it. */
export function wordInSource(found: SourceLine, call: Call): Reply {
  const { story, source } = found
  return {
    ...refusal([phrases.unquoted.wordInSource(sourceReference(found))]),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    buttons: [sourceAction(story, source.number, call)],
    parts: [labelPart(story)],
  }
}

/** Words of a source that are nobody's quotation; where the record says something about them, it is said here. */
export function outletsOwnWords(found: SourceLine, span: { start: number; end: number }, call: Call): Reply {
  const { story, source } = found
  const claim = story.facts.find(
    fact => fact.claim?.source === source && fact.claim.spans.some(one => hasOverlap(one, span)),
  )
  return {
    ...refusal(
      phrases.unquoted.outletsOwnWords(sourceReference(found)),
      ...(claim ? [note(...claim.text)] : []),
    ),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    parts: [...(claim ? [`${story.slug}/fact:${claim.id}`] : []), labelPart(story)],
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

const peopleByWord = new WeakMap<Library, Map<string, KnownPerson[]>>()

/** People who have all words of a query in their names; the index is made once for each content. */
function peopleNamed(library: Library, query: string, story?: Story): KnownPerson[] {
  const wanted = tokens(query)
  const index = peopleByWord.get(library) ?? indexPeople(library)
  peopleByWord.set(library, index)
  const lists = wanted.map(word => index.get(word) ?? []).sort((a, b) => a.length - b.length)
  return (lists[0] ?? []).filter(
    known => (!story || known.story === story) && wanted.every(word => nameWords(known.person).has(word)),
  )
}

function indexPeople(library: Library): Map<string, KnownPerson[]> {
  const index = new Map<string, KnownPerson[]>()
  for (const story of library.stories) {
    for (const person of story.people) {
      for (const word of nameWords(person)) {
        const list = index.get(word)
        if (list) list.push({ story, person })
        else index.set(word, [{ story, person }])
      }
    }
  }
  return index
}

const nameWords = ({ name, aliases }: Person) => new Set([name, ...aliases].flatMap(tokens))

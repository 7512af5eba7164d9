/** What is said of a person or of words that the stories know, though nobody is quoted so. */

import type { Call } from '../../chat/platform.ts'
import { type Action, MOST_ACTIONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library, SourceLine } from '../../content/library.ts'
import { overlap } from '../../content/search/passages.ts'
import type { Person, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons, shortName, shortNames } from '../buttons.ts'
import { headOfStory, labelOf, labelOfAll, labelPart } from '../label.ts'
import { line } from '../line.ts'
import { speakerKey } from './attribution.ts'

type Known = { story: Story; person: Person }

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
  const found = peopleNamed(library, query, story).slice(0, MOST_ACTIONS)
  if (found.length === 0) return undefined
  const told = found.map(known => toldOf(library, known, call, story))
  const stories = [...new Set(found.map(known => known.story))]
  return {
    ...refusal(told.flatMap(({ said }, index) => (index > 0 ? ['\n', ...said] : said))),
    label: labelOfAll(stories),
    actions: fittingButtons(told.map(({ button }) => button)),
    parts: [...found.map(known => `${known.story.slug}/who:${known.person.name}`), ...stories.map(labelPart)],
  }
}

/** One of them: what is said, the line to read on, and what a button calls it. */
function toldOf(library: Library, { story, person }: Known, call: Call, only?: Story) {
  const quoted = [person.name, ...person.aliases]
    .map(name => library.speakers(name, only)[0] ?? library.alike(name, only)[0])
    .find(speaker => speaker !== undefined)
  if (quoted) {
    const args = [shortName(quoted.name, library, only)]
    const typed = `/quote ${line({ args, flags: only ? { story: only.slug } : {} })}`
    const said = phrases.unquoted.quotedAs(person.name, quoted.name, typed)
    return { said, button: { label: phrases.unquoted.quotesOf(shortNames([quoted.name])[0]!), line: typed } }
  }
  const last = tokens(person.name).at(-1) ?? ''
  const enough = story.people.filter(one => wordsOf(one).has(last)).length === 1
  const args = ['who', enough ? last : speakerKey(person.name)]
  const typed = `${headOfStory(story, call)} ${line({ args, flags: {} })}`
  const said = phrases.unquoted.notQuoted(person.name, story.title, typed)
  return { said, button: { label: phrases.unquoted.whoIn(story.command ?? story.slug), line: typed } }
}

/** A single word that stands in a source, though nobody is quoted with it. */
export function wordInSource(found: SourceLine, call: Call): Reply {
  const { story, source } = found
  return {
    ...refusal([phrases.unquoted.wordInSource(placeIn(found))]),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    actions: [sourceAction(story, source.number, call)],
    parts: [labelPart(story)],
  }
}

/** Words of a source that are nobody's quotation; where the record says something about them, it is said here. */
export function outletsOwn(found: SourceLine, span: { start: number; end: number }, call: Call): Reply {
  const { story, source } = found
  const claim = story.facts.find(
    fact => fact.claim?.source === source && fact.claim.spans.some(one => overlap(one, span)),
  )
  return {
    ...refusal(phrases.unquoted.outletsOwn(placeIn(found)), ...(claim ? [note(...claim.text)] : [])),
    label: labelOf(story, { lead: phrases.label.notAQuotation }),
    parts: [...(claim ? [`${story.slug}/fact:${claim.id}`] : []), labelPart(story)],
    actions: [sourceAction(story, source.number, call)],
  }
}

const placeIn = ({ source, line: number }: SourceLine) => ({
  outlet: source.outlet,
  line: number,
  number: source.number,
})

const sourceAction = (story: Story, number: number, call: Call): Action => ({
  label: phrases.quote.source,
  line: `${headOfStory(story, call)} sources #${number}`,
})

const byWord = new WeakMap<Library, Map<string, Known[]>>()

/** People who have all words of a query in their names; the index is made once for each content. */
function peopleNamed(library: Library, query: string, story?: Story): Known[] {
  const wanted = tokens(query)
  const index = byWord.get(library) ?? indexOf(library)
  byWord.set(library, index)
  const lists = wanted.map(word => index.get(word) ?? []).sort((a, b) => a.length - b.length)
  return (lists[0] ?? []).filter(
    known => (!story || known.story === story) && wanted.every(word => wordsOf(known.person).has(word)),
  )
}

function indexOf(library: Library): Map<string, Known[]> {
  const index = new Map<string, Known[]>()
  for (const story of library.stories) {
    for (const person of story.people) {
      for (const word of wordsOf(person)) {
        const list = index.get(word)
        if (list) list.push({ story, person })
        else index.set(word, [{ story, person }])
      }
    }
  }
  return index
}

const wordsOf = ({ name, aliases }: Person) => new Set([name, ...aliases].flatMap(tokens))

import { fold, tokens } from '../content/fold.ts'
import type { Fact, Person } from '../content/story.ts'
import { type Inline, missing, type Reply } from '../reply.ts'
import { type StoryAsk, unknown } from './ask.ts'
import { labelOf } from './label.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'
import { linesOf } from './quoted.ts'

/** `facts`: what the article said, what the record shows, and how sure we are. */
export function facts(ask: StoryAsk): Reply {
  if (ask.story.facts.length === 0)
    return missing(['This story has no facts listed yet. All: ', { code: `${ask.head} help` }])
  const units = ask.story.facts.map((fact): Unit => {
    return {
      block: { kind: 'list', items: [factLine(fact)] },
      sources: fact.sources,
      part: `${ask.story.slug}/fact:${fact.id}`,
    }
  })
  const frame = {
    label: labelOf(ask.story),
    title: `Facts · ${ask.story.title}`,
  }
  return paged(ask.story, frame, units, { page: ask.flags.page, line: ask.again })
}

/** `who [name]`: people and organisations, with the role they had at the time. */
export function who(ask: StoryAsk): Reply {
  if (ask.story.people.length === 0)
    return missing(['This story has no people listed yet. All: ', { code: `${ask.head} help` }])
  const typed = ask.args.join(' ')
  const people = ask.story.people.filter(person => matches(person, typed))
  if (people.length === 0) {
    const lineOf = (name: string) => `${ask.head} ${line({ args: ['who', name], flags: {} })}`
    return unknown(ask.call, typed, {
      known: [ask.story.people.flatMap(person => [person.name, ...person.name.split(' ')])],
      lineOf,
      help: `${ask.head} who`,
    })
  }
  const units = people.map((person): Unit => {
    return {
      block: { kind: 'list', items: [personLine(person)] },
      sources: person.sources,
      part: `${ask.story.slug}/who:${person.name}`,
    }
  })
  const frame = { label: labelOf(ask.story), title: `Who is who · ${ask.story.title}` }
  const again = typed ? `${ask.again} ${line({ args: [tokens(typed).join(' ')], flags: {} })}` : ask.again
  return paged(ask.story, frame, units, { page: ask.flags.page, line: again })
}

function factLine(fact: Fact): Inline[] {
  const sure = ` (${sureOf(fact)})${numbersOf(fact.sources)}`
  if (!fact.claim) return [...fact.text, sure]
  const where = `${fact.claim.source.outlet}, ${linesOf(fact.claim.spans)}: `
  return [
    where,
    fact.claim.says,
    ' → ',
    { bold: fact.claim.verdict.replace(/\.$/, '') },
    '. ',
    ...fact.text,
    sure,
  ]
}

/** How sure we are, in words: several numbers beside a fact do not mean that each of them carries all of it. */
function sureOf({ confidence, sources }: Fact): string {
  if (confidence === 'high') return 'two or more sources'
  if (confidence === 'unverified') return 'not verified'
  return sources.length === 1 ? 'one source' : 'one source, copies of it, or our inference'
}

function personLine(person: Person): Inline[] {
  const about: Inline[] = person.about ? ['. ', ...person.about] : []
  return [{ bold: person.name }, ' · ', person.role, ...about, numbersOf(person.sources)]
}

const numbersOf = (sources: number[]) => (sources.length > 0 ? ` [${sources.join(', ')}]` : '')

function matches(person: Person, typed: string): boolean {
  const known = [person.name, ...person.aliases]
  if (known.some(name => fold(name) === fold(typed))) return true
  const words = known.flatMap(tokens)
  const wanted = tokens(typed)
  return typed === '' || (wanted.length > 0 && wanted.every(word => words.includes(word)))
}

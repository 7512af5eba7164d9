import { type Inline, missing, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import type { Person } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryAsk } from '../context.ts'
import { labelOf } from '../label.ts'
import { line } from '../line.ts'
import { paged, type Unit } from '../pages.ts'
import { unknown } from '../refusals.ts'

/** `who [name]`: people and organisations, with the role they had at the time. */
export function who(ask: StoryAsk): Reply {
  if (ask.story.people.length === 0) return missing(phrases.story.noPeople(`${ask.head} help`))
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
  const frame = { label: labelOf(ask.story), title: phrases.story.title.who(ask.story.title) }
  const again = typed ? `${ask.again} ${line({ args: [tokens(typed).join(' ')], flags: {} })}` : ask.again
  return paged(ask.story, frame, units, { page: ask.flags.page, line: again })
}
const personLine = ({ name, role, about, sources }: Person): Inline[] =>
  phrases.story.person(name, role, about, sources)
function matches(person: Person, typed: string): boolean {
  const known = [person.name, ...person.aliases]
  if (known.some(name => fold(name) === fold(typed))) return true
  const words = known.flatMap(tokens)
  const wanted = tokens(typed)
  return typed === '' || (wanted.length > 0 && wanted.every(word => words.includes(word)))
}

import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import type { Person } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'

/** `who [name]`: people and organisations, with the role they had at the time. */
export function who(ask: StoryRequest): Reply {
  if (ask.story.people.length === 0) return notFoundRefusal(phrases.story.noPeople(`${ask.storyPrefix} help`))
  const typed = ask.args.join(' ')
  const people = ask.story.people.filter(person => isPersonNamed(person, typed))
  if (people.length === 0) {
    const lineOf = (name: string) => `${ask.storyPrefix} ${formatLine({ args: ['who', name], flags: {} })}`
    return refuseUnknown(ask.call, typed, {
      known: [ask.story.people.flatMap(person => [person.name, ...person.name.split(' ')])],
      lineOf,
      help: `${ask.storyPrefix} who`,
    })
  }
  const units = people.map((person): PageUnit => {
    return {
      block: { kind: 'list', items: [personItem(person)] },
      sources: person.sources,
      part: `${ask.story.slug}/who:${person.name}`,
    }
  })
  const frame = { label: labelOf(ask.story), title: phrases.story.title.who(ask.story.title) }
  const again = typed
    ? `${ask.commandLine} ${formatLine({ args: [tokens(typed).join(' ')], flags: {} })}`
    : ask.commandLine
  return renderPage(ask.story, frame, units, { page: ask.flags.page, line: again })
}
const personItem = ({ name, role, about, sources }: Person): Inline[] =>
  phrases.story.person(name, role, about, sources)
function isPersonNamed(person: Person, typed: string): boolean {
  const known = [person.name, ...person.aliases]
  if (known.some(name => fold(name) === fold(typed))) return true
  const words = known.flatMap(tokens)
  const wanted = tokens(typed)
  return typed === '' || (wanted.length > 0 && wanted.every(word => words.includes(word)))
}

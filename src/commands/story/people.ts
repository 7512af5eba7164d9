import { type Inline, notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import type { Person, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'

/** `who [name]`: people and organisations, with the role they had at the time. */
export function who(request: StoryRequest): Reply {
  if (request.story.people.length === 0)
    return notFoundRefusal(phrases.story.noPeople(`${request.storyPrefix} help`))
  const typed = request.args.join(' ')
  const people = typed ? peopleNamed(request.story, typed) : request.story.people
  if (people.length === 0) {
    const lineOf = (name: string) =>
      `${request.storyPrefix} ${formatLine({ args: ['who', name], flags: {} })}`
    return refuseUnknown(request.call, typed, {
      known: [request.story.people.flatMap(person => [person.name, ...person.name.split(' ')])],
      lineOf,
      help: `${request.storyPrefix} who`,
    })
  }
  const units = people.map((person): PageUnit => {
    return {
      block: { kind: 'list', items: [personItem(person)] },
      sources: person.sources,
      part: `${request.story.slug}/who:${person.name}`,
    }
  })
  const frame = { label: labelOf(request.story), title: phrases.story.title.who(request.story.title) }
  const line = typed
    ? `${request.commandLine} ${formatLine({ args: [tokens(typed).join(' ')], flags: {} })}`
    : request.commandLine
  return renderPage(request.story, frame, units, { page: request.flags.page, line })
}

const personItem = ({ name, role, about, sources }: Person): Inline[] =>
  phrases.story.person(name, role, about, sources)

/** The names of people as they are compared, and the words of them. */
const foldedPeople = cacheForLast((story: Story) =>
  story.people.map(person => {
    const names = [person.name, ...person.aliases]
    return { person, names: new Set(names.map(fold)), words: new Set(names.flatMap(tokens)) }
  }),
)

function peopleNamed(story: Story, typed: string): Person[] {
  const folded = fold(typed)
  const wanted = tokens(typed)
  return foldedPeople(story)
    .filter(
      ({ names, words }) => names.has(folded) || (wanted.length > 0 && wanted.every(word => words.has(word))),
    )
    .map(({ person }) => person)
}

import { plainInlines } from '../../chat/plain-text.ts'
import { notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { memoizeParts } from '../../content/memoize.ts'
import type { Person, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf } from '../label.ts'
import { formatLine } from '../line.ts'
import { drawList, type ListItem, turnButtonsAmong } from '../lists/draw-list.ts'
import {
  chooseByWords,
  chosenBy,
  hasTypedWord,
  unusedLead,
  type WordsToFind,
  wordsToFind,
} from '../lists/matching-words.ts'
import { type PageFrame, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'

/** `who [name or words]`: people and organisations, with the role they had at the time. */
export function who(request: StoryRequest): Reply {
  const { story, storyPrefix, commandLine, call, flags } = request
  if (story.people.length === 0) return notFoundRefusal(phrases.story.noPeople(`${storyPrefix} help`))
  const typed = request.args.join(' ')
  const { items, unused, used } = choosePeople(story, typed)
  if (items.length === 0)
    return refuseUnknown(call, typed, {
      known: [story.people.flatMap(person => [person.name, ...person.name.split(' ')])],
      lineOf: name => `${storyPrefix} ${formatLine({ args: ['who', name], flags: {} })}`,
      help: `${storyPrefix} who`,
    })
  const frame: PageFrame = {
    ...unusedLead(call, unused),
    label: labelOf(story),
    title: phrases.story.title.who(story.title),
  }
  const [one] = items
  if (one && items.length === 1 && story.people.length > 1) {
    const buttons = turnButtonsAmong(personItems(story), one, { verbLine: commandLine, back: commandLine })
    const openLine = `${commandLine} ${one.typed}`
    return renderPage(story, { ...frame, buttons }, [one.full!], { page: flags.page, line: openLine })
  }
  const rest = typed ? formatLine({ args: [used.join(' ')], flags: {} }) : ''
  return drawList({
    story,
    frame,
    items,
    line: `${commandLine} ${rest}`.trim(),
    verbLine: commandLine,
    ...chosenBy(call, used),
    menu: phrases.story.menuOfPeople,
    heading: phrases.story.countOfPeople(items.length, `${commandLine} ${items[0]!.typed}`),
    page: flags.page,
  })
}

type PersonItem = ListItem & { names: Set<string>; nameWords: Set<string>; words: WordsToFind }

const personItems = memoizeParts((story: Story) => {
  const lastNames = Map.groupBy(story.people, lastName)
  const everyName = story.people.map(({ name, aliases }) => new Set([name, ...aliases].flatMap(tokens)))
  return story.people.map((person, at): PersonItem => {
    const { name, aliases, role, about, sources } = person
    const unit = { sources, part: `${story.slug}/who:${name}` }
    const last = lastName(person)
    const isOnly =
      lastNames.get(last)!.length === 1 && everyName.every((words, of) => of === at || !words.has(last))
    return {
      index: { ...unit, block: { kind: 'list', items: [phrases.story.personLine(name, role)] } },
      full: { ...unit, block: { kind: 'list', items: [phrases.story.person(name, role, about, sources)] } },
      option: phrases.story.personOption(name, role),
      typed: formatLine({ args: [isOnly && last !== '' ? last : name], flags: {} }),
      names: new Set([name, ...aliases].map(fold)),
      nameWords: everyName[at]!,
      words: wordsToFind(name, ...aliases, role, plainInlines(about ?? [])),
    }
  })
})

const lastName = ({ name }: Person): string => tokens(name).at(-1) ?? ''

/** The people that are typed: by name or by the words of one, otherwise by words of their roles and what they did. */
function choosePeople(story: Story, typed: string) {
  const all = personItems(story)
  const wanted = tokens(typed)
  if (typed === '') return { items: all, used: [], unused: [] }
  const named = all.filter(
    ({ names, nameWords }) =>
      names.has(fold(typed)) || (wanted.length > 0 && wanted.every(word => nameWords.has(word))),
  )
  if (named.length > 0) return { items: named, used: wanted.length > 0 ? wanted : [typed], unused: [] }
  const words = typed.split(/\s+/)
  const { found, used, unused } = chooseByWords(all, words, (item, word) => hasTypedWord(item.words, word))
  return { items: found, used, unused }
}

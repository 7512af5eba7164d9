import { phoneLength } from '../../chat/plain-text.ts'
import { type Inline, list, MAX_BUTTONS, note, PHONE_BUDGET, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Speaker } from '../../content/speakers.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { buttonsFor, fittingButtons, namesakeFlags } from '../buttons.ts'
import { formatLine, type ParsedLine } from '../line.ts'
import { speakerKey } from './attribution.ts'

/** Where speakers were looked for, and the flags that lines about them repeat. */
type SpeakerScope = { library: Library; story?: Story; flags: ParsedLine['flags'] }

const MAX_CHOICES = 10

/** Asks whose words are meant, among several speakers, and offers a line for each. */
export function speakerChoices(speakers: Speaker[], scope: SpeakerScope): Reply {
  const fewNames = distinctNames(speakers, MAX_BUTTONS)
  if (fewNames && fewNames.size < speakers.length) return namesakeChoices(speakers, scope)
  // Namesakes count as one among many names: who asks for it can choose between them.
  const all = [...new Map(speakers.map(({ name }) => [name, name])).keys()]
  const names = all.slice(0, MAX_CHOICES)
  const [first] = names
  if (first === undefined) {
    const { story, library } = scope
    const { noneInStory, noneYet } = phrases.quote
    const sentence = story && library.stories.length > 1 ? noneInStory : noneYet
    return refusal(sentence('/nutgraf story list'))
  }
  const rest = all.length - names.length
  const more = rest > 0 ? [note(phrases.quote.moreNames(rest))] : []
  const lineOf = (name: string) => nameLine(name, scope.flags)
  return {
    ...refusal(phrases.quote.whoseWords(names), ...more, note(...phrases.quote.example(lineOf(first)))),
    buttons: buttonsFor(names.slice(0, MAX_BUTTONS), lineOf),
  }
}

/** Asks which of several people of one name is meant, each with role and story. */
function namesakeChoices(speakers: Speaker[], scope: SpeakerScope): Reply {
  const lines = speakers.slice(0, MAX_CHOICES).map(speaker => speakerLine(speaker, scope))
  const choice = (count: number): Reply => {
    const shown = speakers.slice(0, count)
    const rest = speakers.length - count
    const more = rest > 0 ? [note(phrases.quote.moreNamesakes(rest, '--story'))] : []
    const [first] = lines
    const example = first === undefined ? [] : [note(...phrases.quote.example(first))]
    return {
      ...refusal(phrases.quote.whichNamesake, list(shown.map(namesakeItem)), ...more, ...example),
      buttons: fittingButtons(
        shown.slice(0, MAX_BUTTONS).map((speaker, index) => ({
          label: phrases.quote.namesakeButton(speaker.name, speaker.story.slug),
          line: lines[index]!,
        })),
      ),
    }
  }
  let count = Math.min(speakers.length, MAX_CHOICES)
  while (count > 1 && phoneLength(choice(count)) > PHONE_BUDGET) count--
  return choice(count)
}

const namesakeItem = ({ name, role, story }: Speaker): Inline[] =>
  phrases.quote.namesake(name, role, story.title, story.slug)

/** The different names of speakers, if they are no more than `most`: of many, nobody counts them all. */
function distinctNames(speakers: Speaker[], most: number): Set<string> | undefined {
  const names = new Set<string>()
  for (const { name } of speakers) {
    names.add(tokens(name).join(' ') || name)
    if (names.size > most) return undefined
  }
  return names
}

/** The line that asks for the words of a name. */
export const nameLine = (name: string, flags: ParsedLine['flags']): string =>
  `/quote ${formatLine({ args: [speakerKey(name)], flags })}`

/** The line that asks for the words of one speaker: with the story where somebody else has the same name. */
const speakerLine = (speaker: Speaker, { library, story, flags }: SpeakerScope) =>
  nameLine(speaker.name, { ...flags, ...namesakeFlags(speaker, library, story) })

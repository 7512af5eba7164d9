import type { Call } from '../../chat/platform.ts'
import { list, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Command } from '../command.ts'
import type { Newsroom } from '../context.ts'
import { refusedFlag } from '../flags.ts'
import { headOfStory, labelOf, labelPart, shortLabel } from '../label.ts'
import type { Words } from '../line.ts'
import { paged, type Unit } from '../pages.ts'
import { unknown } from '../refusals.ts'
import { withdrawnBy } from '../withdrawn.ts'
import { runStory } from './story.ts'

const LIST = '/nutgraf story list'
/** Nobody reads thousands of lines in chat; whoever looks for one story among so many searches. */
const MOST_LISTED = 200

/** `/nutgraf story <name>` and `/nutgraf story list`. */
export function storiesCommand(newsroom: Newsroom): Command {
  return {
    name: 'story',
    about: phrases.story.about,
    reach: 'root',
    argument: {
      name: 'name',
      about: phrases.story.aboutName,
      required: false,
      suggests: true,
    },
    flags: ['page', 'public', 'since'],
    run: (typed, call) => {
      // A picker sends a story and its verb as one value.
      const [first = 'list', ...rest] = typed.args.flatMap((arg, index) =>
        index === 0 ? arg.split(/\s+/).filter(word => word !== '') : [arg],
      )
      const library = newsroom.library()
      if (fold(first) === 'list') return storyList(library, typed.flags, call)
      const story = library.story(first)
      if (story) return runStory(story, { args: rest, flags: typed.flags }, call, newsroom)
      return (
        withdrawnBy(library, first) ??
        unknown(call, first, {
          known: [library.names()],
          lineOf: one => `/nutgraf story ${one}`,
          help: LIST,
        })
      )
    },
  }
}

/** `story list`: every story with its state and how far it reaches. */
function storyList(library: Library, flags: Words['flags'], call: Call): Reply {
  const refused = refusedFlag(flags, LIST, ['page'])
  if (refused) return refused
  const { stories } = library
  const [first] = stories
  if (!first) return refusal([phrases.story.none])
  const units = stories.slice(0, MOST_LISTED).map((story): Unit => {
    const item = [
      { code: `${headOfStory(story, call)} summary` },
      ' · ',
      { bold: story.title },
      ` · ${shortLabel(story)}`,
    ]
    return { block: list([item]), sources: [], part: labelPart(story) }
  })
  const listed = stories.length > MOST_LISTED ? MOST_LISTED : undefined
  const label =
    stories.length === 1
      ? labelOf(first)
      : { state: first.state, line: phrases.story.all(stories.length, listed) }
  return { ...paged(undefined, { label }, units, { page: flags.page, line: LIST }), guide: true }
}

import type { Call } from '../../chat/platform.ts'
import { list, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { labelOf, labelPart, shortLabel, storyPrefix } from '../label.ts'
import type { ParsedLine } from '../line.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'
import { withdrawnNoticeFor } from '../withdrawn.ts'
import { runStory } from './story.ts'

const LIST_LINE = '/nutgraf story list'
/** How many stories are listed at most: nobody reads thousands of lines in chat, and a search is faster. */
const MAX_LISTED = 200

/** `/nutgraf story <name>` and `/nutgraf story list`. */
export function storiesCommand(newsroom: CommandContext): Command {
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
    run: ({ args, flags }, call) => {
      // A picker sends a story and its verb as one value.
      const [name = 'list', ...rest] = args.flatMap((arg, index) =>
        index === 0 ? arg.split(/\s+/).filter(word => word !== '') : [arg],
      )
      const library = newsroom.library()
      if (fold(name) === 'list') return storyList(library, flags, call)
      const story = library.story(name)
      if (story) return runStory(story, { args: rest, flags }, call, newsroom)
      return (
        withdrawnNoticeFor(library, name) ??
        refuseUnknown(call, name, {
          known: [library.storyNames()],
          lineOf: known => `/nutgraf story ${known}`,
          help: LIST_LINE,
        })
      )
    },
  }
}

/** `story list`: every story with its state and how far it reaches. */
function storyList(library: Library, flags: ParsedLine['flags'], call: Call): Reply {
  const problem = flagProblem(flags, LIST_LINE, ['page'])
  if (problem) return problem
  const { stories } = library
  const [first] = stories
  if (!first) return refusal([phrases.story.none])
  const units = stories.slice(0, MAX_LISTED).map((story): PageUnit => {
    const item = [
      { code: `${storyPrefix(story, call)} summary` },
      ' · ',
      { bold: story.title },
      ` · ${shortLabel(story)}`,
    ]
    return { block: list([item]), sources: [], part: labelPart(story) }
  })
  const listed = stories.length > MAX_LISTED ? MAX_LISTED : undefined
  const label =
    stories.length === 1
      ? labelOf(first)
      : { state: first.state, line: phrases.story.all(stories.length, listed) }
  return { ...renderPage(undefined, { label }, units, { page: flags.page, line: LIST_LINE }), guide: true }
}

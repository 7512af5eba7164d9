import type { Call } from '../../chat/platform.ts'
import { list, MAX_BUTTONS, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { keepable } from '../../content/kept-values.ts'
import { memoizeParts } from '../../content/memoize.ts'
import { STORY_VERBS, type Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import { type CommandContext, callerZone, type StoryRequest } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { labelOf, labelPart, storyPrefix } from '../label.ts'
import type { ParsedLine } from '../line.ts'
import { unusedLead } from '../lists/matching-words.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'
import { aboutSection } from './about-section.ts'
import { recentChangesLine, storyChanges } from './changes.ts'
import { facts } from './facts.ts'
import { follow } from './follow.ts'
import { next } from './next.ts'
import { who } from './people.ts'
import { storyQuotes } from './quotes.ts'
import { sectionReply, storyStatus } from './section.ts'
import { sources } from './sources.ts'
import { latest, timeline } from './timeline.ts'
import { verbsWithContent } from './verbs-with-content.ts'

/** A verb of a story: how pickers and help show it, an example from the story's own content, and its function. */
type StoryVerb = Subcommand & {
  example?(story: Story): string
  run(request: StoryRequest, newsroom: CommandContext): Reply | Promise<Reply>
}

const { aboutVerb, aboutValue } = phrases.story

const DIGEST_ARGUMENT: Argument = {
  name: 'digest',
  about: aboutValue.digest,
  required: false,
  suggests: true,
}

const VERBS: StoryVerb[] = [
  {
    name: 'summary',
    about: aboutVerb.summary,
    run: request => sectionReply(request, 'summary'),
  },
  { name: 'status', about: aboutVerb.status, run: storyStatus },
  {
    name: 'timeline',
    about: aboutVerb.timeline,
    argument: {
      name: 'range',
      about: aboutValue.range,
      required: false,
      suggests: true,
    },
    flags: ['since', 'page', 'chart', 'dark', 'public'],
    example: story => `timeline ${story.timeline.at(-1)?.date.slice(0, 4) ?? ''}`,
    run: timeline,
  },
  { name: 'latest', about: aboutVerb.latest, run: latest },
  {
    name: 'quotes',
    about: aboutVerb.quotes,
    argument: { name: 'speaker', about: aboutValue.speaker, required: false, suggests: true },
    example: story => `quotes ${lastWord(story.quotes[0]?.speaker)}`,
    run: storyQuotes,
  },
  {
    name: 'who',
    about: aboutVerb.who,
    argument: { name: 'name', about: aboutValue.name, required: false, suggests: true },
    example: story => `who ${lastWord(story.people[0]?.name)}`,
    run: who,
  },
  { name: 'background', about: aboutVerb.background, run: request => sectionReply(request, 'background') },
  {
    name: 'facts',
    about: aboutVerb.facts,
    argument: { name: 'words', about: aboutValue.words, required: false },
    run: facts,
  },
  {
    name: 'sources',
    about: aboutVerb.sources,
    argument: { name: 'number', about: aboutValue.number, required: false, suggests: true },
    example: story => `sources #${story.sources[0]?.number ?? 1}`,
    run: sources,
  },
  { name: 'next', about: aboutVerb.next, run: next },
  {
    name: 'changes',
    about: aboutVerb.changes,
    flags: ['since', 'page', 'public'],
    run: storyChanges,
  },
  {
    name: 'follow',
    about: aboutVerb.follow,
    argument: DIGEST_ARGUMENT,
    flags: [],
    run: (request, newsroom) => follow(newsroom, request, true),
  },
  {
    name: 'unfollow',
    about: aboutVerb.unfollow,
    argument: DIGEST_ARGUMENT,
    flags: [],
    run: (request, newsroom) => follow(newsroom, request, false),
  },
  { name: 'help', about: aboutVerb.help, run: storyHelp },
]

/** Creates the command that a story claims: `/lawsuit summary` is short for `/nutgraf lawsuit summary`. */
export function storyCommand(story: Story, newsroom: CommandContext): Command {
  return {
    name: story.command ?? story.slug,
    about: story.title,
    reach: 'always',
    // Read when a picker asks: a line about a story needs that story alone.
    get subcommands(): Subcommand[] {
      return verbsOf(story).map(({ run: _, example: __, ...verb }) => ({
        flags: ['page', 'public'],
        ...verb,
      }))
    },
    run: (parsed, call) => runStory(story, parsed, call, newsroom),
  }
}

/** Answers a line about one story, given the words after its name. Without a verb that is the summary. */
export function runStory(
  story: Story,
  { args: [typed = 'summary', ...args], flags }: ParsedLine,
  call: Call,
  newsroom: CommandContext,
): Reply | Promise<Reply> {
  const name = fold(typed)
  const verbs = verbsOf(story)
  // A built-in verb without content is not offered, but when typed it says so itself.
  const named = (wanted: string) => [...verbs, ...VERBS].find(candidate => candidate.name === wanted)
  const verb = named(name) ?? named(SINGULARS[name] ?? name)
  const prefix = storyPrefix(story, call)
  if (!verb) {
    return refuseUnknown(call, typed, {
      known: [verbs.map(known => known.name)],
      lineOf: known => `${prefix} ${known}`,
      help: `${prefix} help`,
    })
  }
  const commandLine = `${prefix} ${verb.name}`
  const problem = flagProblem(flags, commandLine, verb.flags ?? ['page'])
  if (problem) return problem
  const request = {
    story,
    library: newsroom.library(),
    wire: newsroom.wire?.(),
    args,
    flags,
    call,
    zone: callerZone(call, newsroom),
    storyPrefix: prefix,
    commandLine,
  }
  const reply = verb.run(request, newsroom)
  if (reply instanceof Promise) return reply
  // No typed word is dropped in silence.
  const told = verb.argument || reply.refusal ? reply : { ...unusedLead(call, args), ...reply }
  return VERBS_WITHOUT_CHANGES_BUTTON.has(verb.name) ? told : withChangesButton(told, request)
}

/** People ask for one thing of a list by the word for one: `source 37`. */
const SINGULARS: Record<string, string> = { source: 'sources', quote: 'quotes', fact: 'facts' }

/** Verbs whose answers list the changes themselves, or show nothing that changes. */
const VERBS_WITHOUT_CHANGES_BUTTON = new Set(['changes', 'sources', 'follow', 'unfollow', 'help'])

/** Adds a button to the recent changes of a story, leaving room for one page button and the share button. */
function withChangesButton(reply: Reply, request: StoryRequest): Reply {
  const { buttons = [] } = reply
  const line = recentChangesLine(request)
  if (reply.refusal || buttons.filter(({ turns }) => turns).length > 1 || line === undefined) return reply
  const changesButton = { label: phrases.story.button.changes, line }
  return { ...reply, buttons: [...buttons.slice(0, MAX_BUTTONS - 2), changesButton] }
}

/** Every verb of a story: the built-in ones it has content for, and one for each further section of story.md. */
export const verbsOf = memoizeParts((story: Story): StoryVerb[] => {
  const sectionVerbs = story.sections
    .filter(({ name }) => !(STORY_VERBS as readonly string[]).includes(name))
    .map(
      (section): StoryVerb => ({
        name: section.name,
        about: aboutSection(section),
        run: request => sectionReply(request, section.name),
      }),
    )
  const filled = verbsWithContent(story)
  const builtIn = VERBS.filter(verb => filled.includes(verb.name))
  // Verbs that show something come first; follow, unfollow and help close the list.
  const follow = builtIn.findIndex(verb => verb.name === 'follow')
  return [...builtIn.slice(0, follow), ...sectionVerbs, ...builtIn.slice(follow)]
})

/** The names of the verbs of a story. */
export const verbNamesOf = keepable('verbNames', story => verbsOf(story).map(({ name }) => name))

function storyHelp(request: StoryRequest): Reply {
  const units = verbsOf(request.story).map((verb): PageUnit => {
    const example = { code: `${request.storyPrefix} ${verb.example?.(request.story) ?? verb.name}` }
    return { block: list([[example, ` · ${verb.about}`]]), sources: [], part: labelPart(request.story) }
  })
  const frame = { label: labelOf(request.story), title: phrases.story.title.help(request.story.title) }
  return {
    ...renderPage(undefined, frame, units, { page: request.flags.page, line: request.commandLine }),
    guide: true,
  }
}

/** The last word of a name, as people would type it. */
const lastWord = (name: string | undefined) => tokens(name ?? '').at(-1) ?? ''

import type { Call } from '../../chat/platform.ts'
import { list, MAX_BUTTONS, note, notFoundRefusal, type Reply, text } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { type Section, STORY_VERBS, type Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import { type CommandContext, callerZone, type StoryRequest } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { eventPart, labelOf, labelPart, sectionPart, storyPrefix } from '../label.ts'
import type { ParsedLine } from '../line.ts'
import { isPageButton, type PageUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'
import { aboutSection } from './about-section.ts'
import { hasRecentChanges, storyChanges } from './changes.ts'
import { facts } from './facts.ts'
import { follow } from './follow.ts'
import { who } from './people.ts'
import { storyQuotes } from './quotes.ts'
import { sources } from './sources.ts'
import { eventText, latest, timeline } from './timeline.ts'

/** A verb of a story: what pickers and help show of it, an example from the story's own content, and what answers it. */
type StoryVerb = Subcommand & {
  example?(story: Story): string
  run(ask: StoryRequest, newsroom: CommandContext): Reply | Promise<Reply>
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
    run: ask => sectionReply(ask, 'summary'),
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
  { name: 'background', about: aboutVerb.background, run: ask => sectionReply(ask, 'background') },
  { name: 'facts', about: aboutVerb.facts, run: facts },
  {
    name: 'sources',
    about: aboutVerb.sources,
    argument: { name: 'number', about: aboutValue.number, required: false, suggests: true },
    example: story => `sources #${story.sources[0]?.number ?? 1}`,
    run: sources,
  },
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
    run: (ask, newsroom) => follow(newsroom, ask, true),
  },
  {
    name: 'unfollow',
    about: aboutVerb.unfollow,
    argument: DIGEST_ARGUMENT,
    flags: [],
    run: (ask, newsroom) => follow(newsroom, ask, false),
  },
  { name: 'help', about: aboutVerb.help, run: storyHelp },
]

/** The command that a story claims: `/lawsuit summary` is `/nutgraf lawsuit summary` under a shorter name. */
export function storyCommand(story: Story, newsroom: CommandContext): Command {
  return {
    name: story.command ?? story.slug,
    about: story.title,
    reach: 'always',
    subcommands: verbsOf(story).map(({ run: _, example: __, ...verb }) => ({
      flags: ['page', 'public'],
      ...verb,
    })),
    run: (words, call) => runStory(story, words, call, newsroom),
  }
}

/** Answers a line about one story: the words after its name. No verb at all means the summary. */
export function runStory(
  story: Story,
  words: ParsedLine,
  call: Call,
  newsroom: CommandContext,
): Reply | Promise<Reply> {
  const [typed = 'summary', ...args] = words.args
  const name = fold(typed)
  const own = verbsOf(story)
  // A verb that the story has nothing for says so itself.
  const verb = own.find(one => one.name === name) ?? VERBS.find(one => one.name === name)
  const head = storyPrefix(story, call)
  if (!verb) {
    return refuseUnknown(call, typed, {
      known: [own.map(one => one.name)],
      lineOf: one => `${head} ${one}`,
      help: `${head} help`,
    })
  }
  const commandLine = `${head} ${verb.name}`
  const refused = flagProblem(words.flags, commandLine, verb.flags ?? ['page'])
  if (refused) return refused
  const library = newsroom.library()
  const ask = {
    story,
    library,
    args,
    flags: words.flags,
    call,
    zone: callerZone(call, newsroom),
    storyPrefix: head,
    commandLine,
  }
  const reply = verb.run(ask, newsroom)
  return reply instanceof Promise || VERBS_WITHOUT_CHANGES_BUTTON.has(verb.name)
    ? reply
    : withChangesButton(reply, ask)
}

/** Verbs whose answers tell what changed themselves, or show nothing that does. */
const VERBS_WITHOUT_CHANGES_BUTTON = new Set(['changes', 'sources', 'follow', 'unfollow', 'help'])

/** An answer with a button to what changed, where something has: beside the way to the next page and room for one more. */
function withChangesButton(reply: Reply, ask: StoryRequest): Reply {
  const { buttons = [] } = reply
  if (reply.refusal || buttons.filter(isPageButton).length > 1 || !hasRecentChanges(ask.story, ask))
    return reply
  const changed = { label: phrases.story.button.changes, line: `${ask.storyPrefix} changes` }
  return { ...reply, buttons: [...buttons.slice(0, MAX_BUTTONS - 2), changed] }
}

/** The verbs of a story stay as they are as long as the story does, and each line about it asks for them. */
const verbsCache = new WeakMap<Story, StoryVerb[]>()

/** Every verb of a story: the built-in ones it has content for, and one for each further section of story.md. */
export function verbsOf(story: Story): StoryVerb[] {
  const verbs = verbsCache.get(story) ?? buildVerbs(story)
  verbsCache.set(story, verbs)
  return verbs
}

function buildVerbs(story: Story): StoryVerb[] {
  const own = story.sections
    .filter(one => !(STORY_VERBS as readonly string[]).includes(one.name))
    .map(
      (one): StoryVerb => ({
        name: one.name,
        about: aboutSection(one),
        run: ask => sectionReply(ask, one.name),
      }),
    )
  const all = VERBS.filter(verb => hasContentFor(story, verb.name))
  // What asks the story something stands together, before what one does with it.
  const asks = all.findIndex(verb => verb.name === 'follow')
  return [...all.slice(0, asks), ...own, ...all.slice(asks)]
}

function hasContentFor(story: Story, verb: string): boolean {
  if (verb === 'summary' || verb === 'background') return story.sections.some(one => one.name === verb)
  if (verb === 'timeline' || verb === 'latest') return story.timeline.length > 0
  if (verb === 'quotes' || verb === 'facts' || verb === 'sources') return story[verb].length > 0
  return verb !== 'who' || story.people.length > 0
}

function sectionReply(ask: StoryRequest, name: string): Reply {
  const { story, storyPrefix: head } = ask
  const found = story.sections.find(one => one.name === name)
  if (!found) return notFoundRefusal(phrases.story.noSection(name, `${head} help`))
  const summary = name === 'summary'
  const next = (['sources', 'timeline'] as const).filter(verb => hasContentFor(story, verb))
  const frame = {
    label: labelOf(story),
    title: summary ? story.title : `${found.title} · ${story.title}`,
    ...(summary && {
      buttons: next.map(verb => ({ label: phrases.story.button[verb], line: `${head} ${verb}` })),
    }),
  }
  return renderPage(story, frame, sectionUnits(story, found), { page: ask.flags.page, line: ask.commandLine })
}

const sectionUnits = (story: Story, found: Section): PageUnit[] =>
  found.body.map(cited => ({ ...cited, part: sectionPart(story, found) }))

function storyStatus(ask: StoryRequest): Reply {
  const { story } = ask
  const written = story.sections.find(one => one.name === 'status')
  const last = story.timeline.at(-1)
  const part = labelPart(story)
  const units: PageUnit[] = written
    ? sectionUnits(story, written)
    : [{ block: text(story.dek), sources: [], part }]
  if (last) {
    units.push({
      block: text(...phrases.story.lastChange(eventText(last))),
      sources: last.sources,
      part: eventPart(story, last),
    })
  }
  if (story.next) units.push({ block: text(...phrases.story.next(story.next)), sources: [], part })
  if (story.archive) units.push({ block: note(story.archive), sources: [], part })
  const frame = { label: labelOf(story), title: phrases.story.title.status(story.title) }
  return renderPage(story, frame, units, { page: ask.flags.page, line: ask.commandLine })
}

function storyHelp(ask: StoryRequest): Reply {
  const units = verbsOf(ask.story).map((verb): PageUnit => {
    const example = { code: `${ask.storyPrefix} ${verb.example?.(ask.story) ?? verb.name}` }
    return { block: list([[example, ` · ${verb.about}`]]), sources: [], part: labelPart(ask.story) }
  })
  const frame = { label: labelOf(ask.story), title: phrases.story.title.help(ask.story.title) }
  return {
    ...renderPage(undefined, frame, units, { page: ask.flags.page, line: ask.commandLine }),
    guide: true,
  }
}

/** The last word of a name, as somebody would type it. */
const lastWord = (name: string | undefined) => tokens(name ?? '').at(-1) ?? ''

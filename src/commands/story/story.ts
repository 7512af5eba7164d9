import type { Call } from '../../chat/platform.ts'
import { list, MOST_ACTIONS, missing, note, type Reply, text } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { type Section, STORY_VERBS, type Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import { type Newsroom, type StoryAsk, zoneOf } from '../context.ts'
import { refusedFlag } from '../flags.ts'
import { eventPart, headOfStory, labelOf, labelPart, sectionPart } from '../label.ts'
import type { Words } from '../line.ts'
import { isTurn, paged, type Unit } from '../pages.ts'
import { unknown } from '../refusals.ts'
import { aboutSection } from './about-section.ts'
import { changedLately, storyChanges } from './changes.ts'
import { facts } from './facts.ts'
import { follow } from './follow.ts'
import { who } from './people.ts'
import { storyQuotes } from './quotes.ts'
import { sources } from './sources.ts'
import { eventLine, latest, timeline } from './timeline.ts'

/** A verb of a story: what pickers and help show of it, an example from the story's own content, and what answers it. */
type Verb = Subcommand & {
  example?(story: Story): string
  run(ask: StoryAsk, newsroom: Newsroom): Reply | Promise<Reply>
}

const { aboutVerb, aboutValue } = phrases.story

const DIGEST: Argument = {
  name: 'digest',
  about: aboutValue.digest,
  required: false,
  suggests: true,
}

const VERBS: Verb[] = [
  {
    name: 'summary',
    about: aboutVerb.summary,
    run: ask => section(ask, 'summary'),
  },
  { name: 'status', about: aboutVerb.status, run: status },
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
  { name: 'background', about: aboutVerb.background, run: ask => section(ask, 'background') },
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
    argument: DIGEST,
    flags: [],
    run: (ask, newsroom) => follow(newsroom, ask, true),
  },
  {
    name: 'unfollow',
    about: aboutVerb.unfollow,
    argument: DIGEST,
    flags: [],
    run: (ask, newsroom) => follow(newsroom, ask, false),
  },
  { name: 'help', about: aboutVerb.help, run: help },
]

/** The command that a story claims: `/lawsuit summary` is `/nutgraf lawsuit summary` under a shorter name. */
export function storyCommand(story: Story, newsroom: Newsroom): Command {
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
export function runStory(story: Story, words: Words, call: Call, newsroom: Newsroom): Reply | Promise<Reply> {
  const [typed = 'summary', ...args] = words.args
  const name = fold(typed)
  const own = verbsOf(story)
  // A verb that the story has nothing for says so itself.
  const verb = own.find(one => one.name === name) ?? VERBS.find(one => one.name === name)
  const head = headOfStory(story, call)
  if (!verb) {
    return unknown(call, typed, {
      known: [own.map(one => one.name)],
      lineOf: one => `${head} ${one}`,
      help: `${head} help`,
    })
  }
  const again = `${head} ${verb.name}`
  const refused = refusedFlag(words.flags, again, verb.flags ?? ['page'])
  if (refused) return refused
  const library = newsroom.library()
  const ask = { story, library, args, flags: words.flags, call, zone: zoneOf(call, newsroom), head, again }
  const reply = verb.run(ask, newsroom)
  return reply instanceof Promise || ELSEWHERE.has(verb.name) ? reply : withChanges(reply, ask)
}

/** Verbs whose answers tell what changed themselves, or show nothing that does. */
const ELSEWHERE = new Set(['changes', 'sources', 'follow', 'unfollow', 'help'])

/** An answer with a button to what changed, where something has: beside the way to the next page and room for one more. */
function withChanges(reply: Reply, ask: StoryAsk): Reply {
  const { actions = [] } = reply
  if (reply.refusal || actions.filter(isTurn).length > 1 || !changedLately(ask.story, ask)) return reply
  const changed = { label: phrases.story.button.changes, line: `${ask.head} changes` }
  return { ...reply, actions: [...actions.slice(0, MOST_ACTIONS - 2), changed] }
}

/** The verbs of a story stay as they are as long as the story does, and each line about it asks for them. */
const KNOWN = new WeakMap<Story, Verb[]>()

/** Every verb of a story: the built-in ones it has content for, and one for each further section of story.md. */
export function verbsOf(story: Story): Verb[] {
  const verbs = KNOWN.get(story) ?? verbsIn(story)
  KNOWN.set(story, verbs)
  return verbs
}

function verbsIn(story: Story): Verb[] {
  const own = story.sections
    .filter(one => !(STORY_VERBS as readonly string[]).includes(one.name))
    .map((one): Verb => ({ name: one.name, about: aboutSection(one), run: ask => section(ask, one.name) }))
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

function section(ask: StoryAsk, name: string): Reply {
  const { story, head } = ask
  const found = story.sections.find(one => one.name === name)
  if (!found) return missing(phrases.story.noSection(name, `${head} help`))
  const summary = name === 'summary'
  const next = (['sources', 'timeline'] as const).filter(verb => hasContentFor(story, verb))
  const frame = {
    label: labelOf(story),
    title: summary ? story.title : `${found.title} · ${story.title}`,
    ...(summary && {
      actions: next.map(verb => ({ label: phrases.story.button[verb], line: `${head} ${verb}` })),
    }),
  }
  return paged(story, frame, unitsOf(story, found), { page: ask.flags.page, line: ask.again })
}

const unitsOf = (story: Story, found: Section): Unit[] =>
  found.body.map(cited => ({ ...cited, part: sectionPart(story, found) }))

function status(ask: StoryAsk): Reply {
  const { story } = ask
  const written = story.sections.find(one => one.name === 'status')
  const last = story.timeline.at(-1)
  const part = labelPart(story)
  const units: Unit[] = written ? unitsOf(story, written) : [{ block: text(story.dek), sources: [], part }]
  if (last) {
    units.push({
      block: text(...phrases.story.lastChange(eventLine(last))),
      sources: last.sources,
      part: eventPart(story, last),
    })
  }
  if (story.next) units.push({ block: text(...phrases.story.next(story.next)), sources: [], part })
  if (story.archive) units.push({ block: note(story.archive), sources: [], part })
  const frame = { label: labelOf(story), title: phrases.story.title.status(story.title) }
  return paged(story, frame, units, { page: ask.flags.page, line: ask.again })
}

function help(ask: StoryAsk): Reply {
  const units = verbsOf(ask.story).map((verb): Unit => {
    const example = { code: `${ask.head} ${verb.example?.(ask.story) ?? verb.name}` }
    return { block: list([[example, ` · ${verb.about}`]]), sources: [], part: labelPart(ask.story) }
  })
  const frame = { label: labelOf(ask.story), title: phrases.story.title.help(ask.story.title) }
  return { ...paged(undefined, frame, units, { page: ask.flags.page, line: ask.again }), guide: true }
}

/** The last word of a name, as somebody would type it. */
const lastWord = (name: string | undefined) => tokens(name ?? '').at(-1) ?? ''

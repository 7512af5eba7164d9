import { fold } from '../content/fold.ts'
import { type Section, STORY_VERBS, type Story } from '../content/story.ts'
import type { Call } from '../platform.ts'
import { list, note, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, type StoryAsk, unknown, zoneOf } from './ask.ts'
import { storyChanges } from './changes.ts'
import type { Command, Subcommand } from './command.ts'
import { headOfStory, labelOf, sectionPart } from './label.ts'
import type { Words } from './line.ts'
import { paged, type Unit } from './pages.ts'
import { storyQuotes } from './quotes.ts'
import { facts, who } from './record.ts'
import { sources } from './sources.ts'
import { eventLine, latest, timeline } from './timeline.ts'

/** A verb of a story: what pickers and help show of it, and what answers it. */
type Verb = Subcommand & { run(ask: StoryAsk): Reply }

const VERBS: Verb[] = [
  {
    name: 'summary',
    about: 'What it is about, with an argument of each side',
    run: ask => section(ask, 'summary'),
  },
  { name: 'status', about: 'Where it stands now, the last change, what comes next', run: status },
  {
    name: 'timeline',
    about: 'Dated events with their sources',
    argument: {
      name: 'range',
      about: 'A year, month, day or range: 2018, 2018-04, 2017-08..2018-07',
      required: false,
    },
    flags: ['since', 'page', 'public'],
    example: 'timeline 2018',
    run: timeline,
  },
  { name: 'latest', about: 'The last week of events', run: latest },
  {
    name: 'quotes',
    about: 'Verbatim quotes, with speaker, role, date and line',
    argument: { name: 'speaker', about: 'Only what this speaker said', required: false, suggests: true },
    example: 'quotes sessions',
    run: storyQuotes,
  },
  {
    name: 'who',
    about: 'People and organisations, with their role at the time',
    argument: { name: 'name', about: 'Only this person', required: false, suggests: true },
    example: 'who siskel',
    run: who,
  },
  { name: 'background', about: 'The explainer', run: ask => section(ask, 'background') },
  { name: 'facts', about: 'What was claimed, what the record shows, how sure we are', run: facts },
  {
    name: 'sources',
    about: 'The numbered sources',
    argument: { name: 'number', about: 'All about one source', required: false },
    example: 'sources #1',
    run: sources,
  },
  {
    name: 'changes',
    about: 'Corrections and revisions of our own text, and why',
    flags: ['since', 'page', 'public'],
    run: storyChanges,
  },
  { name: 'help', about: 'These verbs, with an example each', run: help },
]

/** The command that a story claims: `/lawsuit summary` is `/nutgraf lawsuit summary` under a shorter name. */
export function storyCommand(story: Story, newsroom: Newsroom): Command {
  return {
    name: story.command ?? story.slug,
    about: story.title,
    reach: 'always',
    subcommands: verbsOf(story).map(({ run: _, ...verb }) => ({ flags: ['page', 'public'], ...verb })),
    run: (words, call) => runStory(story, words, call, newsroom),
  }
}

/** Answers a line about one story: the words after its name. No verb at all means the summary. */
export function runStory(story: Story, words: Words, call: Call, newsroom: Newsroom): Reply {
  const [typed = 'summary', ...args] = words.args
  const verbs = verbsOf(story)
  const verb = verbs.find(one => one.name === fold(typed))
  const head = headOfStory(story)
  if (!verb) {
    return unknown(call, typed, {
      known: verbs.map(one => one.name),
      lineOf: name => `${head} ${name}`,
      help: `${head} help`,
    })
  }
  const known: string[] = verb.flags ?? ['page', 'public']
  const strange = Object.keys(words.flags).find(flag => !known.includes(flag))
  if (strange !== undefined) {
    return refusal([
      { code: `${head} ${verb.name}` },
      ' does not take that flag. It takes ',
      known.map(flag => `--${flag}`).join(', '),
      '.',
    ])
  }
  const again = `${head} ${verb.name}`
  return verb.run({
    story,
    library: newsroom.library(),
    args,
    flags: words.flags,
    call,
    zone: zoneOf(call, newsroom),
    again,
  })
}

/** Every verb of a story: the built-in ones it has content for, and one for each further section of story.md. */
export function verbsOf(story: Story): Verb[] {
  const own = story.sections
    .filter(one => !(STORY_VERBS as readonly string[]).includes(one.name))
    .map((one): Verb => ({ name: one.name, about: one.title, run: ask => section(ask, one.name) }))
  const has = (name: string) => story.sections.some(one => one.name === name)
  return [...VERBS.filter(verb => !['summary', 'background'].includes(verb.name) || has(verb.name)), ...own]
}

function section(ask: StoryAsk, name: string): Reply {
  const found = ask.story.sections.find(one => one.name === name)
  if (!found) return refusal([`This story has no ${name} yet. `, { code: `${headOfStory(ask.story)} help` }])
  const head = headOfStory(ask.story)
  const summary = name === 'summary'
  const frame = {
    label: labelOf(ask.story),
    title: summary ? ask.story.title : `${found.title} · ${ask.story.title}`,
    ...(summary && {
      actions: [
        { label: 'Sources', line: `${head} sources` },
        { label: 'Timeline', line: `${head} timeline` },
        { label: 'Quotes', line: `${head} quotes` },
      ],
    }),
  }
  return paged(ask.story, frame, unitsOf(ask.story, found), { page: ask.flags.page, line: ask.again })
}

/** The blocks of a section as units; its sources stand with the first of them, as they belong to the whole. */
function unitsOf(story: Story, found: Section): Unit[] {
  const blocks = found.body.flatMap(block =>
    block.kind === 'list' ? block.items.map(item => list([item])) : [block],
  )
  return blocks.map(block => ({ block, sources: found.sources, part: sectionPart(story, found) }))
}

function status(ask: StoryAsk): Reply {
  const { story } = ask
  const written = story.sections.find(one => one.name === 'status')
  const last = story.timeline.at(-1)
  const part = written ? sectionPart(story, written) : `${story.slug}/label`
  const units: Unit[] = written ? unitsOf(story, written) : [{ block: text(story.dek), sources: [], part }]
  if (last) {
    units.push({
      block: text({ bold: 'Last change:' }, ' ', ...eventLine(last)),
      sources: last.sources,
      part: `${story.slug}/event:${last.id}`,
    })
  }
  if (story.next) units.push({ block: text({ bold: 'Next:' }, ' ', story.next), sources: [], part })
  if (story.archive) units.push({ block: note(story.archive), sources: [], part })
  const frame = { label: labelOf(story), title: `Status · ${story.title}` }
  return paged(story, frame, units, { page: ask.flags.page, line: ask.again })
}

function help(ask: StoryAsk): Reply {
  const head = headOfStory(ask.story)
  const units = verbsOf(ask.story).map((verb): Unit => {
    const example = { code: `${head} ${verb.example ?? verb.name}` }
    return { block: list([[example, ` · ${verb.about}`]]), sources: [], part: `${ask.story.slug}/label` }
  })
  const frame = { label: labelOf(ask.story), title: `What you can ask · ${ask.story.title}` }
  return paged({ ...ask.story, checked: undefined } as Story, frame, units, {
    page: ask.flags.page,
    line: ask.again,
  })
}

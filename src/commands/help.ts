import { cautionsOf } from '../content/cautions.ts'
import { tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { ago, dayOf, readable } from '../dates.ts'
import { phoneLength } from '../plain.ts'
import { type Call, platformOf } from '../platform.ts'
import { type Inline, list, note, PHONE_BUDGET, type Reply, text } from '../reply.ts'
import { type Newsroom, unknown, zoneOf } from './ask.ts'
import { type Command, FLAGS, isOffered, shownValues } from './command.ts'
import { headOfStory, labelPart } from './label.ts'
import { runStory, verbsOf } from './story.ts'
import { withdrawnBy } from './withdrawn.ts'

const PRIVATE: Record<string, string> = {
  preview: 'The words here are those that Slack and Discord would be sent.',
  slack: 'Only you see slash-command answers until you share them.',
  discord: 'Only you see slash-command answers until you share them.',
}
const ALSO = 5

/** The short page of help: six lines, made for the platform it is on, with lines that can be typed there. */
export function help(newsroom: Newsroom, call: Call): Reply {
  const library = newsroom.library()
  const story = library.stories.find(one => one.command) ?? library.stories[0]
  const lines: Inline[][] = []
  if (story) {
    const head = headOfStory(story, call)
    const also = verbsOf(story).map(verb => verb.name)
    lines.push([
      { code: `${head} summary` },
      ` · also: ${also.slice(1, ALSO + 1).join(', ')}; all: `,
      { code: `${head} help` },
    ])
  }
  const speaker = tokens(library.allSpeakers()[0]?.name ?? '').at(-1)
  if (speaker !== undefined) {
    lines.push([{ code: `/quote ${speaker}` }, ' · exact words, with the source'])
    lines.push([{ code: '/quote check "some words"' }, ' · are these words in our sources?'])
  }
  lines.push([{ code: `/nutgraf find ${exampleWord(library)}` }, ' · search everything'])
  lines.push([{ code: '/nutgraf changes' }, ' · what is new, what was corrected'])
  if (library.digests.length > 0)
    lines.push([{ code: '/digest status' }, ' · what this channel gets, and when'])
  lines.push([{ code: '/nutgraf story list' }, ` · all ${library.stories.length} stories`])
  const where = platformOf(call.place)
  const thread: Inline[] = [
    'In a thread or a message: ',
    { code: `@nutgraf ${story?.command ?? story?.slug ?? 'help'}` },
    ' (everyone sees the answer)',
  ]
  return {
    blocks: [
      text({ bold: 'nutgraf:' }, ' short, sourced answers. ', PRIVATE[where] ?? PRIVATE.slack!),
      list(lines),
      ...(where === 'preview' ? [] : [note(...thread)]),
    ],
    ...(newsroom.reports?.place && { actions: [{ label: 'Report an error', line: '/nutgraf report' }] }),
    parts: [],
    audience: 'caller',
  }
}

/** `help <command>`: of one command, or of a story by any of its names. */
export function helpFor(
  name: string,
  commands: Command[],
  newsroom: Newsroom,
  call: Call,
): Reply | Promise<Reply> {
  const wanted = name.replace(/^\//, '')
  const withdrawn = withdrawnBy(newsroom.library(), wanted)
  if (withdrawn) return withdrawn
  const story = newsroom.library().story(wanted)
  if (story) return runStory(story, { args: ['help'], flags: {} }, call, newsroom)
  const word = wanted.trim().toLowerCase()
  const command = commands.find(one => one.name === word)
  if (command) return command.name === 'nutgraf' ? help(newsroom, call) : helpOf(command)
  return unknown(call, name, {
    known: [commands.filter(isOffered).map(one => one.name), newsroom.library().names()],
    lineOf: one => `/nutgraf help ${one}`,
    help: '/nutgraf help',
  })
}

/** The page of help of one command: what it does, its arguments and flags. */
function helpOf(command: Command): Reply {
  const line = command.reach === 'always' ? `/${command.name}` : `/nutgraf ${command.name}`
  const typed = (...words: string[]) => ({ code: [line, ...words].filter(Boolean).join(' ') })
  const verbs = (command.subcommands ?? []).map((verb): Inline[] => [
    typed(verb.name, shownValues(verb)),
    ` · ${verb.about}`,
  ])
  const flags = (command.flags ?? []).map((flag): Inline[] => [{ code: `--${flag}` }, ` · ${FLAGS[flag]}`])
  const items = [...verbs, ...flags]
  return {
    blocks: [
      text(typed(shownValues(command)), ` · ${command.about}`),
      ...(command.argument ? [text(command.argument.about)] : []),
      ...(items.length > 0 ? [list(items)] : []),
    ],
    parts: [],
    audience: 'caller',
  }
}

/** So many stories are told one by one; of the others there is a list. */
const MOST_AGES = 6

/** Version, content and its age: how far each story reaches, and how long ago that was. */
export function about(newsroom: Newsroom, call: Call): Reply {
  const library = newsroom.library()
  const rows: { name: string; value: Inline[] }[] = [
    { name: 'Version', value: [newsroom.version] },
    { name: 'Stories', value: [String(library.stories.length)] },
    { name: 'Content revision', value: [library.revision] },
  ]
  let first: string | undefined
  let last: string | undefined
  for (const on of library.stories.map(story => story.checked?.on)) {
    if (on === undefined) continue
    if (first === undefined || on < first) first = on
    if (last === undefined || on > last) last = on
  }
  if (first !== undefined && last !== undefined) {
    const days = first === last ? readable(first) : `${readable(first)} to ${readable(last)}`
    rows.push({ name: 'Content last checked', value: [days] })
  }
  const today = dayOf(call.at, zoneOf(call, newsroom))
  const withAges = (count: number): Reply => {
    const shown = library.stories.slice(0, count)
    const rest = library.stories.length - count
    return {
      blocks: [
        text(
          { bold: 'nutgraf' },
          ': the newsroom’s memory in chat. Every quotation is verbatim and checked against a stored source; no model writes text.',
        ),
        { kind: 'fields', fields: rows },
        ...(count > 0 ? [list(shown.map(story => ageLine(story, today)))] : []),
        ...(rest > 0
          ? [note(`${count > 0 ? 'and ' : ''}${rest} more: `, { code: '/nutgraf story list' })]
          : []),
      ],
      parts: shown.map(labelPart),
      audience: 'caller',
    }
  }
  let count = Math.min(library.stories.length, MOST_AGES)
  while (count > 0 && phoneLength(withAges(count)) > PHONE_BUDGET) count--
  return withAges(count)
}

function ageLine(story: Story, today: string): Inline[] {
  const age = ago(story.coversTo, today)
  const reach = `${story.state}, covers to ${readable(story.coversTo)}${age ? ` (${age})` : ''}`
  return [
    { bold: story.slug },
    ` · ${[reach, story.notChecked, ...cautionsOf(story)].filter(Boolean).join(', ')}`,
  ]
}

const examples = new WeakMap<Library, string>()

/** A word that a search of this content finds: a tag of a story, or the longest word of its title. */
export function exampleWord(library: Library): string {
  const made = examples.get(library)
  if (made !== undefined) return made
  const [story] = library.stories
  const titled = tokens(story?.title ?? '').sort((a, b) => b.length - a.length)
  const words = [...(story?.tags ?? []), ...titled].filter(word => /^[\p{L}\p{N}]+$/u.test(word))
  const found = words.find(word => library.search(word).total > 0) ?? 'words'
  examples.set(library, found)
  return found
}

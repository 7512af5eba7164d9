import type { Library } from '../content/library.ts'
import { readable } from '../dates.ts'
import { type Call, platformOf } from '../platform.ts'
import { type Inline, list, note, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import { type Command, FLAGS } from './command.ts'
import { headOfStory, labelOf, shortLabel } from './label.ts'

const PRIVATE = {
  preview: 'You are in the preview: answers look as they would on Slack and on Discord.',
  slack: 'Only you see slash-command answers until you add --public.',
  discord: 'Only you see slash-command answers until you choose public.',
}

/** The short page of help: six lines, made for the platform it is on, with lines that can be typed there. */
export function help(newsroom: Newsroom, call: Call): Reply {
  const library = newsroom.library()
  const story = library.stories.find(one => one.command) ?? library.stories[0]
  const lines: Inline[][] = []
  if (story) {
    const head = headOfStory(story)
    lines.push([
      { code: `${head} summary` },
      ' · also: timeline, quotes, who, facts, sources; all: ',
      { code: `${head} help` },
    ])
  }
  const speaker = library.allSpeakers()[0]?.name.split(' ').at(-1)?.toLowerCase()
  if (speaker) lines.push([{ code: `/quote ${speaker}` }, ' · exact words, with the source'])
  lines.push([{ code: '/quote check "some words"' }, ' · are these words in our sources?'])
  lines.push([{ code: '/nutgraf find ice' }, ' · search everything'])
  lines.push([{ code: '/nutgraf changes' }, ' · what is new, what was corrected'])
  lines.push([{ code: '/nutgraf story list' }, ` · all ${library.stories.length} stories`])
  const where = platformOf(call.place) as keyof typeof PRIVATE
  const thread =
    where === 'preview'
      ? []
      : [
          note(
            'In a thread or a message: ',
            { code: '@nutgraf lawsuit summary'.replace('lawsuit', story?.slug ?? 'story') },
            ' (everyone sees the answer)',
          ),
        ]
  return {
    blocks: [
      text({ bold: 'nutgraf:' }, ' short, sourced answers. ', PRIVATE[where] ?? PRIVATE.slack),
      list(lines),
      ...thread,
    ],
    parts: [],
    audience: 'caller',
  }
}

/** The page of help of one command: what it does, its arguments and flags. */
export function helpOf(command: Command): Reply {
  const argument = command.argument ? ` <${command.argument.name}>` : ''
  const rows: Inline[][] = (command.subcommands ?? []).map(verb => {
    const value = verb.argument
      ? verb.argument.required
        ? ` <${verb.argument.name}>`
        : ` [${verb.argument.name}]`
      : ''
    return [{ code: `${lineOf(command)} ${verb.name}${value}` }, ` · ${verb.about}`]
  })
  const flags = (command.flags ?? []).map((flag): Inline[] => [{ code: `--${flag}` }, ` · ${FLAGS[flag]}`])
  const about = command.argument ? [text(command.argument.about)] : []
  const items = [...rows, ...flags]
  return {
    blocks: [
      text({ code: `${lineOf(command)}${argument}` }, ` · ${command.about}`),
      ...about,
      ...(items.length > 0 ? [list(items)] : []),
    ],
    parts: [],
    audience: 'caller',
  }
}

/** Version, content and its age. */
export function about(newsroom: Newsroom): Reply {
  const library = newsroom.library()
  const checked = library.stories.flatMap(story => story.checked?.on ?? []).sort()
  const rows: { name: string; value: Inline[] }[] = [
    { name: 'Version', value: [newsroom.version] },
    { name: 'Stories', value: [String(library.stories.length)] },
    { name: 'Content revision', value: [library.revision] },
  ]
  if (checked[0])
    rows.push({
      name: 'Content last checked',
      value: [range(readable(checked[0]), readable(checked.at(-1)!))],
    })
  return {
    blocks: [
      text(
        { bold: 'nutgraf' },
        ': the newsroom’s memory in chat. Every quotation is verbatim and checked against a stored source; no model writes text.',
      ),
      { kind: 'fields', fields: rows },
    ],
    parts: [],
    audience: 'caller',
  }
}

/** `story list`: every story with its state and how far it reaches. */
export function storyList(library: Library): Reply {
  const items = library.stories.map((story): Inline[] => [
    { code: headOfStory(story) },
    ' · ',
    { bold: story.title },
    ` · ${shortLabel(story)}`,
  ])
  const first = library.stories[0]
  if (!first) return refusal(['There is no story yet.'])
  const state = first.state
  const label =
    library.stories.length === 1
      ? labelOf(first)
      : { state, line: `${library.stories.length} STORIES · dates stand with each` }
  return {
    label,
    blocks: [list(items)],
    parts: library.stories.map(story => `${story.slug}/label`),
    audience: 'caller',
  }
}

/** Help for a name that may not exist. */
export function helpFor(name: string, commands: Command[], newsroom: Newsroom, call: Call): Reply {
  const wanted = name.toLowerCase().replace(/^\//, '')
  const command = commands.find(one => one.name === wanted)
  if (command) return command.name === 'nutgraf' ? help(newsroom, call) : helpOf(command)
  return unknown(call, name, {
    known: commands.map(one => one.name),
    lineOf: one => `/nutgraf help ${one}`,
    help: '/nutgraf help',
  })
}

const lineOf = (command: Command) =>
  command.reach === 'always' ? `/${command.name}` : `/nutgraf ${command.name}`

const range = (first: string, last: string) => (first === last ? first : `${first} to ${last}`)

import { phoneLength } from '../chat/plain-text.ts'
import { type Call, platformOf } from '../chat/platform.ts'
import { type Inline, list, note, PHONE_BUDGET, type Reply, text } from '../chat/reply.ts'
import { cautionsOf } from '../content/cautions.ts'
import { fold, tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Speaker } from '../content/speakers.ts'
import type { Story } from '../content/story.ts'
import { localDate, readableDate, timeAgo } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { cachePerObject } from './cache-per-object.ts'
import { argumentSyntax, type Command, FLAG_DESCRIPTIONS, isOffered } from './command.ts'
import { type CommandContext, callerZone } from './context.ts'
import { labelPart, storyPrefix } from './label.ts'
import { refuseUnknown } from './refusals.ts'
import { runStory, verbsOf } from './story/story.ts'
import { withdrawnNoticeFor } from './withdrawn.ts'

/** How many verbs of a story are named beside the first, so that they fit in one line of help. */
const MAX_OTHER_VERBS = 5

/** The short help page: about six lines, each of which can be typed on the caller's platform. */
export function help(newsroom: CommandContext, call: Call): Reply {
  const library = newsroom.library()
  const story = library.stories.find(({ command }) => command) ?? library.stories[0]
  const items: Inline[][] = []
  const words = phrases.help
  if (story) {
    const prefix = storyPrefix(story, call)
    const verbs = verbsOf(story).map(verb => verb.name)
    items.push(words.story(`${prefix} summary`, verbs.slice(1, MAX_OTHER_VERBS + 1), `${prefix} help`))
  }
  const speaker = tokens(firstSpeaker(library)?.name ?? '').at(-1)
  if (speaker !== undefined) {
    items.push(words.quote(`/quote ${speaker}`))
    items.push(words.check())
  }
  items.push(words.find(`/nutgraf find ${exampleWord(library)}`))
  items.push(words.changes('/nutgraf changes'))
  if (library.digests.length > 0) items.push(words.digest('/digest status'))
  items.push(words.stories('/nutgraf story list', library.stories.length))
  const mention = `@nutgraf ${story?.command ?? story?.slug ?? 'help'}`
  const isPreview = platformOf(call.place) === 'preview'
  const reportAnError = { label: phrases.everyPlatform.reportAnError, line: '/nutgraf report' }
  return {
    blocks: [
      text(...(isPreview ? words.introOfPreview() : words.intro())),
      list(items),
      ...(isPreview ? [] : [note(...words.byMention(mention))]),
    ],
    buttons: newsroom.reports?.deskPlace && [reportAnError],
    parts: [],
    audience: 'caller',
  }
}

/** The first speaker of all, as an example. */
export function firstSpeaker(library: Library): Speaker | undefined {
  for (const story of library.stories) {
    const [speaker] = library.allSpeakers(story)
    if (speaker) return speaker
  }
  return undefined
}

/** `help <command>`: the help page of one command, or of a story under any of its names. */
export function helpFor(
  name: string,
  commands: Command[],
  newsroom: CommandContext,
  call: Call,
): Reply | Promise<Reply> {
  const plainName = name.replace(/^\//, '')
  const withdrawn = withdrawnNoticeFor(newsroom.library(), plainName)
  if (withdrawn) return withdrawn
  const story = newsroom.library().story(plainName)
  if (story) return runStory(story, { args: ['help'], flags: {} }, call, newsroom)
  const commandName = plainName.trim().toLowerCase()
  const command = commands.find(candidate => candidate.name === commandName)
  if (command) return command.name === 'nutgraf' ? help(newsroom, call) : commandHelp(command)
  return refuseUnknown(call, name, {
    known: [commands.filter(isOffered).map(offered => offered.name), newsroom.library().storyNames()],
    lineOf: known => `/nutgraf help ${known}`,
    help: '/nutgraf help',
  })
}

/** The help page of one command: what it does, its arguments and flags. */
function commandHelp(command: Command): Reply {
  const commandLine = command.reach === 'always' ? `/${command.name}` : `/nutgraf ${command.name}`
  const code = (...words: string[]) => ({ code: [commandLine, ...words].filter(Boolean).join(' ') })
  const verbs = (command.subcommands ?? []).map((verb): Inline[] => [
    code(verb.name, argumentSyntax(verb)),
    ` · ${verb.about}`,
  ])
  const flags = (command.flags ?? []).map((flag): Inline[] => [
    { code: `--${flag}` },
    ` · ${FLAG_DESCRIPTIONS[flag]}`,
  ])
  const items = [...verbs, ...flags]
  return {
    blocks: [
      text(code(argumentSyntax(command)), ` · ${command.about}`),
      ...(command.argument ? [text(command.argument.about)] : []),
      ...(items.length > 0 ? [list(items)] : []),
    ],
    parts: [],
    audience: 'caller',
  }
}

/** How many stories `about` lists at most, to fit on a phone; for the others it points to the list. */
const MAX_AGES = 6

/** `about`: the version, the content and its age, with how far each story reaches and how long ago that was. */
export function about(newsroom: CommandContext, call: Call): Reply {
  const library = newsroom.library()
  const { aboutNutgraf, field, dayRange } = phrases.help
  const rows: { name: string; value: Inline[] }[] = [
    { name: field.version, value: [newsroom.version] },
    { name: field.stories, value: [String(library.stories.length)] },
    { name: field.revision, value: [library.revision] },
  ]
  const checkedDays = library.stories.flatMap(story => story.checked?.on ?? []).sort()
  const first = checkedDays[0]
  const last = checkedDays.at(-1)
  if (first !== undefined && last !== undefined) {
    const days = first === last ? readableDate(first) : dayRange(readableDate(first), readableDate(last))
    rows.push({ name: field.checked, value: [days] })
  }
  const today = localDate(call.at, callerZone(call, newsroom))
  const withAges = (count: number): Reply => {
    const shown = library.stories.slice(0, count)
    const rest = library.stories.length - count
    const others = count > 0 ? phrases.story.andMore : phrases.story.onlyMore
    return {
      blocks: [
        text(...aboutNutgraf()),
        { kind: 'fields', fields: rows },
        ...(count > 0 ? [list(shown.map(story => storyAgeItem(story, today)))] : []),
        ...(rest > 0 ? [note(...others(rest, '/nutgraf story list'))] : []),
      ],
      parts: shown.map(labelPart),
      audience: 'caller',
    }
  }
  let count = Math.min(library.stories.length, MAX_AGES)
  while (count > 0 && phoneLength(withAges(count)) > PHONE_BUDGET) count--
  return withAges(count)
}

function storyAgeItem(story: Story, today: string): Inline[] {
  const { state, coversTo, coversToAgo } = phrases.label
  const day = readableDate(story.coversTo)
  const age = timeAgo(story.coversTo, today)
  const reach = age === undefined ? coversTo(day) : coversToAgo(day, age)
  const facts = [state[story.state], reach, story.notChecked, ...cautionsOf(story)]
  return [{ bold: story.slug }, ` · ${facts.filter(Boolean).join(', ')}`]
}

/** A word that a search of this content finds: a tag of the first story, or the longest word of its title. */
export const exampleWord = cachePerObject((library: Library): string => {
  const [story] = library.stories
  const titleWords = tokens(story?.title ?? '').sort((a, b) => b.length - a.length)
  const words = [...(story?.tags ?? []), ...titleWords].filter(word => /^[\p{L}\p{N}]+$/u.test(word))
  // A search finds the title and the dek of every story, so there is no need to try it.
  const found = new Set(tokens(`${story?.title}. ${story?.dek}`))
  return (
    words.find(word => found.has(fold(word)) || library.search(word).total > 0) ?? phrases.find.exampleWord
  )
})

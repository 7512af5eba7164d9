import { phoneLength } from '../chat/plain-text.ts'
import { type Call, platformOf } from '../chat/platform.ts'
import { type Inline, list, note, PHONE_BUDGET, type Reply, text } from '../chat/reply.ts'
import { cautionsOf } from '../content/cautions.ts'
import { tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { localDate, readableDate, timeAgo } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { argumentSyntax, type Command, FLAG_DESCRIPTIONS, isOffered } from './command.ts'
import { type CommandContext, callerZone } from './context.ts'
import { labelPart, storyPrefix } from './label.ts'
import { refuseUnknown } from './refusals.ts'
import { runStory, verbsOf } from './story/story.ts'
import { withdrawnNoticeFor } from './withdrawn.ts'

/** So many verbs of a story are named beside the first. */
const MAX_OTHER_VERBS = 5

/** The short page of help: six lines, made for the platform it is on, with lines that can be typed there. */
export function help(newsroom: CommandContext, call: Call): Reply {
  const library = newsroom.library()
  const story = library.stories.find(one => one.command) ?? library.stories[0]
  const lines: Inline[][] = []
  const say = phrases.help
  if (story) {
    const head = storyPrefix(story, call)
    const also = verbsOf(story).map(verb => verb.name)
    lines.push(say.story(`${head} summary`, also.slice(1, MAX_OTHER_VERBS + 1), `${head} help`))
  }
  const speaker = tokens(library.allSpeakers()[0]?.name ?? '').at(-1)
  if (speaker !== undefined) {
    lines.push(say.quote(`/quote ${speaker}`))
    lines.push(say.check())
  }
  lines.push(say.find(`/nutgraf find ${exampleWord(library)}`))
  lines.push(say.changes('/nutgraf changes'))
  if (library.digests.length > 0) lines.push(say.digest('/digest status'))
  lines.push(say.stories('/nutgraf story list', library.stories.length))
  const mention = `@nutgraf ${story?.command ?? story?.slug ?? 'help'}`
  const preview = platformOf(call.place) === 'preview'
  const reportAnError = { label: phrases.everyPlatform.reportAnError, line: '/nutgraf report' }
  return {
    blocks: [
      text(...(preview ? say.introOfPreview() : say.intro())),
      list(lines),
      ...(preview ? [] : [note(...say.byMention(mention))]),
    ],
    ...(newsroom.reports?.deskPlace && { buttons: [reportAnError] }),
    parts: [],
    audience: 'caller',
  }
}

/** `help <command>`: of one command, or of a story by any of its names. */
export function helpFor(
  name: string,
  commands: Command[],
  newsroom: CommandContext,
  call: Call,
): Reply | Promise<Reply> {
  const wanted = name.replace(/^\//, '')
  const withdrawn = withdrawnNoticeFor(newsroom.library(), wanted)
  if (withdrawn) return withdrawn
  const story = newsroom.library().story(wanted)
  if (story) return runStory(story, { args: ['help'], flags: {} }, call, newsroom)
  const word = wanted.trim().toLowerCase()
  const command = commands.find(one => one.name === word)
  if (command) return command.name === 'nutgraf' ? help(newsroom, call) : commandHelp(command)
  return refuseUnknown(call, name, {
    known: [commands.filter(isOffered).map(one => one.name), newsroom.library().storyNames()],
    lineOf: one => `/nutgraf help ${one}`,
    help: '/nutgraf help',
  })
}

/** The page of help of one command: what it does, its arguments and flags. */
function commandHelp(command: Command): Reply {
  const line = command.reach === 'always' ? `/${command.name}` : `/nutgraf ${command.name}`
  const typed = (...words: string[]) => ({ code: [line, ...words].filter(Boolean).join(' ') })
  const verbs = (command.subcommands ?? []).map((verb): Inline[] => [
    typed(verb.name, argumentSyntax(verb)),
    ` · ${verb.about}`,
  ])
  const flags = (command.flags ?? []).map((flag): Inline[] => [
    { code: `--${flag}` },
    ` · ${FLAG_DESCRIPTIONS[flag]}`,
  ])
  const items = [...verbs, ...flags]
  return {
    blocks: [
      text(typed(argumentSyntax(command)), ` · ${command.about}`),
      ...(command.argument ? [text(command.argument.about)] : []),
      ...(items.length > 0 ? [list(items)] : []),
    ],
    parts: [],
    audience: 'caller',
  }
}

/** So many stories are told one by one; of the others there is a list. */
const MAX_AGES = 6

/** Version, content and its age: how far each story reaches, and how long ago that was. */
export function about(newsroom: CommandContext, call: Call): Reply {
  const library = newsroom.library()
  const { aboutNutgraf, field, dayRange } = phrases.help
  const rows: { name: string; value: Inline[] }[] = [
    { name: field.version, value: [newsroom.version] },
    { name: field.stories, value: [String(library.stories.length)] },
    { name: field.revision, value: [library.revision] },
  ]
  let first: string | undefined
  let last: string | undefined
  for (const on of library.stories.map(story => story.checked?.on)) {
    if (on === undefined) continue
    if (first === undefined || on < first) first = on
    if (last === undefined || on > last) last = on
  }
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
  const told = [state[story.state], reach, story.notChecked, ...cautionsOf(story)]
  return [{ bold: story.slug }, ` · ${told.filter(Boolean).join(', ')}`]
}

const exampleWordCache = new WeakMap<Library, string>()

/** A word that a search of this content finds: a tag of a story, or the longest word of its title. */
export function exampleWord(library: Library): string {
  const made = exampleWordCache.get(library)
  if (made !== undefined) return made
  const [story] = library.stories
  const titled = tokens(story?.title ?? '').sort((a, b) => b.length - a.length)
  const words = [...(story?.tags ?? []), ...titled].filter(word => /^[\p{L}\p{N}]+$/u.test(word))
  const found = words.find(word => library.search(word).total > 0) ?? phrases.find.exampleWord
  exampleWordCache.set(library, found)
  return found
}

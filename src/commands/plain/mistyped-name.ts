import { type Call, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { closestNames } from '../../content/names/closest-names.ts'
import { STORY_VERBS, type Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons } from '../buttons.ts'
import { isOffered } from '../command.ts'
import { storyPrefix } from '../label.ts'
import { formatLine, type ParsedLine, parseLine, splitCommand } from '../line.ts'
import { printableLine } from '../printable-line.ts'
import { safeEcho, shortOffer } from '../refusals.ts'
import { verbNamesOf } from '../story/story.ts'
import { answerPlain, type Reader } from './answer.ts'
import { lineOf } from './candidate.ts'
import { readIntents } from './intents.ts'
import { nameAt } from './names.ts'
import { isSlipOf } from './one-slip.ts'
import { isStopWord } from './stop-words.ts'

/** A command whose own verb is looked for. */
type Under = 'quote' | 'story'

/**
 * Where a line has a name that nobody knows: the word, what follows it, and the story whose verb it should be, or the
 * command whose verb. `isSlash` marks a word behind a slash.
 */
type Unknown = { typed: string; rest: ParsedLine; story?: Story; under?: Under; isSlash: boolean }

/** A line to press, and what its button says. */
type Offer = { label: string; line: string }

/** Three suggestions can be read at a glance. */
const MAX_OFFERS = 3
/** Of more stories, nobody has the verbs of all in mind. */
const MAX_STORIES = 10

/**
 * Offers the line that was meant where its command, story or verb is typed with a slip; undefined where that word may be
 * any other. Nothing is answered about a mistyped word.
 */
export function offerForMistyped(call: Call, parsed: ParsedLine, reader: Reader): Reply | undefined {
  const unknown = unknownName(call, parsed, reader)
  if (!unknown) return undefined
  const names = namesLike(fold(unknown.typed), unknown, reader)
  if (names.length === 0 || isWord(unknown, reader)) return undefined
  const offers = names.flatMap(name => offersOf(name, unknown, call, reader)).slice(0, MAX_OFFERS)
  if (offers.length === 0) return undefined
  const { story, under } = unknown
  const ofCommands = under === 'story' ? '/nutgraf story list' : '/nutgraf help'
  const help = story ? `${storyPrefix(story, call)} help` : ofCommands
  const lines = offers.map(({ label, line }) => shortOffer(line, label))
  return {
    ...refusal(phrases.help.unknownWord(safeEcho(call, unknown.typed), lines, help)),
    notFound: true,
    unread: true,
    buttons: fittingButtons(offers),
  }
}

/** The word where the grammar looks for a command, a story or a verb, if it is none of these. */
function unknownName(call: Call, { args, flags }: ParsedLine, reader: Reader): Unknown | undefined {
  const library = reader.newsroom.library()
  const isKnown = (name: string) =>
    reader.commands.has(name) || OF_ROOT.includes(name) || library.withdrawal(name) !== undefined
  const command = fold(call.command)
  const isRoot = command === 'nutgraf'
  let [typed = '', ...rest] = isRoot ? args : [call.command, ...args]
  typed = typed.replace(/^[/@]/, '')
  const under = fold(typed) === 'story' && rest.length > 0 ? 'story' : undefined
  if (under) [typed = '', ...rest] = rest
  const story = library.story(fold(typed))
  if (story) {
    const [verb, ...more] = rest
    return verb === undefined || verbNamesOf(story).includes(fold(verb))
      ? undefined
      : { typed: verb, rest: { args: more, flags }, story, isSlash: false }
  }
  if (fold(typed) === 'quote' && rest.length > 1)
    return { typed: rest[0]!, rest: { args: rest.slice(1), flags }, under: 'quote', isSlash: false }
  if (typed === '' || isKnown(fold(typed))) return undefined
  return { typed, rest: { args: rest, flags }, under, isSlash: !isRoot }
}

/** What only `/nutgraf` takes. */
const OF_ROOT = ['help', 'about', 'report']

/** The names that a word may be with a slip: verbs of the story, else commands and stories, else verbs of any story. */
function namesLike(typed: string, { story, under }: Unknown, { newsroom, commands }: Reader): string[] {
  const like = (names: Iterable<string>) => [...new Set(names)].filter(name => isSlipOf(typed, name))
  if (story) return like(verbNamesOf(story))
  if (under === 'quote') return like(['check'])
  const library = newsroom.library()
  if (under) return like(['list', ...closestNames(typed, library.storyNames())])
  const offered = [...commands.values()].filter(isOffered).map(({ name }) => name)
  const found = like([...offered, ...OF_ROOT, ...closestNames(typed, library.storyNames())])
  if (found.length > 0) return found
  return like([...STORY_VERBS, ...library.stories.slice(0, MAX_STORIES).flatMap(verbNamesOf)])
}

/** Whether a word is one of its own: it asks for something, names somebody, or is in the stories. */
function isWord({ typed, story, isSlash }: Unknown, { newsroom }: Reader): boolean {
  const key = fold(typed)
  const library = newsroom.library()
  if (isStopWord(key) || readIntents([key]).count > 0) return true
  if (nameAt([{ typed, key }], undefined, library, story)) return true
  // After a slash stands a command, whatever else the word may be.
  return !isSlash && library.wordsTogether(key, story).known.includes(key)
}

/** The lines with a name in place of the mistyped word. A verb that stands alone is read as any other line is. */
function offersOf(name: string, { rest, story, under }: Unknown, call: Call, reader: Reader): Offer[] {
  const { newsroom, commands } = reader
  const library = newsroom.library()
  const offer = (line: ParsedLine & { command: string }, label = name): Offer[] => {
    const shown = call.audience === 'caller' ? line : withoutTyped(line, reader)
    return [{ label, line: lineOf(shown) }]
  }
  const named = story ? undefined : library.story(name)
  const args = [name, ...(named ? withVerbOf(named, rest.args) : rest.args)]
  if (story) return offer(asLine(storyPrefix(story, call), args, rest.flags))
  if (under === 'quote') return offer({ command: 'quote', args, flags: rest.flags })
  if (under) return offer({ command: 'nutgraf', args: ['story', ...args], flags: rest.flags })
  const command = commands.get(name)
  if (command?.reach === 'always') return offer({ command: name, args: args.slice(1), flags: rest.flags })
  if (named && !command) {
    const words = platformOf(call.place) === 'discord' ? ['story', ...args] : args
    return offer({ command: 'nutgraf', args: words, flags: rest.flags })
  }
  if (command || OF_ROOT.includes(name)) return offer({ command: 'nutgraf', args, flags: rest.flags })
  const line = { args, flags: rest.flags }
  const read = answerPlain({ ...call, command: 'nutgraf', text: formatLine(line) }, line, reader)
  if (read?.read) {
    const { command, parsed } = read.read
    return offer({ command, ...parsed })
  }
  const choices = read && !(read.reply instanceof Promise) ? (read.reply.buttons ?? []) : []
  return choices.flatMap(({ label, line }) => {
    const { command, text } = splitCommand(line)
    return offer({ command, ...parseLine(text) }, label)
  })
}

/** What follows the name of a story. Its verb is put right too, where it is one with a slip. */
function withVerbOf(story: Story, [typed, ...rest]: string[]): string[] {
  if (typed === undefined) return rest
  const names = verbNamesOf(story)
  const like = names.filter(name => isSlipOf(fold(typed), name))
  return [names.includes(fold(typed)) || like.length !== 1 ? typed : like[0]!, ...rest]
}

function asLine(prefix: string, args: string[], flags: ParsedLine['flags']) {
  const { command, text } = splitCommand(prefix)
  return { command, args: [...parseLine(text).args, ...args], flags }
}

/** A line as far as only words of ours stand in it: where others read it, nobody makes us say theirs. */
function withoutTyped(line: ParsedLine & { command: string }, { newsroom, commands }: Reader) {
  const library = newsroom.library()
  for (let count = line.args.length; count > 0; count--) {
    const shorter = { args: line.args.slice(0, count), flags: count === line.args.length ? line.flags : {} }
    if (printableLine(line.command, shorter, { library, commands }) !== undefined)
      return { ...line, ...shorter }
  }
  return { ...line, args: [], flags: {} }
}

import { keepForObject } from '../../chat/keep-results.ts'
import { mayKeepDrawings } from '../../chat/kept-drawings.ts'
import { BETWEEN, phoneLength, plainInlines } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import { type Inline, MAX_BUTTONS, PHONE_BUDGET, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { localDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons } from '../buttons.ts'
import { type Command, FLAG_DESCRIPTIONS } from '../command.ts'
import { type CommandContext, callerZone } from '../context.ts'
import type { ParsedLine } from '../line.ts'
import { withdrawnNoticeFor } from '../withdrawn.ts'
import { type Candidate, lineOf, unusedWords } from './candidate.ts'
import { candidatesFor } from './candidates.ts'
import { readIntents } from './intents.ts'
import { isPicked } from './picked-quote.ts'
import { readSentence, type Sentence } from './sentence.ts'
import { asTypedIn, shownLine, told } from './shown-line.ts'
import { smallTalk } from './small-talk.ts'
import { storyChoices } from './story-candidates.ts'
import { isBareWord, plainWords } from './words.ts'

/** An answer to a line in plain words, and the line of ours that it answers: none for small talk. */
export type PlainAnswer = { reply: Reply | Promise<Reply>; read?: { command: string; parsed: ParsedLine } }

/** What the reader needs: the commands, and the way to run a line of ours. */
export type Reader = {
  newsroom: CommandContext
  commands: Map<string, Command>
  run(command: string, parsed: ParsedLine, text?: string): Reply | Promise<Reply>
}

/** Each candidate is an answer to draw, and more than these are guesses. */
const MAX_TRIED = 4

/**
 * Answers a line in plain words as the line of ours that it most likely means, and says which that is. Nothing is guessed
 * but what exists, and what changes something is only offered. Undefined where no candidate finds anything. With
 * `isGuess` the typed words resemble known ones: then a candidate must use them all.
 */
export function answerPlain(
  call: Call,
  parsed: ParsedLine,
  reader: Reader,
  { isGuess = false } = {},
): PlainAnswer | undefined {
  const { newsroom } = reader
  const library = newsroom.library()
  const story = library.story(fold(call.command))
  const typed = [isRoot(call, reader) ? '' : call.command, ...wordsOf(parsed)].join(' ')
  const talk = smallTalk(plainWords(typed), library)
  if (talk) return { reply: talk }
  // Signs alone may mean anything.
  if (parsed.args.some(arg => !isBareWord(arg) && plainWords(arg).length === 0)) return undefined
  const { at } = call
  const context = { library, today: localDate(at, callerZone(call, newsroom)), at, story }
  const asked = withCommand(call.command, typed)
  const sentence = readSentence(asked, context)
  if (!sentence) return undefined
  // The command was not typed as a word, so nobody needs to hear that it was not used.
  if (typed !== asked) sentence.words.shift()
  const isAsked = [...sentence.said.values()].flat().some(word => sentence.words.includes(word))
  // Words of a quote are looked for exactly, and read in no other way.
  const isOfWords = sentence.names.length === 0 && !isAsked && !isPicked(sentence)
  if (fold(call.command) === 'quote' && isOfWords) return undefined
  const withdrawn = sentence.content.map(({ key }) => withdrawnNoticeFor(library, key)).find(Boolean)
  if (withdrawn) return { reply: withdrawn }
  const answered = firstAnswer(sentence, call, parsed, {
    ...reader,
    isGuess: isGuess && !sentence.days,
  })
  return answered ?? askWhichStory(sentence, call, { ...reader, isGuess })
}

const isRoot = ({ command }: Call, { newsroom }: Reader): boolean =>
  ROOTS.has(fold(command)) || newsroom.library().story(fold(command)) !== undefined

/** Commands that say by themselves what is wanted, in words that are read like any others. */
const ROOTS = new Set(['nutgraf', 'quote', 'find', 'wire', 'story', 'changes', 'digest'])
const withCommand = (command: string, typed: string): string =>
  ['quote', 'digest'].includes(fold(command)) ? `${command} ${typed}` : typed

/** The typed words: arguments, and the names of flags that do not exist. */
const wordsOf = ({ args, flags }: ParsedLine): string[] => [
  ...args,
  ...Object.keys(flags).filter(flag => !Object.hasOwn(FLAG_DESCRIPTIONS, flag)),
]

function firstAnswer(
  sentence: Sentence,
  call: Call,
  typed: ParsedLine,
  reader: Reader & { isGuess: boolean },
): PlainAnswer | undefined {
  const library = reader.newsroom.library()
  for (const each of allCandidates(typed, sentence, library).take(MAX_TRIED)) {
    const candidate = asTypedIn(each, call, library)
    const flags = { ...publicFlag(typed), ...candidate.flags }
    const unused = unusedWords(sentence, candidate.used)
    if (reader.isGuess && (unused.length > 0 || candidate.isLoose)) continue
    if (isNameUnused(unused, call, reader)) continue
    if (candidate.flags.public && showsNothing(candidate, reader)) continue
    if (candidate.offered) return { reply: offerOf(candidate, unused, call, reader) }
    const answer = answerOf({ ...candidate, flags }, unused, call, reader)
    if (answer) return answer
  }
  return undefined
}

function* allCandidates(typed: ParsedLine, sentence: Sentence, library: Library): Generator<Candidate> {
  yield* quotedCandidates(typed, sentence)
  yield* candidatesFor(sentence, library)
}

/** Whether the command is a name that nobody knows: that must not be answered about another story. */
const isNameUnused = (unused: string[], call: Call, reader: Reader): boolean =>
  !isRoot(call, reader) && unused.some(word => fold(word) === fold(call.command))

/** A check of words in quotation marks: whether they are in our sources is what their reader wants to know. */
function quotedCandidates({ args }: ParsedLine, { words }: Sentence): Candidate[] {
  // A range of dates is no text: `2017..2018`.
  const text = args.find(
    arg => !isBareWord(arg) && /\p{L}/u.test(arg) && plainWords(arg).length >= MIN_QUOTED,
  )
  if (text === undefined) return []
  const typed = new Set(plainWords(text).map(({ typed }) => typed))
  const said = words.filter(
    word => typed.has(word.typed) || readIntents([word.key]).intents.includes('quotes'),
  )
  return [{ command: 'quote', args: ['check', text], flags: {}, used: said }]
}

/** Fewer words than a check needs to tell anything. */
const MIN_QUOTED = 3

/** Whether there is nothing that a candidate could show to others. */
function showsNothing({ command, args, flags: { public: _, ...flags } }: Candidate, reader: Reader): boolean {
  const reply = reader.run(command, { args, flags })
  return !(reply instanceof Promise) && reply.refusal === true
}

const publicFlag = ({ flags }: ParsedLine): ParsedLine['flags'] =>
  flags.public === undefined ? {} : { public: flags.public }

/** Adds the line above an answer that says how its line was read. */
function withLead(reply: Reply, candidate: Candidate, unused: string[], call: Call, reader: Reader): Reply {
  const read = phrases.plain.readAs(shownLine(candidate, call, shownWith(reader)), told(unused, call))
  const lead = reply.lead ? [...read, phrases.plain.between, ...reply.lead] : read
  const answer = { ...reply, lead }
  if (!reply.title || lengthUnder(lead, reply) <= PHONE_BUDGET) return answer
  // The line names the story, so its title may make room for it.
  const { title: _, ...untitled } = answer
  return untitled
}

/** The characters of an answer with a line above it: those of an answer that is given again and again are counted once. */
function lengthUnder(lead: Inline[], reply: Reply): number {
  const length = mayKeepDrawings(reply) ? keptLengthBelow(reply) : lengthBelow(reply)
  return plainInlines(lead).length + BETWEEN.length + length
}

const lengthBelow = ({ lead: _, ...below }: Reply): number => phoneLength(below)
const keptLengthBelow = keepForObject(lengthBelow)

function offerOf(candidate: Candidate, unused: string[], call: Call, reader: Reader): Reply {
  const line = lineOf(candidate)
  const shown = shownLine(candidate, call, shownWith(reader))
  const label = phrases.plain.run(line)
  return {
    ...refusal(phrases.plain.offered(shown, told(unused, call))),
    buttons: fittingButtons([{ label: label.length <= MAX_LABEL ? label : phrases.plain.runIt, line }]),
  }
}

const MAX_LABEL = 40

const shownWith = ({ newsroom, commands }: Reader) => ({ library: newsroom.library(), commands })

/**
 * Asks which story is meant, where a line asks for something that stories have; of the only one that has it, answers. A
 * guess must use all words.
 */
function askWhichStory(
  sentence: Sentence,
  call: Call,
  reader: Reader & { isGuess: boolean },
): PlainAnswer | undefined {
  const library = reader.newsroom.library()
  const choices = storyChoices(sentence, library).slice(0, MAX_BUTTONS)
  const [first, second] = choices.map(({ candidate }) => asTypedIn(candidate, call, library))
  const unused = first ? unusedWords(sentence, first.used) : []
  if (!first || (reader.isGuess && unused.length > 0)) return undefined
  if (!second) return isNameUnused(unused, call, reader) ? undefined : answerOf(first, unused, call, reader)
  const lines = choices.map(({ candidate }) => lineOf(asTypedIn(candidate, call, library)))
  const unusedTold = told(unused, call)
  const reply = refusal(phrases.plain.whichStory(lines, '/nutgraf story list'))
  return {
    reply: {
      ...reply,
      ...(unusedTold !== undefined && { lead: phrases.plain.onlyUnused(unusedTold) }),
      buttons: fittingButtons(
        choices.map(({ story }, at) => ({ label: story.command ?? story.slug, line: lines[at]! })),
      ),
    },
  }
}

/** The answer to the line that a sentence means; undefined where it finds nothing. */
function answerOf(
  candidate: Candidate,
  unused: string[],
  call: Call,
  reader: Reader,
): PlainAnswer | undefined {
  const { command, args, flags, mustFind } = candidate
  const read = { command, parsed: { args, flags } }
  const reply = reader.run(command, read.parsed)
  if (reply instanceof Promise)
    return { reply: reply.then(late => withLead(late, candidate, unused, call, reader)), read }
  if (reply.notFound || (mustFind && reply.refusal)) return undefined
  return { reply: withLead(reply, candidate, unused, call, reader), read }
}

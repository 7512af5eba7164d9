import type { Call } from '../../chat/platform.ts'
import { notFoundRefusal, type Reply } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { editsBetween } from '../../content/names/closest-names.ts'
import { phrases } from '../../phrases/phrases.ts'
import { FLAG_DESCRIPTIONS } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { storyPrefix } from '../label.ts'
import { type ParsedLine, parseLine, splitCommand } from '../line.ts'
import { unusedLead } from '../lists/matching-words.ts'
import { safeEcho } from '../refusals.ts'
import { answerPlain, type PlainAnswer, type Reader } from './answer.ts'
import { readIntents } from './intents.ts'
import { offerForMistyped } from './mistyped-name.ts'
import { isStopWord } from './stop-words.ts'
import { surplusWords } from './surplus-words.ts'
import { plainWords } from './words.ts'

/**
 * Answers a line: by the grammar, and where the grammar does not know its words, or has no use for them, in plain words.
 * `run` answers by the grammar alone. Buttons have lines of ours, which are never read in another way.
 */
export function understand(call: Call, parsed: ParsedLine, reader: Reader): PlainAnswer {
  const { newsroom } = reader
  const asTyped = () => reader.run(call.command, parsed, call.text)
  if (call.fromButton) return { reply: asTyped() }
  if (hasFlags(parsed)) {
    const reply = asTyped()
    const isUnread = !(reply instanceof Promise) && reply.unread
    return { reply: (isUnread && offerForMistyped(call, parsed, reader)) || reply }
  }
  const surplus = surplusWords(call, parsed, newsroom.library())
  const first = surplus.isPlain ? answerPlain(call, parsed, reader) : undefined
  if (first) return first
  const reply = asTyped()
  if (reply instanceof Promise) return { reply }
  const offered = reply.unread ? offerForMistyped(call, parsed, reader) : undefined
  if (offered) return { reply: offered }
  const mayBePlain = reply.unread || (reply.refusal && hasUnknownFlag(parsed))
  // The name of a speaker with a slip: what is found for a part of it is no answer.
  if (reply.unread && isNameOffered(call, parsed, reply)) return { reply }
  const isMistyped = () => parsed.args.length <= 1 || isNear(surplus.verb, reply)
  const isNamed = hasOffers(reply) && isContent(surplus.verb) && isMistyped()
  const isGuess = !reply.unread || isNamed
  const plain = mayBePlain ? answerPlain(call, parsed, reader, { isGuess }) : undefined
  if (plain) return plain
  // A quote is asked for in words that its refusal repeats; a single word or a mistyped one is named by it.
  const isSentence = parsed.args.length > 1 && fold(call.command) !== 'quote'
  if (reply.unread && isSentence && !isNamed) return { reply: nothingFor(call, parsed, reply, newsroom) }
  return { reply: reply.refusal ? reply : { ...unusedLead(call, surplus.unused), ...reply } }
}

/** For a line that is a question: what was looked for in vain, instead of its first word, which anybody knows. */
function nothingFor(call: Call, { args }: ParsedLine, asTyped: Reply, newsroom: CommandContext): Reply {
  const story = newsroom.library().story(fold(call.command))
  const words = plainWords(args.join(' ')).filter(
    ({ key }) => isContent(key) && !newsroom.library().story(key),
  )
  const isOfSmallWords = !story && plainWords(args.join(' ')).length > 0
  if (words.length === 0 && !isOfSmallWords) return asTyped
  const help = story ? `${storyPrefix(story, call)} help` : '/nutgraf help'
  const echo = safeEcho(call, words.map(({ typed }) => typed).join(' '))
  return { ...notFoundRefusal(phrases.plain.nothingFor(echo, help)), unread: true }
}

/** Whether a word could be a mistyped name: not one that asks for something, or says nothing. */
const isContent = (word: string): boolean => {
  const key = fold(word)
  return !isStopWord(key) && readIntents([key]).count === 0
}

const hasOffers = ({ buttons = [] }: Reply): boolean => buttons.length > 0

/** Whether a word is spelled so much like an offered name that it is most likely that name: two letters of six. */
const isNear = (word: string, { buttons = [] }: Reply): boolean =>
  buttons.some(({ label }) => editsBetween(fold(word), fold(label)) <= Math.floor(word.length / 3))

/** Whether all words behind `/quote` are spelled like the name of an offered speaker. */
function isNameOffered({ command }: Call, { args }: ParsedLine, { buttons = [] }: Reply): boolean {
  if (fold(command) !== 'quote') return false
  const typed = tokens(args.join(' ')).join(' ')
  return buttons.some(({ line }) => {
    const name = tokens(parseLine(splitCommand(line).text).args[0] ?? '').join(' ')
    return editsBetween(typed, name) <= Math.floor(typed.length / 3)
  })
}

/** Flags keep their meaning only in the line that they were typed in. */
const hasFlags = ({ flags }: ParsedLine): boolean =>
  Object.keys(flags).some(flag => flag !== 'public' && Object.hasOwn(FLAG_DESCRIPTIONS, flag))

const hasUnknownFlag = ({ flags }: ParsedLine): boolean =>
  Object.keys(flags).some(flag => !Object.hasOwn(FLAG_DESCRIPTIONS, flag))

import { type Reply, refusal } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import { storyPrefix } from '../label.ts'
import { type Intent, readIntents } from './intents.ts'
import { isStopWord } from './stop-words.ts'
import type { Word } from './words.ts'

/**
 * A short line for a greeting or thanks; undefined for anything else. Nobody else is shown it where a platform can answer
 * in private.
 */
export function smallTalk(words: Word[], library: Library): Reply | undefined {
  let kind: Intent | undefined
  for (let at = 0; at < words.length; ) {
    const { intents, count } = readIntents(words.slice(at).map(({ key }) => key))
    const found = intents.find(intent => intent === 'thanks' || intent === 'greeting')
    if (found === undefined && !isStopWord(words[at]!.key)) return undefined
    kind ??= found
    at += count || 1
  }
  if (kind === undefined) return undefined
  const [story] = library.stories
  const line = story ? `${storyPrefix(story)} summary` : '/nutgraf help'
  const { youAreWelcome, greeting } = phrases.plain
  const sentence = kind === 'thanks' ? youAreWelcome('/nutgraf help') : greeting(line, '/nutgraf help')
  return { ...refusal(sentence), aside: true }
}

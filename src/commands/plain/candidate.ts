import type { Story } from '../../content/story.ts'
import { formatLine, type ParsedLine } from '../line.ts'
import type { Intent } from './intents.ts'
import type { Sentence } from './sentence.ts'
import { isStopWord } from './stop-words.ts'
import type { Word } from './words.ts'

/**
 * A line of ours that somebody may have meant, and the typed words that it stands for. `offered` marks one that changes
 * something or that others would see: it is never run, only offered. `mustFind` means that it is only meant if it finds
 * something, `isLoose` that it finds only words that begin with the typed ones.
 */
export type Candidate = ParsedLine & {
  command: string
  used: Word[]
  offered?: true
  mustFind?: true
  isLoose?: true
}

/** How people type a candidate. */
export const lineOf = ({ command, args, flags }: Pick<Candidate, 'command' | 'args' | 'flags'>): string =>
  `/${command} ${formatLine({ args, flags })}`.trim()

/** The command and first words of a line about a story: `/lawsuit`, `/nutgraf welcoming-city`. */
const storyHead = ({ command, slug }: Story): { command: string; args: string[] } =>
  command === undefined ? { command: 'nutgraf', args: [slug] } : { command, args: [] }

/** A line about a story. */
export const storyLine = (story: Story, args: string[], flags: Candidate['flags'] = {}) => {
  const head = storyHead(story)
  return { command: head.command, args: [...head.args, ...args], flags }
}

/** Intents whose words only say that somebody asks, so that nothing is lost without them. */
const QUESTIONS: Intent[] = [
  'when',
  'why',
  'whoIs',
  'define',
  'find',
  'happened',
  'check',
  'greeting',
  'thanks',
]

/** The words of a sentence that a candidate leaves out, as they were typed. */
export function unusedWords({ words, said, storyWords }: Sentence, used: Word[]): string[] {
  const known = new Set([...used, ...storyWords, ...QUESTIONS.flatMap(intent => said.get(intent) ?? [])])
  return words.filter(word => !known.has(word) && !isStopWord(word.key)).map(({ typed }) => typed)
}

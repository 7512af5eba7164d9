import { toPlainText } from '../../../src/chat/plain-text.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'
import { startConversation } from './conversation.ts'

/** What `/quote check` may say, by the words that it says it with. */
export const VERDICTS = {
  exact: 'Exact match with our copy',
  'exact words': 'Exact words in our copy',
  'left out': 'with words left out.',
  apart: 'Not one quotation',
  'other order': 'Other order',
  spaces: 'The words are the same; only spaces differ.',
  'same words': 'The words are the same; only punctuation, capitals or spaces differ.',
  letters: 'Accents or special letters differ',
  differs: 'which reads',
  'not found': 'Not found in our',
  'too few': 'at least three words',
} as const

/** The name of a verdict. */
export type Verdict = keyof typeof VERDICTS

/** Checks typed words against one stored text, and returns the answer and the names of the verdicts in it. */
export function checkAgainst(
  stored: string,
  typed: string,
): { answer: string; verdicts: Verdict[]; bold: string[] } {
  const { ask } = startConversation(
    libraryFromFiles(
      storyFiles('stored', {
        stored: { 'paper.txt': `${stored}\n` },
        sources: [
          { number: 1, outlet: 'The Paper', title: 'T', kind: 'news', text: 'paper.txt', rights: 'ours' },
        ],
        body: '## Summary\n\nIt was said. [1]\n',
        ...{ quotes: [], facts: [], timeline: [], people: [] },
      }),
    ),
  )
  const reply = ask(`/quote check ${typed}`)
  const answer = toPlainText(reply)
  const bold = reply.blocks.flatMap(block =>
    block.kind === 'text'
      ? block.text.flatMap(run => (typeof run === 'object' && 'bold' in run ? [run.bold] : []))
      : [],
  )
  const verdicts = (Object.keys(VERDICTS) as Verdict[]).filter(verdict => answer.includes(VERDICTS[verdict]))
  return {
    answer,
    verdicts: verdicts.filter(verdict => verdict !== 'exact' || !verdicts.includes('left out')),
    bold,
  }
}

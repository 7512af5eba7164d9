import type { Library } from '../../content/library.ts'
import { readRhythm } from '../../digests/rhythm.ts'
import type { Candidate } from './candidate.ts'
import type { Intent } from './intents.ts'
import type { Sentence } from './sentence.ts'
import type { Word } from './words.ts'

/** The lines that a sentence about digests may mean. Those that change something are only offered. */
export function digestCandidates({ said, words }: Sentence, library: Library): Candidate[] {
  const has = (...intents: Intent[]) => intents.some(intent => said.has(intent))
  const used = (...intents: Intent[]) => intents.flatMap(intent => said.get(intent) ?? [])
  const named = words.filter(({ key }) => library.digest(key) !== undefined)
  const names = named.map(({ key }) => library.digest(key)!.name)
  const line = (args: string[], more: Word[], offered?: true): Candidate => ({
    command: 'digest',
    args,
    flags: {},
    used: [...used('digest'), ...more],
    ...(offered && { offered }),
  })
  if (has('stop')) return [line(['off', ...names], [...named, ...used('stop')], true)]
  if (has('digestPreview')) return [line(['preview', ...names], [...named, ...used('digestPreview')])]
  if (has('help')) return [line(['help'], used('help'))]
  const timing = words.filter(word => !named.includes(word) && isTiming(word))
  if (has('start', 'follow') || (timing.length > 0 && !has('when', 'next', 'status')))
    return [
      line(
        ['on', ...names, ...timing.map(({ key }) => key)],
        [...named, ...timing, ...used('start', 'follow')],
        true,
      ),
    ]
  return [line(['status'], [...used('next', 'status', 'when', 'latest', 'stories')])]
}

/** Whether a word says when something is posted: `8am`, `weekdays`. Cities are left to those who type the line. */
const isTiming = ({ key }: Word): boolean => {
  const { time, days, unknown } = readRhythm([key])
  return unknown.length === 0 && (time !== undefined || days !== undefined)
}

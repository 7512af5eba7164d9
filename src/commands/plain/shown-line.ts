import { type Call, platformOf } from '../../chat/platform.ts'
import type { Library } from '../../content/library.ts'
import type { Command } from '../command.ts'
import { printableLine } from '../printable-line.ts'
import { safeEcho } from '../refusals.ts'
import { type Candidate, lineOf } from './candidate.ts'

/** A candidate as it can be typed in a place: Discord takes no story behind `/nutgraf`, only behind `/nutgraf story`. */
export function asTypedIn<Line extends Pick<Candidate, 'command' | 'args'>>(
  line: Line,
  { place }: Call,
  library: Library,
): Line {
  const { command, args } = line
  const isOfStory = command === 'nutgraf' && library.story(args[0] ?? '') !== undefined
  return isOfStory && platformOf(place) === 'discord' ? { ...line, args: ['story', ...args] } : line
}

/** The line as it is printed: where others read it, only words of ours. */
export function shownLine(
  candidate: Candidate,
  call: Call,
  { library, commands }: { library: Library; commands: Map<string, Command> },
): string {
  const { command, args, flags } = candidate
  if (call.audience === 'caller') return lineOf(candidate)
  const printable = (shown: string[]) => printableLine(command, { args: shown, flags }, { library, commands })
  for (let count = args.length; count > 0; count--) {
    const line = printable(args.slice(0, count))
    if (line !== undefined) return count === args.length ? line : `${line} …`
  }
  return args.length === 0 ? (printable([]) ?? `/${command}`) : `/${command} …`
}

/** What is told of unused words: the words themselves, or only how many. */
export function told(unused: string[], call: Call): string | number | undefined {
  if (unused.length === 0) return undefined
  return safeEcho(call, unused.join(' ')) ?? unused.length
}

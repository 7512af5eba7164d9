import type { Call } from '../chat/platform.ts'
import { type Reply, refusal } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { BARE_FLAGS, FLAG_DESCRIPTIONS, type FlagName } from './command.ts'
import { formatLine, type ParsedLine } from './line.ts'
import { refuseUnknown } from './refusals.ts'
import { withdrawnNoticeFor } from './withdrawn.ts'

/**
 * Refuses a flag that a line does not take, or that lacks its value; nothing typed is passed over in silence. `open` says
 * that the answer may be for all.
 */
export function flagProblem(
  flags: ParsedLine['flags'],
  asked: string,
  own: FlagName[] = [],
  open = true,
): Reply | undefined {
  const takes = [...new Set<FlagName>([...own, ...(open ? ['public' as const] : [])])]
  const shown = takes.map(flag => `--${flag}`)
  for (const [flag, value] of Object.entries(flags)) {
    if (!Object.hasOwn(FLAG_DESCRIPTIONS, flag)) return refusal(phrases.flags.unknown(asked, shown))
    if (!takes.includes(flag as FlagName)) return refusal(phrases.flags.notTaken(asked, `--${flag}`, shown))
    if (flag === 'public' && value !== true) return refusal([phrases.flags.publicHasNoValue])
    if (BARE_FLAGS.has(flag)) {
      if (value !== true) return refusal([phrases.flags.noValue(`--${flag}`)])
      continue
    }
    if (value === true || value.trim() === '')
      return refusal(
        phrases.flags.needsValue(`--${flag}`, FLAG_DESCRIPTIONS[flag as FlagName], FLAG_EXAMPLES[flag]!),
      )
  }
  return undefined
}

const FLAG_EXAMPLES: Record<string, string> = {
  page: '--page 2',
  since: '--since 7d',
  ...phrases.flags.examples,
}

/** The story that `--story` names; none when it is not there, and a refusal when no story has that name. */
export function storyFromFlag(
  library: Library,
  words: ParsedLine,
  call: Call,
  head: string,
): { story?: Story } | { refused: Reply } {
  const name = words.flags.story
  if (typeof name !== 'string') return {}
  const story = library.story(name)
  if (story) return { story }
  const withdrawn = withdrawnNoticeFor(library, name)
  if (withdrawn) return { refused: withdrawn }
  // The other words of the line are nobody's but the caller's: where all read it, the story alone is offered.
  const lineOf = (slug: string) =>
    call.audience === 'caller'
      ? `${head} ${formatLine({ args: words.args, flags: { ...words.flags, story: slug } })}`.trim()
      : `/nutgraf story ${slug}`
  return {
    refused: refuseUnknown(call, name, {
      known: [library.storyNames()],
      lineOf,
      help: '/nutgraf story list',
    }),
  }
}

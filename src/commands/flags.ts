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
 * Refuses a flag that a command does not take, or that lacks its value, so that nothing typed is silently ignored.
 * `allowPublic` adds `--public` to the accepted flags.
 */
export function flagProblem(
  flags: ParsedLine['flags'],
  commandLine: string,
  ownFlags: FlagName[] = [],
  allowPublic = true,
): Reply | undefined {
  const accepted = [...new Set<FlagName>([...ownFlags, ...(allowPublic ? ['public' as const] : [])])]
  const shown = accepted.map(flag => `--${flag}`)
  for (const [flag, value] of Object.entries(flags)) {
    if (!Object.hasOwn(FLAG_DESCRIPTIONS, flag)) return refusal(phrases.flags.unknown(commandLine, shown))
    if (!accepted.includes(flag as FlagName))
      return refusal(phrases.flags.notTaken(commandLine, `--${flag}`, shown))
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

/** The story that `--story` names: none without the flag, and a refusal where no story has that name. */
export function storyFromFlag(
  library: Library,
  parsed: ParsedLine,
  call: Call,
  commandLine: string,
): { story?: Story } | { refused: Reply } {
  const name = parsed.flags.story
  if (typeof name !== 'string') return {}
  const story = library.story(name)
  if (story) return { story }
  const withdrawn = withdrawnNoticeFor(library, name)
  if (withdrawn) return { refused: withdrawn }
  // Only the caller may see the other words of the line repeated: others are offered the story alone.
  const lineOf = (slug: string) =>
    call.audience === 'caller'
      ? `${commandLine} ${formatLine({ args: parsed.args, flags: { ...parsed.flags, story: slug } })}`.trim()
      : `/nutgraf story ${slug}`
  return {
    refused: refuseUnknown(call, name, {
      known: [library.storyNames()],
      lineOf,
      help: '/nutgraf story list',
    }),
  }
}

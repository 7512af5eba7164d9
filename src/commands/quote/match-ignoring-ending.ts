/** The sign at the end of words. */
type Ending = 'stop' | 'comma' | 'none'

/** What stands at the end of typed words, and at the same place of ours, where our words may go on. */
type EndingDifference = { ours: Ending | 'goesOn'; yours: Ending }

const ENDINGS: Record<string, Ending> = { '.': 'stop', ',': 'comma' }

/**
 * Finds typed words in ours when quotation marks around them, and a full stop or comma at their end, do not count:
 * whoever quotes rarely copies those. `words` are ours with our own sign, `differs` says where the two signs differ.
 */
export function matchIgnoringEnding(
  ours: string,
  typed: string,
): { words: string; differs?: EndingDifference } | undefined {
  const core = typed.replace(/^[\s"“”„‟«»‘]+|[\s"“”«»’.,]+$/gu, '')
  const at = core === '' ? -1 : ours.indexOf(core)
  if (at < 0) return undefined
  const own = /^[.,]/.exec(ours.slice(at + core.length))?.[0] ?? ''
  const theirs = /[.,]/.exec(typed.slice(typed.lastIndexOf(core) + core.length))?.[0] ?? ''
  const words = core + own
  if (own === theirs) return { words }
  const goesOn = own === '' && /[\p{L}\p{N}]/u.test(ours.slice(at + core.length))
  return {
    words,
    differs: { ours: goesOn ? 'goesOn' : (ENDINGS[own] ?? 'none'), yours: ENDINGS[theirs] ?? 'none' },
  }
}

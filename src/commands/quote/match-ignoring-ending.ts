/** The punctuation at the end of words. */
type Ending = 'stop' | 'comma' | 'none'

/** The ending of the typed words, and what ours have in the same place: an ending, or more words. */
type EndingDifference = { ours: Ending | 'goesOn'; yours: Ending }

const ENDINGS: Record<string, Ending> = { '.': 'stop', ',': 'comma' }

/**
 * Finds typed words in ours, ignoring quotation marks around them and a full stop or comma at their end, which people
 * rarely copy when they quote. `words` are ours with our punctuation; `differs` tells both endings if they differ.
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

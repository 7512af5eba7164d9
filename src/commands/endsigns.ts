const NAMES: Record<string, string> = { '.': 'a full stop', ',': 'a comma' }

/**
 * Finds typed words in ours when quotation marks around them, and a full stop or comma at their end, do not count:
 * whoever quotes rarely copies those. `words` are ours with our own sign, `differs` says where the two signs differ.
 */
export function sameButForEnd(ours: string, typed: string): { words: string; differs?: string } | undefined {
  const core = typed.replace(/^[\s"“”„‟«»‘]+|[\s"“”«»’.,]+$/gu, '')
  const at = core === '' ? -1 : ours.indexOf(core)
  if (at < 0) return undefined
  const own = /^[.,]/.exec(ours.slice(at + core.length))?.[0] ?? ''
  const theirs = /[.,]/.exec(typed.slice(typed.lastIndexOf(core) + core.length))?.[0] ?? ''
  const words = core + own
  if (own === theirs) return { words }
  const goesOn = /[\p{L}\p{N}]/u.test(ours.slice(at + core.length))
  const ends = own === '' ? (goesOn ? 'goes on' : 'has no sign') : `has ${NAMES[own]}`
  return { words, differs: `At the end our copy ${ends} where yours has ${NAMES[theirs] ?? 'no sign'}.` }
}

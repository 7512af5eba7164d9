import { writtenAddress } from './written-address.ts'

/** The longest address that a platform takes as a link, once it is percent-encoded. */
const MAX_LENGTH = 2_000

/**
 * The first of some addresses that leads to a web page, made absolute against the first base that gives one. None of them
 * may carry a name and a password.
 */
export function pageAddress(
  candidates: (string | undefined)[],
  bases: (string | undefined)[],
): string | undefined {
  for (const candidate of candidates) {
    const link = writtenAddress(candidate, bases)
    if (link === undefined) continue
    for (const base of [undefined, ...bases]) {
      const url = URL.parse(link, base)
      if (!url) continue
      if (!/^https?:$/.test(url.protocol) || url.hostname === '') break
      url.username = ''
      url.password = ''
      if (url.href.length <= MAX_LENGTH) return url.href
      break
    }
  }
  return undefined
}

/** Whether a text is an address of a web page by itself: only such an id may be the link of an item. */
export const isPageAddress = (text: string | undefined): text is string =>
  text !== undefined && /^https?:\/\/\S+$/i.test(text.trim()) && URL.canParse(text.trim())

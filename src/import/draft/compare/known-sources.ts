import type { Story } from '../../../content/story.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Article } from '../../article.ts'
import type { ReportLine, Severity } from '../draft.ts'

/** Says that a page is a source of a story already: by its address, or, in the story it is for, by its text. */
export function knownSources(
  { url, text }: Article,
  { stories, into }: { stories: readonly Story[]; into: Story | undefined },
): ReportLine[] {
  const address = url === undefined ? undefined : plainAddress(url)
  const words = plainText(text)
  return stories.flatMap(story =>
    story.sources.flatMap((source): ReportLine[] => {
      const isSameAddress = source.url !== undefined && plainAddress(source.url) === address
      const stored = isSameAddress || story.slug !== into?.slug ? undefined : source.text
      if (!isSameAddress && (stored === undefined || !isSameText(plainText(stored), words))) return []
      const how = story.slug !== into?.slug ? 'address' : isSameAddress ? howKnown(source.text, text) : 'text'
      const about = phrases.draftReport.sourceKnown(story.slug, source.number, how)
      return [{ kind: 'known-source', severity: SEVERITIES[how], text: about }]
    }),
  )
}

/** How a page may be known. Nothing is wrong where its words are new, or the very same: those are cited. */
const SEVERITIES: Record<'address' | 'text' | 'withoutText' | 'withThisText' | 'withOtherText', Severity> = {
  address: 'error',
  text: 'error',
  withOtherText: 'look',
  withoutText: 'note',
  withThisText: 'note',
}

/** How a story knows a page that it has by its address. One that was added from its card has no words yet. */
function howKnown(stored: string | undefined, text: string): keyof typeof SEVERITIES {
  if (stored === undefined) return 'withoutText'
  return stored === text ? 'withThisText' : 'withOtherText'
}

/** An address without what differs between two links to one page. */
function plainAddress(address: string): string {
  if (!URL.canParse(address)) return address
  const { hostname, pathname, searchParams } = new URL(address)
  for (const name of [...searchParams.keys()])
    if (/^(?:utm_\w+|fbclid|gclid|cmp|ref)$/i.test(name)) searchParams.delete(name)
  const query = searchParams.size > 0 ? `?${searchParams}` : ''
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${query}`
}

const plainText = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Shorter texts are excerpts, which may well be a part of another text. */
const MIN_CHARACTERS = 300

/** Whether two texts are one: the same, or the one with notices or a headline around it. */
const isSameText = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= MIN_CHARACTERS && middleIn(a, b))

function middleIn(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < long.length / 2) return false
  // Three pieces of it, since a notice may stand in between.
  const size = Math.floor(short.length / 6)
  return [1, 3, 4].filter(part => long.includes(short.slice(part * size, (part + 1) * size))).length >= 2
}

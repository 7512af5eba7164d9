/**
 * A feed as its format says it, before dates, titles and links are read: the same for all formats. Where a format has
 * several places for one thing, they stand in a list, the best one first.
 */
export type RawFeed = {
  title?: string
  /** The page of the site, against which relative links count. */
  site: Candidates
  /** The address by which the feed knows itself, and where it says that it wakes those who ask (WebSub). */
  self?: string
  hub?: string
  builtAt: Candidates
  ttlMinutes?: number
  /** As in `sy:updatePeriod`: `hourly`, and how often in it. */
  updatePeriod?: string
  updateFrequency?: number
  skipHours?: number[]
  skipDays?: string[]
  items: RawItem[]
}

/** An item as its format says it. Titles and texts may be HTML; `titleIsText` where the format says that this one is not. */
export type RawItem = {
  guid?: string
  titles: Candidates
  titleIsText?: boolean
  links: Candidates
  texts: Candidates
  published: Candidates
  updated: Candidates
  outlet?: string
}

type Candidates = (string | undefined)[]

/** A link with its relation, as Atom has them. */
export type RelatedLink = { href?: string; rel?: string; type?: string }

/** A relation may be written as its place in the register of all of them. */
const REGISTRY = /^https?:\/\/www\.iana\.org\/assignments\/relation\//

/** The addresses of links with a relation; one without any is an `alternate`. */
export const linksTo = (links: (RelatedLink | undefined)[] | undefined, rel: string): string[] =>
  (links ?? []).flatMap(link => {
    const names = (link?.rel?.trim() || 'alternate').toLowerCase().replace(REGISTRY, '').split(/\s+/)
    return link?.href !== undefined && names.includes(rel) ? [link.href] : []
  })

/** The addresses of the pages that a list of links names: web pages before what has another type. */
export const pageLinks = (links: (RelatedLink | undefined)[] | undefined): string[] => {
  const isPage = ({ type }: RelatedLink) => !type || /html/i.test(type)
  const known = (links ?? []).filter(link => link !== undefined)
  return [known.filter(isPage), known.filter(link => !isPage(link))].flatMap(some =>
    linksTo(some, 'alternate'),
  )
}

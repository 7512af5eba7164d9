import { titleText } from '../../../wire/read/plain-text.ts'
import type { Article, FoundValue } from '../../article.ts'
import { oneLine } from '../one-line.ts'
import { findDate } from './find-date.ts'
import { type LinkedData, readLinkedData } from './json-ld.ts'
import { AUTHOR_NAMES, type Meta, metaText, OUTLET_NAMES, readMeta, TITLE_NAMES } from './meta.ts'
import { ownAddress } from './own-address.ts'

/** What the head of a page says of its article. */
export type Head = Pick<Article, 'title' | 'outlet' | 'author' | 'published' | 'url'>

type HeadInput = { document: Document; jsonLd: string[]; url?: string; now: number }

/**
 * Reads title, outlet, author, date and address of a page, each with where it was found: in JSON-LD first, then in
 * `<meta>`, then where people read it. Must be asked before the page is changed.
 */
export function findHead({ document, jsonLd, url, now }: HeadInput): Head {
  const linked = readLinkedData(jsonLd)
  const meta = readMeta(document)
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute('href')
  const address = ownAddress(url, [canonical, meta.get('og:url'), linked.url])
  const outlet = findOutlet(linked, meta, address)
  const title = findTitle(document, { linked, meta, outlet: outlet?.value })
  const author = findAuthor(document, linked, meta)
  const published = findDate({ document, linked, meta, url: address, now })
  return {
    ...(title && { title }),
    ...(outlet && { outlet }),
    ...(author && { author }),
    ...(published && { published }),
    ...(address !== undefined && { url: address }),
  }
}

const found = (value: string | undefined, from: FoundValue['from']): FoundValue | undefined =>
  value ? { value, from } : undefined

function findOutlet(linked: LinkedData, meta: Meta, url: string | undefined): FoundValue | undefined {
  return (
    found(linked.outlet, 'json-ld') ??
    found(metaText(meta, OUTLET_NAMES), 'meta') ??
    found(url && URL.parse(url)?.hostname.replace(/^www\./, ''), 'address')
  )
}

type TitleInput = { linked: LinkedData; meta: Meta; outlet?: string }

function findTitle(document: Document, { linked, meta, outlet }: TitleInput): FoundValue | undefined {
  const heading = titleText(oneHeading(document))
  const stated = found(linked.headline, 'json-ld') ?? found(metaText(meta, TITLE_NAMES), 'meta')
  if (stated) {
    const value = withoutOutlet(stated.value, outlet)
    // Search engines want no more than 110 signs, so that what they are told is cut off.
    const cut = value.replace(/\s?(?:…|\.\.\.)$/, '')
    return heading.length > cut.length && cut.length > 20 && heading.startsWith(cut)
      ? { value: heading, from: 'page' }
      : { ...stated, value }
  }
  return found(heading || withoutOutlet(titleText(document.title ?? ''), outlet), 'page')
}

/** The first-level heading of a page, if it has one alone: of several, one is the name of the site. */
function oneHeading(document: Document): string {
  const inArticle = [...document.querySelectorAll('article h1, main h1, [itemprop~="headline"]')]
  const headings = inArticle.length > 0 ? inArticle : [...document.querySelectorAll('h1')]
  const texts = new Set(
    headings.map(heading => oneLine(heading.textContent ?? '')).filter(text => text !== ''),
  )
  return texts.size === 1 ? [...texts][0]! : ''
}

/** A title without the name of the outlet that stands behind it, or before it. */
function withoutOutlet(title: string, outlet: string | undefined): string {
  const parts = title.split(/ (?:\||–|—|-|::|»|•|·) /)
  const isOutlet = (part: string) => outlet !== undefined && plain(part) === plain(outlet)
  if (parts.length > 1 && isOutlet(parts.at(-1)!))
    return title.slice(0, title.lastIndexOf(parts.at(-1)!) - 3).trim()
  if (parts.length > 1 && isOutlet(parts[0]!)) return title.slice(parts[0]!.length + 3).trim()
  return title
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/^www\.|\.(?:com|org|net|co\.uk)$/g, '')
    .replace(/[^\p{L}\d]/gu, '')
    .replace(/^the/, '')

const BYLINES =
  '[itemprop~="author"] [itemprop~="name"], [itemprop~="author"], [rel~="author"], .byline__name, .byline-name, .author-name, .byline, .p-author'
const MAX_AUTHOR = 120

function findAuthor(document: Document, linked: LinkedData, meta: Meta): FoundValue | undefined {
  const stated = found(linked.author, 'json-ld') ?? found(metaText(meta, AUTHOR_NAMES), 'meta')
  const bylines = [...document.querySelectorAll(BYLINES)].slice(0, 20)
  const byline = bylines
    .map(element => oneLine(element.getAttribute('content') ?? element.textContent ?? ''))
    .map(withoutBy)
    // With a number in it, it is a date as well.
    .find(text => text !== '' && text.length <= MAX_AUTHOR && !/\d/.test(text))
  const author = stated ?? found(byline, 'page')
  return author && found(withoutBy(author.value), author.from)
}

/** A byline without what stands before the names. */
const withoutBy = (byline: string): string =>
  byline.replace(/^(?:.*\d.*?[ ,|])?(?:written )?by:?\s+/i, '').trim()

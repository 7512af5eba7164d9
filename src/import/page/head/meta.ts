import { titleText } from '../../../wire/read/plain-text.ts'

/** The values of a page's `<meta>` elements by their names, in lower case; the first of each. */
export type Meta = Map<string, string>

/** Reads all `<meta>` elements of a page that say something about it. */
export function readMeta(document: Document): Meta {
  const meta: Meta = new Map()
  for (const element of document.querySelectorAll('meta[content]')) {
    const content = element.getAttribute('content')?.trim()
    if (!content) continue
    for (const attribute of ['property', 'name', 'itemprop']) {
      const names = element.getAttribute(attribute)?.toLowerCase().trim()
      for (const name of names ? names.split(/\s+/) : []) if (!meta.has(name)) meta.set(name, content)
    }
  }
  return meta
}

export const TITLE_NAMES =
  'og:title twitter:title dc.title dcterms.title sailthru.title parsely-title citation_title hdl headline title'.split(
    ' ',
  )
export const OUTLET_NAMES =
  'og:site_name application-name dc.publisher dcterms.publisher citation_journal_title publisher cre'.split(
    ' ',
  )
export const AUTHOR_NAMES =
  'author article:author dc.creator dcterms.creator sailthru.author parsely-author citation_author byl authors'.split(
    ' ',
  )
/** Of publication alone: what says when a page was changed is not asked. */
export const DATE_NAMES =
  'article:published_time og:article:published_time article:published datepublished og:published_time og:pubdate pubdate publish-date publish_date publication_date publicationdate dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created dc.date.created sailthru.date parsely-pub-date citation_publication_date citation_date originalpublicationdate article_date_original cxenseparse:recs:publishtime ptime pdate datecreated date'.split(
    ' ',
  )

/** The first value that a page gives under one of several names, as plain text. */
export function metaText(meta: Meta, names: string[]): string | undefined {
  for (const name of names) {
    const text = titleText(meta.get(name))
    // An address names nobody.
    if (text !== '' && !/^(?:https?:)?\/\//i.test(text)) return text
  }
  return undefined
}

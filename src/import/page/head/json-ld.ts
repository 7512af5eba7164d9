import { titleText } from '../../../wire/read/plain-text.ts'

/** What a page says of its article in JSON-LD. Moments are as they are written. */
export type LinkedData = {
  headline?: string
  published?: string
  author?: string
  outlet?: string
  url?: string
}

type Fields = Record<string, unknown>

/** Types of schema.org that an article may have; `WebPage` only where nothing better is there. */
const ARTICLE =
  /(?:Article|BlogPosting|NewsStory|Reportage|LiveBlogPosting|Report|CreativeWork|SocialMediaPosting|Review|Statement)$/
const PAGE = /WebPage$/
/** No script of a newspaper is larger, and none has its article deeper. */
const MAX_LENGTH = 1_000_000
const MAX_DEPTH = 8
const MAX_NODES = 5_000

/** Reads the article in the JSON-LD of a page, in an array, in `@graph`, or inside the page that it is the subject of. */
export function readLinkedData(scripts: string[]): LinkedData {
  const nodes: Fields[] = []
  for (const script of scripts) collect(parseLenient(script), nodes, 0)
  const ofType = (pattern: RegExp) => nodes.filter(node => typesOf(node).some(type => pattern.test(type)))
  // Teasers of other articles have a headline too: the one of the page says more about itself, or comes first.
  const articles = ofType(ARTICLE).filter(node => textOf(node.headline) ?? textOf(node.name))
  const best = articles.find(node => node.datePublished) ?? articles[0] ?? ofType(PAGE)[0]
  if (!best) return {}
  const named = (value: unknown) => namesOf(value, nodes).join(', ') || undefined
  return {
    headline: textOf(best.headline) ?? (articles.includes(best) ? textOf(best.name) : undefined),
    published: rawText(best.datePublished) ?? rawText(best.dateCreated),
    author: named(best.author) ?? named(best.creator),
    outlet: named(best.publisher),
    url:
      rawText(best.url) ??
      rawText(best.mainEntityOfPage) ??
      rawText((best.mainEntityOfPage as Fields)?.['@id']),
  }
}

/** Reads JSON as pages have it: in a comment or CDATA, with line breaks within strings, and commas too many. */
function parseLenient(script: string): unknown {
  if (script.length > MAX_LENGTH) return undefined
  const bare = script
    .replace(/^\s*(?:\/\*\s*|\/\/\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?/, '')
    .replace(/(?:\/\*\s*|\/\/\s*)?(?:-->|\]\]>)(?:\s*\*\/)?\s*;?\s*$/, '')
    .trim()
    .replace(/;$/, '')
  const attempts = [
    () => bare,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON forbids within strings
    () => bare.replace(/[\x00-\x1f]/g, ' ').replace(/,(?=\s{0,100}[\]}])/g, ''),
  ]
  for (const attempt of attempts)
    try {
      return JSON.parse(attempt())
    } catch {
      // The next one repairs more; data that cannot be read is as if it were not there.
    }
  return undefined
}

function collect(value: unknown, nodes: Fields[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || nodes.length >= MAX_NODES) return
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, nodes, depth + 1)
    return
  }
  const fields = value as Fields
  nodes.push(fields)
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'author', 'publisher', 'creator', 'hasPart'])
    if (Object.hasOwn(fields, key)) collect(fields[key], nodes, depth + 1)
}

const typesOf = (node: Fields): string[] => [node['@type']].flat().filter(type => typeof type === 'string')

/** The names of people or organisations, given by themselves, by objects, or by the ids of these. */
function namesOf(value: unknown, nodes: Fields[]): string[] {
  const names = [value].flat().flatMap(entry => {
    if (typeof entry === 'string') return /^https?:/i.test(entry) ? [] : [titleText(entry)]
    if (typeof entry !== 'object' || entry === null) return []
    const fields = entry as Fields
    const known =
      fields.name === undefined ? nodes.find(node => node['@id'] === fields['@id'] && node.name) : fields
    return [known?.name].flat().flatMap(name => textOf(name) ?? [])
  })
  return [...new Set(names.filter(name => name !== ''))].slice(0, 10)
}

const rawText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

function textOf(value: unknown): string | undefined {
  const raw = rawText([value].flat()[0])
  return raw === undefined ? undefined : titleText(raw) || undefined
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import type { Article } from '../import/article.ts'
import { composeDraft } from '../import/draft/compose-draft.ts'
import type { Draft, ReportLine } from '../import/draft/draft.ts'
import { fetchPage } from '../import/page/fetch-page.ts'
import { PageError } from '../import/page/page-failure.ts'
import { MAX_PAGE_BYTES, readPage } from '../import/page/read-page.ts'
import { findQuotations } from '../import/quotations/find-quotations.ts'
import { checkName, draftName } from './draft-name.ts'
import { GIVEN_FACTS, type GivenFacts, withFacts } from './given-facts.ts'
import { openStoriesOnly } from './open.ts'
import { progressOn } from './progress-bar.ts'
import { readBounded } from './read-bounded.ts'
import { withCount } from './with-count.ts'
import { writeDraft } from './write-draft.ts'

const USAGE = `nutgraf import <file|->               make a draft from a page or a plain text; - reads standard input
  --url <address>                the same from the web
  --all <folder>                 from every .html and .txt file of a folder, a draft each
  --into <story>                 entries for that story, instead of a new one
  --as <name>                    what the draft is called, and the story that it will be
  --outlet, --date, --title, --address, --rights
                                 what a text does not say itself: who published it, when, under which headline and address`

/** What a line of a report begins with. */
const SEVERITIES: Record<ReportLine['severity'], string> = {
  error: 'probably wrong',
  look: 'to decide',
  note: 'good to know',
}

/**
 * The verb `import`: makes drafts from pages and texts, writes them beside the stories, and prints what needs the editor’s
 * eye. It publishes nothing, and never writes over anything.
 */
export async function importPages(config: Config, version: string, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      into: { type: 'string' },
      as: { type: 'string' },
      url: { type: 'string' },
      all: { type: 'string' },
      ...GIVEN_FACTS,
    },
  })
  const [file, ...more] = positionals
  const named = [file, values.url, values.all].filter(value => value !== undefined)
  if (named.length === 0 || file === 'help') {
    process.stderr.write(`${USAGE}\n`)
    return file === 'help' ? 0 : 2
  }
  if (named.length > 1 || more.length > 0)
    throw new Error(
      'import: name one file, one --url or one --all folder; for many files, put them in a folder',
    )
  const { as, title, date, address } = values
  if (values.all !== undefined && (as ?? title ?? date ?? address) !== undefined)
    throw new Error(
      'import: with --all, each page has its own title, date and address: leave these and --as out',
    )
  if (values.as !== undefined) checkName(values.as)
  if (values.all !== undefined) return importAll(values.all, values, await openStories(config, values))
  const read =
    values.url === undefined
      ? await readFile(file!)
      : await fetchPage(values.url, fetchOptions(config, version))
  const article = withFacts(read, values)
  const made = await makeDraft(article, file ?? 'page', await openStories(config, values))
  const leftOut = article.dropped.map(line => `left out of the text: ${line}\n`)
  process.stdout.write([describe(made), ...made.draft.report.map(formatLine), ...leftOut].join(''))
  return 0
}

const fetchOptions = ({ feedHosts, publicUrl }: Config, version: string) => ({
  userAgent: `nutgraf/${version}${publicUrl === undefined ? '' : ` (+${publicUrl})`}`,
  ownHosts: feedHosts,
})

/** The stories that a draft is compared with, the one that it adds to, and how it is to be called. */
type Opened = { contentDir: string; library: Library; story?: Story; as?: string; rights?: string }

async function openStories(
  config: Config,
  { into, as, rights }: { into?: string; as?: string; rights?: string },
): Promise<Opened> {
  const library = (await openStoriesOnly(config)).library()
  const story = into === undefined ? undefined : library.story(into)
  if (into !== undefined && !story) {
    const names = library.stories.map(({ slug }) => slug).join(', ')
    throw new Error(`import: there is no story “${into}”; there are: ${names || 'none'}`)
  }
  return { contentDir: config.contentDir, library, story, as, rights }
}

type Made = { draft: Draft; article: Article; quotations: number }

/** Makes a draft of an article and writes it; `fallback` names one without a title. */
async function makeDraft(article: Article, fallback: string, opened: Opened): Promise<Made> {
  const { contentDir, library, story, as, rights } = opened
  const slug = as ?? draftName(article.title?.value, fallback)
  if (!story && library.story(slug))
    throw new Error(
      `Nothing was written: there is a story “${slug}”. Add to it with --into ${slug}, or name another one with --as.`,
    )
  const quotations = findQuotations(article.text, { labels: article.labels })
  const draft = composeDraft({
    article,
    quotations,
    slug,
    into: story,
    stories: library.stories,
    rights,
    today: new Date().toISOString().slice(0, 10),
  })
  await writeDraft(contentDir, draft)
  return { draft, article, quotations: quotations.length }
}

async function readFile(file: string): Promise<Article> {
  const bytes = await readBounded(file, MAX_PAGE_BYTES)
  if (bytes === undefined) throw new PageError('tooLarge')
  return readPage(bytes, /\.(?:txt|text)$/i.test(file) ? { contentType: 'text/plain' } : {})
}

const PAGE_FILE = /\.(?:x?html?|txt|text)$/i

/** Makes a draft from each page of a folder. One that is refused keeps no other from being made. */
async function importAll(folder: string, facts: GivenFacts, opened: Opened): Promise<number> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(entry => !entry.isDirectory())
  const files = entries
    .map(({ name }) => name)
    .filter(name => PAGE_FILE.test(name))
    .sort()
  if (files.length === 0) throw new Error(`import: no .html or .txt file is in ${folder}`)
  const progress = progressOn(process.stderr, 'pages')
  let refused = 0
  for (const [index, file] of files.entries()) {
    progress.show(index, files.length)
    try {
      const made = await makeDraft(withFacts(await readFile(join(folder, file)), facts), file, opened)
      const toLookAt = made.draft.report.filter(({ severity }) => severity !== 'note').length
      progress.clear()
      process.stdout.write(`${file}: ${describe(made)}${toLookAt > 0 ? `  ${toLookAt} to look at\n` : ''}`)
    } catch (cause) {
      refused++
      progress.clear()
      process.stderr.write(`${file}: ${cause instanceof Error ? cause.message : String(cause)}\n`)
    }
  }
  progress.clear()
  const others = entries.length - files.length
  process.stdout.write(
    `${withCount(files.length - refused, 'draft')} written, ${refused} refused${others > 0 ? `; ${withCount(others, 'other file')} left alone` : ''}.\n`,
  )
  return refused > 0 ? 1 : 0
}

/** What was made, in a line. */
function describe({ draft, article, quotations }: Made): string {
  const { outlet, published } = article
  const date =
    published && `${published.date} (${DATE_FROM[published.from]}${published.sure ? '' : ', not sure'})`
  const parts = [
    withCount(article.words, 'word'),
    withCount(quotations, 'quotation'),
    outlet?.value,
    date ?? 'no date',
  ]
  return `drafts/${draft.name}: ${parts.filter(part => part !== undefined).join(' · ')}. Nothing of it is served.\n`
}

const DATE_FROM: Record<NonNullable<Article['published']>['from'], string> = {
  'json-ld': 'the page’s data',
  meta: 'the page’s data',
  feed: 'the feed',
  time: 'a date on the page',
  address: 'the address',
  text: 'a line of the text',
}

const formatLine = ({ severity, text, file, line }: ReportLine): string =>
  `${SEVERITIES[severity]}: ${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `}${text}\n`

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../../config.ts'
import type { DraftFolder } from '../../import/draft/draft.ts'
import { skeleton } from '../../import/draft/skeleton.ts'
import { tickEntries } from '../../import/draft/tick.ts'
import { GIVEN_FACTS, type GivenFacts } from '../given-facts.ts'
import { replaceFile } from '../replace-file.ts'
import { withCount } from '../with-count.ts'
import { writeDraft } from '../write-draft.ts'
import { checkDrafts, describeDrafts } from './describe-drafts.ts'
import { findDraft } from './find-draft.ts'
import { publishDraft } from './publish.ts'

const USAGE = `nutgraf story <what>
  new <name> [--from <page.html|transcript.txt|->] [--outlet <name>] [--date <day>] [--title <headline>] [--address <url>] [--rights <words>]
                                 begin a draft: from a page or a text, or empty, with comments that say what goes where
  tick <name> sure|quotes|timeline|people|<ids…>
                                 tick what belongs into the story: all that is sure, the sure ones of one file, or some
  untick <name> sure|<ids…>      take ticks back
  publish <name> [--leave-out]   make a draft a story, or add it to one; with --leave-out without what is not ticked
  drafts                         list the drafts, and what is wrong with them`

const LISTS: Record<string, string> = { quotes: 'quotes.yml', timeline: 'timeline.yml', people: 'people.yml' }
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/

/** The verb `story`: from a draft to a story. */
export async function story(config: Config, version: string, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' }, 'leave-out': { type: 'boolean' }, ...GIVEN_FACTS },
  })
  const [what = 'help', name, ...more] = positionals
  if (what === 'drafts') return listDrafts(config)
  if (!['new', 'tick', 'untick', 'publish'].includes(what) || name === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return what === 'help' ? 0 : 2
  }
  if (what === 'new') return beginStory(config, version, name, values)
  const draft = findDraft(config.contentDir, name)
  if (what === 'publish') return publishDraft(config, draft, { leaveOut: values['leave-out'] === true })
  return tick(config.contentDir, draft, more, what === 'tick')
}

async function beginStory(
  config: Config,
  version: string,
  name: string,
  { from, outlet, date, title, address, rights }: GivenFacts & { from?: string },
): Promise<number> {
  if (!NAME.test(name))
    throw new Error('A story is called by up to 32 small letters, digits and hyphens, such as bridge.')
  if (existsSync(join(config.contentDir, 'stories', name)))
    throw new Error(
      `Nothing was written: there is a story “${name}”. To add to it: npm run import -- <file> --into ${name}`,
    )
  if (from === undefined) {
    const files = skeleton(name, new Date().toISOString().slice(0, 10))
    await writeDraft(config.contentDir, { name, files })
    process.stdout.write(`${join(config.contentDir, 'drafts', name)} is there to be filled in.\n`)
  } else {
    const facts = Object.entries({ outlet, date, title, address, rights }).flatMap(([flag, value]) =>
      value === undefined ? [] : [`--${flag}=${value}`],
    )
    const { importPages } = await import('../import.ts')
    const code = await importPages(config, version, [from, '--as', name, ...facts])
    if (code !== 0) return code
  }
  process.stdout.write(
    `Write the summary and the status in story.md; tick what belongs into the story: npm run nutgraf -- story tick ${name} sure; then: npm run nutgraf -- story publish ${name}\n`,
  )
  return 0
}

async function tick(
  contentDir: string,
  draft: DraftFolder,
  chosen: string[],
  ticked: boolean,
): Promise<number> {
  const ids = chosen.flatMap(word => {
    const list = LISTS[word]
    if (word !== 'sure' && list === undefined) return [word]
    return draft.entries
      .filter(({ file, sure }) => sure && (list === undefined || file === list))
      .map(({ id }) => id)
  })
  const unknown = ids.filter(id => !draft.entries.some(entry => entry.id === id))
  if (ids.length === 0 || unknown.length > 0) {
    const names = draft.entries.map(({ id, sure }) => (sure ? id : `${id} (not sure)`)).join(', ')
    const what = unknown.length > 0 ? `There is no entry “${unknown.join('”, “')}” in this draft. ` : ''
    process.stderr.write(`${what}Nothing was changed. Its entries: ${names || 'none'}\n`)
    return 1
  }
  for (const { path, text } of tickEntries(draft, ids, ticked))
    await replaceFile(join(contentDir, path), text)
  const open = draft.entries.filter(({ id, ticked: was }) => (ids.includes(id) ? !ticked : !was))
  process.stdout.write(
    `${withCount(ids.length, 'entry', 'entries')} ${ticked ? 'ticked' : 'not ticked any more'}. ${
      open.length === 0
        ? 'All are ticked.'
        : `Not ticked: ${open.map(({ id, sure }) => (sure ? id : `${id} (not sure)`)).join(', ')}`
    }\n`,
  )
  return 0
}

async function listDrafts(config: Config): Promise<number> {
  process.stdout.write(describeDrafts(await checkDrafts(config)) || 'There is no draft.\n')
  return 0
}

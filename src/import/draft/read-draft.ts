import { DraftPage, MarkedEntries } from '../../content/read/schema/draft-files.ts'
import type { ContentFile } from '../../content/read/story-folder.ts'
import { parseYaml, parseYamlList } from '../../content/read/yaml.ts'
import type { Problem } from '../../content/story.ts'
import { type DraftEntry, type DraftFolder, type ReportLine, TICKED_FILES } from './draft.ts'

const DRAFT_PATH = /^drafts\/([^/]+)\/(.+)$/

/** The drafts among the files of a content folder, in the order of their names. Other files are none of theirs. */
export function readDrafts(files: readonly ContentFile[]): DraftFolder[] {
  const byName = new Map<string, ContentFile[]>()
  for (const file of files) {
    const name = DRAFT_PATH.exec(file.path)?.[1]
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), file])
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => readDraft(name, own))
}

function readDraft(name: string, files: ContentFile[]): DraftFolder {
  const problems: Problem[] = []
  const fileOf = (path: string) => files.find(file => file.path === `drafts/${name}/${path}`)
  const main = fileOf('draft.yml')
  const page =
    main && !main.unreadable
      ? parseYaml({ file: main.origin, text: main.text, linesBefore: 0 }, DraftPage)
      : undefined
  problems.push(...(page?.problems ?? []))
  const entries = TICKED_FILES.flatMap(file => {
    const list = fileOf(file)
    return list && !list.unreadable ? entriesOf(file, list, problems) : []
  })
  const { into, imported, from, report = [] } = page?.value ?? {}
  return {
    name,
    ...(into !== undefined && { into }),
    ...(imported !== undefined && { imported }),
    ...(from !== undefined && { from }),
    entries,
    report: report as ReportLine[],
    files,
    problems,
  }
}

/** The entries of one list. What is wrong with their other fields is found where a story is checked. */
function entriesOf(file: DraftEntry['file'], list: ContentFile, problems: Problem[]): DraftEntry[] {
  const excerpt = { file: list.origin, text: list.text.trim() === '' ? '[]' : list.text, linesBefore: 0 }
  const read = parseYamlList(excerpt, MarkedEntries.element)
  if (read.isBroken || read.refused.length > 0) problems.push(...read.problems)
  return read.rows.map(([place, { tick, sure, ...values }]): DraftEntry => {
    const { id, name } = values as { id?: unknown; name?: unknown }
    return {
      file,
      id: String((file === 'people.yml' ? name : id) ?? `${file} ${place + 1}`),
      place,
      ticked: tick,
      sure,
      line: read.lineNumberOf([place]),
      values,
    }
  })
}

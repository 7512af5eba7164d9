import { insertEntries, plainList } from '../../content/read/documents/insert-entries.ts'
import { type ContentFile, draftLineIn } from '../../content/read/story-folder.ts'
import { additionsOf } from './additions.ts'
import { type DraftEntry, type DraftFile, type DraftFolder, TICKED_FILES } from './draft.ts'
import { onlyEntries } from './marks.ts'

/** The files of a story as a draft makes them: their paths below the content folder, and whole texts. */
export type Publication = { slug: string; files: DraftFile[]; leftOut: DraftEntry[] }

/** A new story: what is ticked, without the marks of a draft. Editors’ own comments stay. */
export function asNewStory(draft: DraftFolder): Publication {
  const { name, files, entries } = draft
  const published = files.flatMap(({ path, text }): DraftFile[] => {
    const inside = path.slice(`drafts/${name}/`.length)
    const target = `stories/${name}/${inside}`
    if (inside === 'draft.yml') return []
    if (inside === 'story.md') return [{ path: target, text: withoutDraftLine(text) }]
    if (!(TICKED_FILES as readonly string[]).includes(inside)) return [{ path: target, text }]
    const own = entries.filter(({ file }) => file === inside)
    const ticked = own.filter(entry => entry.ticked)
    if (ticked.length === 0) return []
    const places = ticked.map(({ place }) => place)
    return [
      {
        path: target,
        text: onlyEntries(
          text,
          places,
          own.map(({ line }) => line),
        ),
      },
    ]
  })
  return { slug: name, files: published, leftOut: entries.filter(entry => !entry.ticked) }
}

function withoutDraftLine(text: string): string {
  const line = draftLineIn(text)
  return line ? text.slice(0, line.start) + text.slice(line.end).replace(/^\r?\n/, '') : text
}

/**
 * Additions to a story, given its files: the files that change, sources first, so that no state in between cites what is
 * not there. A number or an id that the story has given away meanwhile is replaced by a free one. What it has already, of
 * an earlier attempt that broke off, is not added again.
 */
export function intoStory(
  draft: DraftFolder,
  story: readonly ContentFile[],
): Publication | { refused: string } {
  const slug = draft.into!
  const folder = `stories/${slug}`
  const textOf = (file: string) => story.find(({ path }) => path === `${folder}/${file}`)?.text ?? ''
  const ticked = draft.entries.filter(entry => entry.ticked)
  const additions = additionsOf(draft, ticked)
  const known = (plainList(textOf('sources.yml')) ?? []) as Record<string, unknown>[]
  const numbers = new Map<unknown, number>()
  const files: DraftFile[] = []
  let highest = Math.max(0, ...known.map(({ number }) => Number(number) || 0))
  const sources: Record<string, unknown>[] = []
  for (const { file, entry } of additions) {
    if (file !== 'sources.yml') continue
    const stored = draft.files.find(({ path }) => path === `drafts/${draft.name}/sources/${entry.text}`)
    // The same words are one source, whoever added them; without words, what is said of it must be the same.
    const same = known.find(source =>
      stored === undefined
        ? source.text === undefined && source.title === entry.title && source.url === entry.url
        : source.text !== undefined && textOf(`sources/${source.text}`) === stored.text,
    )
    const isFree = !known.some(({ number }) => number === entry.number)
    const number = same ? Number(same.number) : isFree ? Number(entry.number) : ++highest
    highest = Math.max(highest, number)
    numbers.set(entry.number, number)
    if (same) continue
    const text = textName(number, name =>
      story.some(file => file.path === `${folder}/sources/${name}` && file.text !== stored?.text),
    )
    sources.push({ ...entry, number, ...(stored && { text }) })
    if (stored) files.push({ path: `${folder}/sources/${text}`, text: stored.text })
  }
  for (const file of ['sources.yml', 'people.yml', 'timeline.yml', 'quotes.yml'] as const) {
    const old = textOf(file)
    const before = (plainList(old) ?? []) as Record<string, unknown>[]
    const wanted =
      file === 'sources.yml'
        ? sources
        : additions.filter(each => each.file === file).map(({ entry }) => cite(entry, numbers))
    const entries = wanted
      .filter(entry => !before.some(other => isSame(other, entry)))
      .map(entry => withFreeId(entry, before))
    if (entries.length === 0) continue
    const pieces = insertEntries(old, entries, { byDate: file === 'timeline.yml' })
    if (!pieces)
      return { refused: `${folder}/${file} cannot be added to: write it as a list with one “- ” an entry` }
    files.push({ path: `${folder}/${file}`, text: pieces.map(({ text }) => text).join('') })
  }
  return { slug, files, leftOut: draft.entries.filter(entry => !entry.ticked) }
}

/** An entry that cites sources by the numbers that they have in the story. */
function cite(entry: Record<string, unknown>, numbers: Map<unknown, number>): Record<string, unknown> {
  const numberOf = (number: unknown) => numbers.get(number) ?? number
  return {
    ...entry,
    ...(entry.source !== undefined && { source: numberOf(entry.source) }),
    ...(Array.isArray(entry.sources) && { sources: entry.sources.map(numberOf) }),
  }
}

/** Whether two entries are one, apart from the id that one of them may have got. */
const isSame = ({ id: _, ...a }: Record<string, unknown>, { id: __, ...b }: Record<string, unknown>) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())

function withFreeId(
  entry: Record<string, unknown>,
  others: Record<string, unknown>[],
): Record<string, unknown> {
  if (entry.id === undefined) return entry
  const taken = new Set(others.map(({ id }) => id))
  let id = String(entry.id)
  for (let number = 2; taken.has(id); number++) id = `${entry.id}-${number}`
  return { ...entry, id }
}

function textName(number: number, isTaken: (name: string) => boolean): string {
  let name = `${number}.txt`
  for (let copy = 2; isTaken(name); copy++) name = `${number}-${copy}.txt`
  return name
}

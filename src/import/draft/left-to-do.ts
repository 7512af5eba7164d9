import { lineNumberAt } from '../../content/line-number.ts'
import type { ContentFile } from '../../content/read/story-folder.ts'
import type { Problem } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DraftFolder } from './draft.ts'

/** So many words in a row as an outlet has them are the outlet's sentence, not ours. */
const MAX_SAME_WORDS = 12
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’'.-]*/gu
const REWRITE = /\bREWRITE\b/g
const SHOWN_WORDS = 6

/** What an editor still has to do before a draft can be a story: what is to be written, and who is not known. */
export function leftToDo(draft: DraftFolder): Problem[] {
  const { name, into, files, entries } = draft
  const page = files.find(({ path }) => path.endsWith(`/${name}/story.md`))
  const left = page && into === undefined ? [...unwritten(page), ...copied(page, textsOf(files))] : []
  const unknown = entries.flatMap(({ file, ticked, values, line, id }): Problem[] => {
    if (file !== 'quotes.yml' || !ticked || values.speaker !== phrases.draftReport.speakerNotKnown) return []
    const origin = files.find(({ path }) => path.endsWith(`/${name}/${file}`))!.origin
    return [
      {
        file: origin,
        line,
        message: `quote “${id}” is ticked, and its speaker is not known: write who said it`,
      },
    ]
  })
  const list = files.find(({ path }) => path.endsWith(`/${name}/sources.yml`))
  return [...left, ...unknown, ...(list ? notKnown(list) : [])]
}

/** What nobody knows about a source: readers would see it. */
function notKnown({ origin, text }: ContentFile): Problem[] {
  const { outletNotKnown, titleNotKnown } = phrases.draftReport
  return [outletNotKnown, titleNotKnown].flatMap(words => {
    const at = text.indexOf(words)
    return at < 0
      ? []
      : [{ file: origin, line: lineNumberAt(text, at), message: `“${words}”: write what it is` }]
  })
}

const textsOf = (files: ContentFile[]) => files.filter(({ path }) => /\/sources\/[^/]+\.txt$/.test(path))

function unwritten({ origin, text }: ContentFile): Problem[] {
  return [...text.matchAll(REWRITE)].map(({ index }) => {
    const section = /^## (.+)$/gm
    const title = [...text.slice(0, index).matchAll(section)].at(-1)?.[1] ?? 'story.md'
    return {
      file: origin,
      line: lineNumberAt(text, index),
      message: `“${title.trim()}” is still to be written: say it in your own words, and take the line with REWRITE out`,
    }
  })
}

/** Sentences of story.md that are the outlet's, outside of quotation marks. The front matter has its headline, which may be. */
function copied(page: ContentFile, sources: ContentFile[]): Problem[] {
  const runs = new Set(sources.flatMap(({ text }) => runsIn(wordsIn(text)).map(({ run }) => run)))
  const bodyStart = /^---[\s\S]*?\n---[ \t]*\r?\n/.exec(page.text)?.[0].length ?? 0
  const body = page.text.slice(bodyStart).replace(/["“”][^"“”\n]*["“”]/g, quoted => ' '.repeat(quoted.length))
  const lines = new Map<number, Problem>()
  for (const { run, at } of runsIn(wordsIn(body))) {
    if (!runs.has(run)) continue
    const line = lineNumberAt(page.text, bodyStart + at)
    const shown = run.split(' ').slice(0, SHOWN_WORDS).join(' ')
    const message = `“${shown}…” are the words of the source: say it in your own, or quote it`
    if (!lines.has(line)) lines.set(line, { file: page.origin, line, message })
  }
  return [...lines.values()]
}

type Word = { word: string; at: number }

const wordsIn = (text: string): Word[] =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replace(/\.+$/, ''),
    at: index,
  }))

function runsIn(words: Word[]): { run: string; at: number }[] {
  const runs: { run: string; at: number }[] = []
  for (let first = 0; first + MAX_SAME_WORDS <= words.length; first++) {
    const run = words.slice(first, first + MAX_SAME_WORDS)
    runs.push({ run: run.map(({ word }) => word).join(' '), at: run[0]!.at })
  }
  return runs
}

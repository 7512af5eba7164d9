import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of a story in pieces: words that a copy may replace have odd places, what stays has even ones. */
export type TemplateFile = { path: string; pieces: string[] }

/** A story to copy: its files, the words of its names, and all of its words, in lower case. */
export type StoryTemplate = { files: TemplateFile[]; names: Set<string>; words: Set<string> }

/** Keys whose values are not prose, by file. Their lines stay as they are. */
const FIXED_KEYS: Record<string, string> = {
  'story.md': 'state coversTo checked published command',
  'sources.yml': 'number kind date seen text skip',
  'quotes.yml': 'id kind source saidOn',
  'timeline.yml': 'id date confidence sources major added',
  'people.yml': 'sources',
  'facts.yml': 'id confidence sources source print',
  'corrections.yml': 'on part',
}
const OTHER_KEYS =
  'title dek notChecked archive next tags outlet dateNote url rights note speaker aliases role words remark short name about claim says verdict was now why'
/** Keys whose words are names. */
const NAME_KEYS = new Set(['name', 'speaker', 'aliases', 'outlet'])
/** The shortest words that may be replaced: shorter ones hold a language together. */
const SHORTEST_WORD = 5
const SHORTEST_NAME = 4
/** Words of the format and of the calendar, and words that would not be one word if they were replaced. */
const KEPT = new Set(
  `editor https january february march april august september october november december sunday monday tuesday
   wednesday thursday friday saturday given general city first second third`.split(/\s+/),
)
const WORD = new RegExp(`\\\\u[0-9a-f]{4}|\\\\.|(?<!\\p{L})[A-Za-z]{${SHORTEST_NAME},14}(?!\\p{L})`, 'gu')

/** Reads a story's folder and finds what a copy may replace in it. */
export function readTemplate(folder: string): StoryTemplate {
  const names = new Set<string>()
  const words = new Set<string>()
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /\.\w+$/.test(path))
  const files = paths.sort().map((path): TemplateFile => {
    const pieces = ['']
    const keep = (text: string) => {
      pieces[pieces.length - 1] += text
    }
    const cut = (text: string, name: boolean) => {
      let from = 0
      for (const { 0: word, index } of text.matchAll(WORD)) {
        const lower = word.toLowerCase()
        if (word.startsWith('\\') || KEPT.has(lower)) continue
        words.add(lower)
        if (name) names.add(lower)
        keep(text.slice(from, index))
        pieces.push(word, '')
        from = index + word.length
      }
      keep(text.slice(from))
    }
    for (const { text, isFixed, isName } of linesOf(path, readFileSync(join(folder, path), 'utf8')))
      if (isFixed) keep(text)
      else cut(text, isName)
    return { path, pieces }
  })
  const isReplaced = (word: string) => word.length >= SHORTEST_WORD || names.has(word)
  return { files, names, words: new Set([...words].filter(isReplaced)) }
}

/** The text of a file in pieces that are replaced, kept, or hold names; together they are the file. */
function* linesOf(
  path: string,
  text: string,
): Generator<{ text: string; isFixed: boolean; isName: boolean }> {
  const fixedKeys = FIXED_KEYS[path]?.split(' ')
  if (fixedKeys === undefined) return yield { text, isFixed: false, isName: false }
  const keyPattern = new RegExp(`^\\s*(?:- )?(${[...fixedKeys, ...OTHER_KEYS.split(' ')].join('|')}|text):`)
  const isMarkdown = path.endsWith('.md')
  let isFixed = false
  let isName = false
  let fences = 0
  for (const line of text.match(/.*\n|.+$/g) ?? []) {
    if (line === '---\n') fences++
    const key = isMarkdown && fences !== 1 ? undefined : keyPattern.exec(line)
    if (key || /^\s*#|^---$/m.test(line)) {
      isFixed = key ? fixedKeys.includes(key[1]!) : true
      isName = key ? NAME_KEYS.has(key[1]!) : false
      yield { text: key?.[0] ?? line, isFixed: true, isName: false }
      if (key) yield { text: line.slice(key[0].length), isFixed, isName }
    } else yield { text: line, isFixed: isFixed && !isMarkdown, isName: isName && !isMarkdown }
  }
}

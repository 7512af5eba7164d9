/**
 * Writes content of a newsroom's size: `node bench/content-copies.ts 1000 FOLDER` makes 1,000 stories there: the bundled
 * one, and copies that are as long and as linked.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom, makeUpWords, splitEnding } from './size/made-up-words.ts'
import { readTemplate, type StoryTemplate } from './size/story-template.ts'

/** A written story: its folder, its name, and what to type before a verb, such as `/nutgraf pralen-coustert`. */
export type StoryCopy = { folder: string; slug: string; line: string }

const BUNDLED = fileURLToPath(new URL('../content', import.meta.url))
const TEMPLATE = 'lawsuit'
/** Slack takes at most 50 commands, so only so many copies have a command of their own. */
const MOST_COMMANDS = 40
/** The share of ordinary words that a copy says otherwise. */
const REPLACED_SHARE = 0.5
/** So many made-up words there are of each length: all copies together have about as many words as a newsroom's archive. */
const WORDS_A_LENGTH = 4_000
/** A number of its own for each seed. */
const SEED_STEP = 7_919

/**
 * Writes `count` stories into a folder, and a digests.yml: the bundled story `lawsuit` first, then copies of it. In each
 * copy, all names and half of the ordinary words are changed, in all of its files alike, so that quotations stay verbatim
 * and `check` passes. Words keep their length, so answers keep their layout. The same seed gives the same bytes.
 */
export function writeContentCopies(count: number, folder: string, seed = 1): StoryCopy[] {
  const template = readTemplate(join(BUNDLED, 'stories', TEMPLATE))
  const vocabulary = createVocabulary(template, seed)
  const taken = new Set<string>()
  mkdirSync(join(folder, 'stories'), { recursive: true })
  const digests = readFileSync(join(BUNDLED, 'digests.yml'), 'utf8')
  writeFileSync(join(folder, 'digests.yml'), digests)
  return Array.from({ length: count }, (_, index): StoryCopy => {
    const words = index === 0 ? new Map<string, string>() : vocabulary.wordsOf(index)
    const name = index === 0 ? TEMPLATE : `${words.get('chicago')}-${words.get('sessions')}`
    const slug = taken.has(name) ? `${name}-${index}` : name
    taken.add(slug)
    const command = index < MOST_COMMANDS ? slug : undefined
    const copy = { folder: join(folder, 'stories', slug), slug, command }
    writeCopy(template, words, copy)
    return { ...copy, line: command ? `/${command}` : `/nutgraf ${slug}` }
  })
}

/** Gives the words of each copy, by the word in lower case that they replace. */
function createVocabulary({ names, words }: StoryTemplate, seed: number) {
  const taken = new Set([...words, ...[...words].map(word => splitEnding(word).stem)])
  const byLength = Array.from({ length: 15 }, (_, length) =>
    length < 4 ? [] : makeUpWords(length, WORDS_A_LENGTH, taken, seed),
  )
  // A name keeps all of its letters together: nobody is called by a plural.
  const stems = new Map(
    [...words].map(word => [word, names.has(word) ? { stem: word, ending: '' } : splitEnding(word)]),
  )
  return {
    wordsOf(copy: number): Map<string, string> {
      const random = createRandom(seed + (copy + 1) * SEED_STEP)
      const used = new Set<string>()
      const chosen = new Map<string, string>()
      const choose = (stem: string, isName: boolean): string => {
        if (!isName && random() > REPLACED_SHARE) return stem
        const pool = byLength[stem.length]!
        // Ordinary words are chosen as a language does it: a few often, most seldom.
        let at = Math.floor(pool.length * (isName ? random() : random() ** 2))
        while (used.has(pool[at]!)) at = (at + 1) % pool.length
        used.add(pool[at]!)
        return pool[at]!
      }
      const result = new Map<string, string>()
      for (const [word, { stem, ending }] of stems) {
        const isName = names.has(word)
        const key = isName ? `name ${stem}` : stem
        const replacement = chosen.get(key) ?? choose(stem, isName)
        chosen.set(key, replacement)
        result.set(word, replacement + ending)
      }
      return result
    },
  }
}

function writeCopy(
  { files }: StoryTemplate,
  words: Map<string, string>,
  { folder, command }: { folder: string; command?: string },
): void {
  mkdirSync(join(folder, 'sources'), { recursive: true })
  for (const { path, pieces } of files) {
    const text = pieces
      .map((piece, index) => (index % 2 === 0 ? piece : inCaseOf(piece, words.get(piece.toLowerCase()))))
      .join('')
    const own =
      path === 'story.md' ? text.replace(/^command: .*\n/m, command ? `command: ${command}\n` : '') : text
    writeFileSync(join(folder, path), own)
  }
}

/** Writes a word as the one that it replaces is written: CHICAGO, Chicago, chicago. Without a word, that one stays. */
function inCaseOf(model: string, word = model): string {
  if (word === model || model === model.toLowerCase()) return word
  if (model === model.toUpperCase()) return word.toUpperCase()
  return `${word[0]!.toUpperCase()}${word.slice(1)}`
}

if (import.meta.main) {
  const [count = '', folder = ''] = process.argv.slice(2)
  if (!(Number(count) > 0) || folder === '') {
    process.stderr.write('Usage: node bench/content-copies.ts COUNT FOLDER\n')
    process.exit(2)
  }
  const from = performance.now()
  const copies = writeContentCopies(Number(count), folder)
  process.stdout.write(
    `${copies.length} stories in ${folder}, such as ${copies.at(-1)!.line}, in ${((performance.now() - from) / 1000).toFixed(1)} s\n`,
  )
}

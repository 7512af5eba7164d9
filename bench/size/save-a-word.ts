import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoryCopy } from '../content-copies.ts'

/** A saved change: what to ask, and the word that its answer has once the change is live. */
export type SavedWord = { line: string; word: string }

let count = 0

/** Where a new word may stand in each file: behind the first words that are matched. `verb` shows it. */
const PLACES = {
  'story.md': { behind: /^## Background\n\n\S+ /m, verb: 'background' },
  'quotes.yml': { behind: /\n {2}note: >-\n\s+/, verb: 'quotes #1' },
}

/** Saves one file of a story with a harmless word that it did not have, in place of the one of the last save. */
export function saveAWord({ folder, line }: StoryCopy, file: keyof typeof PLACES): SavedWord {
  const { behind, verb } = PLACES[file]
  const path = join(folder, file)
  const word = `zz${(++count).toString(36).replaceAll(/\d/g, digit => 'ghijklmnop'[Number(digit)]!)}zz`
  const old = readFileSync(path, 'utf8').replace(/zz[a-z]+zz /, '')
  const text = old.replace(behind, found => `${found}${word} `)
  if (text === old) throw new Error(`bench: there is no place for a word in ${path}`)
  writeFileSync(path, text)
  return { line: `${line} ${verb}`, word }
}

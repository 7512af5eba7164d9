/**
 * Makes a language of its own of the catalogue: each piece of text that it gives stands in brackets. It does so where
 * it is imported, so it must be the first of ours that a process loads, and that process can be used for nothing else.
 */
import { en } from '../../../src/phrases/en/en.ts'
import { CLOSE_MARK, OPEN_MARK } from './marks.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text as the catalogue gave it, in brackets; code and addresses stay as they are, and so does what is empty. */
function bracketTexts(given: unknown): unknown {
  if (typeof given === 'string') return given === '' ? '' : `${OPEN_MARK}${given}${CLOSE_MARK}`
  if (Array.isArray(given)) return given.map(bracketTexts)
  if (!isRecord(given)) return given
  const own = Object.entries(given)
  return Object.fromEntries(
    own.map(([key, value]) => [
      key,
      /^(?:code|link|kind)$/.test(key) ? stripBrackets(value) : bracketTexts(value),
    ]),
  )
}

/** A value that goes in stands outside the brackets: it must be no English either. A single word may be a key of a table. */
function unbracketValues(value: unknown): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? `${CLOSE_MARK}${value}${OPEN_MARK}` : value
  if (Array.isArray(value)) return value.map(unbracketValues)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unbracketValues(one)]))
}

const stripBrackets = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll(OPEN_MARK, '').replaceAll(CLOSE_MARK, '') : value

function translateEntry(value: unknown): unknown {
  if (typeof value === 'function')
    return (...given: unknown[]) => bracketTexts(value(...given.map(unbracketValues)))
  if (!isRecord(value)) return bracketTexts(value)
  for (const [name, one] of Object.entries(value)) value[name] = translateEntry(one)
  return value
}

// In place: whatever is loaded after this reads it.
translateEntry(en)

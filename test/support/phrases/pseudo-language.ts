/**
 * Turns the catalogue into a pseudo-language: puts each piece of text that it gives into brackets. It does so when it is
 * imported, so it must be the first module of ours that a process loads, and that process can be used for nothing else.
 */
import { en } from '../../../src/phrases/en/en.ts'
import { CLOSE_MARK, OPEN_MARK } from './marks.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Puts all text in a result of the catalogue into brackets, except for code, addresses and empty text. */
function bracketTexts(result: unknown): unknown {
  if (typeof result === 'string') return result === '' ? '' : `${OPEN_MARK}${result}${CLOSE_MARK}`
  if (Array.isArray(result)) return result.map(bracketTexts)
  if (!isRecord(result)) return result
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [
      key,
      /^(?:code|link|kind)$/.test(key) ? stripBrackets(value) : bracketTexts(value),
    ]),
  )
}

/**
 * Puts a value that goes into a sentence outside its brackets, since it must not be English either. A single word stays as
 * it is, since it may be the key of a table.
 */
function unbracketValues(value: unknown): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? `${CLOSE_MARK}${value}${OPEN_MARK}` : value
  if (Array.isArray(value)) return value.map(unbracketValues)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unbracketValues(inner)]))
}

const stripBrackets = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll(OPEN_MARK, '').replaceAll(CLOSE_MARK, '') : value

function translateEntry(value: unknown): unknown {
  if (typeof value === 'function')
    return (...values: unknown[]) => bracketTexts(value(...values.map(unbracketValues)))
  if (!isRecord(value)) return bracketTexts(value)
  for (const [name, entry] of Object.entries(value)) value[name] = translateEntry(entry)
  return value
}

// Changes the catalogue in place: modules that are loaded after this read the brackets.
translateEntry(en)

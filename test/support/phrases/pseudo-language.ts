/**
 * Makes a language of its own of the catalogue: each piece of text that it gives stands in brackets. It does so where
 * it is imported, so it must be the first of ours that a process loads, and that process can be used for nothing else.
 */
import { en } from '../../../src/phrases/en/en.ts'
import { CLOSE, OPEN } from './marks.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text as the catalogue gave it, in brackets; code and addresses stay as they are, and so does what is empty. */
function bracketed(given: unknown): unknown {
  if (typeof given === 'string') return given === '' ? '' : `${OPEN}${given}${CLOSE}`
  if (Array.isArray(given)) return given.map(bracketed)
  if (!isRecord(given)) return given
  const own = Object.entries(given)
  return Object.fromEntries(
    own.map(([key, value]) => [key, /^(?:code|link|kind)$/.test(key) ? plainly(value) : bracketed(value)]),
  )
}

/** A value that goes in stands outside the brackets: it must be no English either. A single word may be a key of a table. */
function outside(value: unknown): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? `${CLOSE}${value}${OPEN}` : value
  if (Array.isArray(value)) return value.map(outside)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, outside(one)]))
}

const plainly = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll(OPEN, '').replaceAll(CLOSE, '') : value

function entry(value: unknown): unknown {
  if (typeof value === 'function') return (...given: unknown[]) => bracketed(value(...given.map(outside)))
  if (!isRecord(value)) return bracketed(value)
  for (const [name, one] of Object.entries(value)) value[name] = entry(one)
  return value
}

// In place: whatever is loaded after this reads it.
entry(en)

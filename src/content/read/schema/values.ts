/** The values that the schemas of the content files are made of. */
import * as z from 'zod'
import { isBreaking } from '../../../chat/safe-text.ts'
import { ROUGH_DATE } from '../../../dates/rough-dates.ts'
import { addressProblem } from '../explain/address-problem.ts'

export { z }

const BREAKING_MESSAGE =
  'must not contain control characters, half of a character, or characters that change the text direction (U+202A to U+202E, U+2066 to U+2069)'
const INVISIBLE_MESSAGE = 'must contain a visible character'
const EMPTY_OR_VISIBLE = /^$|[\p{L}\p{N}\p{P}\p{S}]/u

/** Text of one paragraph, with something to see in it. */
export const textLine = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .refine(text => !isBreaking(text), BREAKING_MESSAGE)
  .refine(text => EMPTY_OR_VISIBLE.test(text), INVISIBLE_MESSAGE)
/** The longest name that fits among the choices of a picker, and beside other names. */
const MAX_NAME_LENGTH = 100
/** A name of a person, a speaker or an outlet. */
export const name = textLine.max(MAX_NAME_LENGTH, `must have at most ${MAX_NAME_LENGTH} characters`)
/** A day. */
export const date = z.iso.date('must be a date like 2017-08-07')
/** YAML reads a year as a number. */
const year = z.int().min(1000).max(9999).transform(String)
const monthOrYear = z.string().regex(ROUGH_DATE).max('2021-09'.length)
/** A day, or a month or a year where the day is not known. */
export const roughDate = z.union(
  [date, monthOrYear, year],
  'must be a date like 2017-08-07, or 2017-08 or 2017 where the day is not known',
)
/** A moment with its zone. */
export const moment = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with its zone like 2026-05-05T06:00:00-05:00 or 2026-05-05T11:00:00Z',
})
/** Numbers of sources. */
export const numbers = z.array(z.int().positive()).default([])
/** What an entry is called. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens')
const passage = z
  .string()
  .min(1)
  .refine(text => !isBreaking(text), BREAKING_MESSAGE)
/** Words of a source, in one piece or more. */
export const words = z.union(
  [passage, z.array(passage).min(1)],
  'must be text in quotation marks, or a list of such texts',
)

/** Words and phrases by which items on the wire are found. */
export const wireWords = z.array(
  textLine
    .max(80, 'must have at most 80 characters')
    .refine(text => /[\p{L}\p{N}]/u.test(text), 'must have a letter or a digit'),
)

/** An address on the web without a name or a password in it. */
export const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(url => addressProblem(url) === undefined, { error: ({ input }) => addressProblem(String(input)) })

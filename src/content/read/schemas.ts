/** The schemas of the content files. They check each entry by itself; the readers check entries against each other. */
import { readBefore } from '../digest.ts'
import {
  address,
  date,
  id,
  moment,
  name,
  numbers,
  roughDate,
  textLine,
  wireWords,
  words,
  z,
} from './schema/values.ts'

/** Front matter of story.md. */
export const StoryFile = z.strictObject({
  title: textLine,
  dek: textLine,
  state: z.enum(['developing', 'settled', 'archived']),
  coversTo: date,
  notChecked: textLine.optional(),
  checked: z.strictObject({ on: date, by: textLine.optional() }).optional(),
  published: date.optional(),
  archive: textLine.optional(),
  next: textLine.optional(),
  why: textLine.optional(),
  embargo: moment.optional(),
  withdrawn: z.strictObject({ on: date, reason: textLine }).optional(),
  command: id.optional(),
  tags: z.array(textLine).default([]),
  wire: z
    .strictObject({ words: wireWords.min(1, 'must name a word'), not: wireWords.default([]) })
    .optional(),
})

/** The kinds of sources; content/README.md says what they mean. */
const SOURCE_KINDS = [
  'news',
  'primary',
  'court-filing',
  'official-local',
  'secondary',
  'reference',
  'mirror',
] as const

/** sources.yml */
export const SourcesFile = z.array(
  z.strictObject({
    number: z.int().positive(),
    outlet: name,
    title: textLine,
    kind: z.enum(SOURCE_KINDS),
    date: date.optional(),
    dateNote: textLine.optional(),
    url: address.optional(),
    seen: date.optional(),
    text: textLine.optional(),
    skip: numbers,
    rights: textLine.optional(),
    note: textLine.optional(),
  }),
)

/** Double quotation marks round all of a text, without others between them. */
const IN_MARKS = /^\s*["“”„«»「『][^"“”„«»「」『』]*["“”„«»」』]\s*$/u

/**
 * quotes.yml, in the order in which quotes are shown. `words` is a list if the attribution interrupts the quotation.
 */
export const QuotesFile = z.array(
  z
    .strictObject({
      id,
      speaker: name,
      aliases: z.array(name).default([]),
      role: textLine,
      kind: z.enum(['direct', 'partial', 'reported']),
      words,
      source: z.int().positive(),
      saidOn: z.union([date, z.literal('not given')], 'must be a date like 2017-08-07, or: not given'),
      remark: textLine.optional(),
      next: textLine.optional(),
      note: textLine.optional(),
      embargo: moment.optional(),
    })
    .refine(quote => quote.kind === 'reported' || ![quote.words].flat().some(text => IN_MARKS.test(text)), {
      path: ['words'],
      error: 'the words have quotation marks round them: take these out, nutgraf adds them',
    }),
)

/** The most characters of an event in the picture of a timeline. */
export const MAX_SHORT_TEXT_LENGTH = 60
/** The most characters of the sentence on why a story matters: it stands in each brief, above the news. */
export const MAX_WHY_LENGTH = 200

/** timeline.yml */
export const TimelineFile = z.array(
  z.strictObject({
    id: id.optional(),
    date: roughDate,
    expected: z.boolean().default(false),
    text: textLine,
    confidence: z.enum(['high', 'medium']),
    sources: numbers,
    major: z.boolean().default(false),
    short: textLine
      .max(MAX_SHORT_TEXT_LENGTH, `must have at most ${MAX_SHORT_TEXT_LENGTH} characters`)
      .optional(),
    added: date.optional(),
    note: textLine.optional(),
    embargo: moment.optional(),
  }),
)

/** people.yml */
export const PeopleFile = z.array(
  z.strictObject({
    name,
    aliases: z.array(name).default([]),
    role: textLine,
    from: roughDate.optional(),
    until: roughDate.optional(),
    about: textLine.optional(),
    sources: numbers,
  }),
)

/** facts.yml. A fact with `print: false` is checked and then dropped: no answer and no index ever contains it. */
export const FactsFile = z.array(
  z.strictObject({
    id,
    text: textLine,
    confidence: z.enum(['high', 'medium', 'unverified']),
    sources: numbers,
    print: z.boolean().default(true),
    claim: z
      .strictObject({
        says: textLine,
        source: z.int().positive(),
        words,
        verdict: textLine,
        short: textLine.optional(),
      })
      .optional(),
  }),
)

/** corrections.yml */
export const CorrectionsFile = z.array(
  z.strictObject({
    on: date,
    part: z.string().regex(/^(?:(?:quote|event|expected|fact|section):[a-z0-9-]+|label)$/, {
      error: 'must be quote:ID, event:ID, expected:ID, fact:ID, section:NAME or label',
    }),
    was: textLine,
    now: textLine,
    why: textLine,
    repeat: z.boolean().default(true),
    notice: z.boolean().default(false),
    embargo: moment.optional(),
  }),
)

/** `22:00-07:00` */
const HOURS = /^(?:[01]\d|2[0-3]):[0-5]\d\s*[-–]\s*(?:[01]\d|2[0-3]):[0-5]\d$/

/** digests.yml */
export const DigestsFile = z.array(
  z.strictObject({
    name: id.max(32, 'must have at most 32 characters'),
    title: textLine.max(60, 'must have at most 60 characters'),
    about: textLine.optional(),
    stories: z.array(textLine).min(1, 'must name a story; leave it out for all').optional(),
    tags: z.array(textLine).min(1, 'must name a tag; leave it out for all').optional(),
    time: z
      .string()
      .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|at once)$/, 'must be a time like 08:00, or: at once'),
    days: z.union([textLine, z.array(textLine).min(1)], 'must be a day, such as mon, or a list of days'),
    zone: textLine.optional(),
    quiet: z.enum(['skip', 'note']).default('skip'),
    wire: z
      .union([z.enum(['all', 'none']), z.array(textLine).min(1)], 'must be all, none or a list of feeds')
      .optional(),
    most: z.int().min(1).max(10, 'must be at most 10').optional(),
    anHour: z.int().min(1).max(60, 'must be at most 60').optional(),
    quietHours: z.string().regex(HOURS, 'must be hours like 22:00-07:00').optional(),
    previews: z.boolean().optional(),
    approve: z.literal('desk', 'must be desk; leave it out where nobody approves').optional(),
    approveBefore: z
      .string()
      .refine(written => readBefore(written) !== undefined, 'must be a time like 30m or 2h, at most 12h')
      .optional(),
    approvals: z.int().min(1).max(5, 'must be at most 5').optional(),
  }),
)

/** feeds.yml */
export const FeedsFile = z.array(
  z.strictObject({
    name: id.max(32, 'must have at most 32 characters'),
    outlet: name,
    url: address,
    zone: textLine.optional(),
    every: z
      .string()
      .regex(
        /^\d{1,4}\s*(?:m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?)$/i,
        'must be a time like 15m, 1h or 1d',
      )
      .optional(),
    only: wireWords.min(1, 'must name a word; leave it out for all').optional(),
    not: wireWords.min(1, 'must name a word; leave it out for none').optional(),
    stories: z.array(textLine).min(1, 'must name a story; leave it out for all').optional(),
    rights: textLine.optional(),
  }),
)

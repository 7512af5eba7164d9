import fc from 'fast-check'
import { addDays } from '../../../src/dates/dates.ts'
import { anyName, anyText, escapeMarkdown, type TextKind } from './any-text.ts'

/**
 * The style of a story: the kind of its texts, how long they are (1: as long as usual), how many entries it has, whether
 * its Markdown is left unescaped, and whether a text may be huge.
 */
export type StoryStyle = { kind: TextKind; long: number; many: number; raw: boolean; huge: boolean }

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const day = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3_400).map(days => addDays('2017-01-01', days)) },
  fc.nat(9).map(days => addDays('2026-04-27', days)),
)
/** The end of an embargo: before and after the moment at which the tests ask. */
const moment = fc.constantFrom('2026-05-01T06:00:00-05:00', '2031-01-01T00:00:00Z')
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 14, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Texts of a style: mostly half of `max` times the style's length, some all of it, few 900 characters. */
function texts({ kind, long, raw, huge }: StoryStyle) {
  const sized = (max: number, lines = false) =>
    fc.oneof(
      { weight: 60, arbitrary: anyText(kind, Math.max(4, Math.round(max * long * 0.5)), { lines }) },
      { weight: 25, arbitrary: anyText(kind, Math.max(4, Math.round(max * long)), { lines }) },
      { weight: huge ? 1 : 0, arbitrary: anyText(kind, 900, { lines }) },
    )
  const line = (max: number) => sized(max)
  // Unescaped text is seldom valid Markdown of a story, so only some stories have it.
  const prose = (max: number) =>
    sized(max, true).map(text => (raw ? text.replace(/\s*[\r\n]+\s*/g, ' ') : escapeMarkdown(text)))
  return { sized, line, prose }
}

const id = (prefix: string) => fc.nat(999).map(number => `${prefix}-${number}`)
/** Between half of `max` and all of it. */
const upTo = (max: number) => ({ minLength: Math.floor(max / 2), maxLength: max, size: 'max' as const })
const unique = <T extends { id: string }>(entry: fc.Arbitrary<T>, max: number) =>
  fc.uniqueArray(entry, { ...upTo(max), selector: ({ id }) => id })

const source = (style: StoryStyle, number: number) => {
  const { line } = texts(style)
  return fc.record(
    {
      number: fc.constant(number),
      outlet: line(40),
      title: line(90),
      kind: fc.constantFrom(
        'news',
        'news',
        'primary',
        'court-filing',
        'official-local',
        'secondary',
        'mirror',
      ),
      date: day,
      dateNote: line(30),
      url: fc.oneof(
        fc.constantFrom(
          'https://example.org/a',
          'https://example.org/a_(b)?c=*d*&e=|f#g',
          'http://пример.example/é',
        ),
        fc
          .oneof({ weight: 8, arbitrary: fc.nat(120) }, fc.nat(420))
          .map(times => `https://example.org/${'long-'.repeat(times)}`),
        fc
          .tuple(fc.constantFrom('http', 'https', 'HTTPS'), anyName('hostile', 40))
          .map(
            ([scheme, path]) => `${scheme}://www.example.org:8443/${encodeURI(path.toWellFormed())}?q=%20#x`,
          ),
      ),
      seen: day,
      note: line(120),
      rights: line(80),
      skip: fc.constant([1]),
    },
    { requiredKeys: ['number', 'outlet', 'title', 'kind', 'rights'] },
  )
}

/** A quotation, with the text between its passages in the stored source. */
const quote = (style: StoryStyle) => {
  const { sized, line, prose } = texts(style)
  // A quotation mark inside would end the quotation too early.
  const passage = sized(240).map(text => text.replace(/["“”]/g, '’'))
  return fc.record({
    id: id('q'),
    passages: fc.oneof(
      { weight: 4, arbitrary: fc.array(passage, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(passage, { minLength: 2, maxLength: 3 }) },
    ),
    // A stored source may hold broken text.
    between: anyText(style.kind === 'plain' ? 'plain' : 'broken', 60).map(text => text.replace(/["“”]/g, '')),
    speaker: anyName(style.kind, 30),
    reuse: fc.boolean(),
    aliases: maybe(fc.array(anyName(style.kind, 20), { maxLength: 2 })),
    role: line(50),
    kind: fc.constantFrom('direct', 'direct', 'partial', 'reported'),
    source: fc.nat(9),
    saidOn: fc.oneof(day, fc.constant('not given')),
    remark: maybe(line(50)),
    next: maybe(anyText(style.kind, style.long > 1 ? 70 : 40)),
    note: maybe(prose(160)),
    embargo: seldom(moment),
  })
}

const event = (style: StoryStyle) => {
  const { prose } = texts(style)
  return fc.record({
    id: id('e'),
    short: anyText(style.kind, 60),
    date: day,
    text: prose(170),
    confidence: fc.constantFrom('high', 'medium'),
    sources: fc.array(fc.nat(9), { maxLength: 4 }),
    major: fc.nat(2).map(number => number === 0),
    added: maybe(day),
    note: maybe(prose(120)),
    embargo: seldom(moment),
  })
}

const person = (style: StoryStyle) => {
  const { line, prose } = texts(style)
  return fc.record({
    name: anyName(style.kind, 30),
    like: fc.constantFrom('nobody', 'nobody', 'speaker', 'alias'),
    aliases: fc.array(anyName(style.kind, 20), { maxLength: 2 }),
    role: line(60),
    about: maybe(prose(140)),
    sources: fc.array(fc.nat(9), { maxLength: 3 }),
  })
}

const fact = (style: StoryStyle) => {
  const { line, prose } = texts(style)
  return fc.record({
    id: id('f'),
    text: prose(200),
    confidence: fc.constantFrom('high', 'medium', 'unverified'),
    sources: fc.array(fc.nat(9), { maxLength: 4 }),
    print: maybe(fc.boolean()),
    claim: maybe(
      fc.record({
        says: line(90),
        of: fc.nat(9),
        verdict: fc.oneof(line(70), line(300)),
        short: maybe(line(50)),
      }),
    ),
  })
}

const correction = (style: StoryStyle) => {
  const { line } = texts(style)
  return fc.record({
    on: day,
    of: fc.nat(99),
    was: line(40),
    now: line(40),
    why: line(40),
    repeat: maybe(fc.boolean()),
    notice: maybe(fc.boolean()),
    embargo: seldom(moment),
  })
}

const section = (style: StoryStyle, title: fc.Arbitrary<string>) => {
  const { prose } = texts(style)
  const block = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant(''), text: prose(240) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('- '), text: prose(160) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('> '), text: prose(160) }) },
    { weight: 1, arbitrary: fc.constant({ kind: '---', text: '' }) },
  )
  return fc.record({
    title,
    blocks: fc.array(fc.tuple(block, fc.array(fc.nat(9), { maxLength: 3 })), { minLength: 1, maxLength: 5 }),
  })
}

const HEADINGS = ['Status', 'Background', 'Cities', 'What it costs']

/** Any story, before `storyFilesOf` makes its numbers and ids fit together. */
export const anyStory = (style: StoryStyle) => {
  const { line } = texts(style)
  const titles = style.raw ? fc.oneof(fc.constantFrom(...HEADINGS), line(30)) : fc.constantFrom(...HEADINGS)
  return fc.record({
    meta: fc.record(
      {
        title: line(90),
        dek: line(160),
        state: fc.constantFrom('developing', 'settled', 'archived'),
        notChecked: line(50),
        checked: fc.record({ on: day, by: line(30) }, { requiredKeys: ['on'] }),
        published: day,
        archive: line(120),
        next: line(120),
        tags: fc.array(line(14), { maxLength: 3 }),
      },
      { requiredKeys: ['title', 'dek', 'state'] },
    ),
    embargo: seldom(moment),
    withdrawn: seldom(fc.record({ on: day, reason: line(200) })),
    sources: fc
      .integer({ min: 1, max: 2 + style.many })
      .chain(count => fc.tuple(...Array.from({ length: count }, (_, at) => source(style, at + 1)))),
    ending: fc.constantFrom('\n', '\r\n'),
    quotes: unique(quote(style), 1 + style.many),
    timeline: unique(event(style), 1 + 2 * style.many),
    people: fc.uniqueArray(person(style), { ...upTo(1 + style.many), selector: ({ name }) => name }),
    facts: unique(fact(style), 1 + style.many),
    corrections: fc.array(correction(style), upTo(Math.ceil(style.many / 2))),
    summary: section({ ...style, long: Math.min(style.long, 0.4) }, fc.constant('Summary')),
    sections: fc.uniqueArray(section(style, titles), {
      maxLength: 3,
      size: 'max',
      selector: ({ title }) => title,
    }),
  })
}

/** A story that `anyStory` gives. */
export type AnyStory = ReturnType<typeof anyStory> extends fc.Arbitrary<infer T> ? T : never

import { platformOf } from '../../chat/platform.ts'
import { type Inline, list, note, type Reply, refusal, text } from '../../chat/reply.ts'
import type { CorrectionEntry } from '../../content/read/append-correction.ts'
import type { Story } from '../../content/story.ts'
import { dayOf, readable } from '../../dates.ts'
import { correctedLine, correctionProblem } from '../../delivery/correction-line.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { DeskAsk } from '../context.ts'
import { line } from '../line.ts'
import { TOO_LATE, unknown } from '../refusals.ts'
import { confirmation, wordsProblem } from './confirmation.ts'
import { fileOf, partsToCorrect } from './correctable-parts.ts'
import { act, countedMessages, takesEffect, tooLate } from './run.ts'

const MOST_WORDS = 400
const MOST_LINKS = 5
const MOST_PROBLEMS = 3

/** `/desk correct <story>/<part> --was … --now … --why …`: shows what would be corrected; with `--confirm`, does it. */
export async function deskCorrect(ask: DeskAsk): Promise<Reply> {
  const found = partOf(ask)
  if ('refused' in found) return found.refused
  const entry = entryOf(ask, found.part)
  if ('refused' in entry) return entry.refused
  return ask.flags.confirm === undefined ? shownFirst(ask, found, entry) : written(ask, found, entry)
}

/** `own` is the file where the part itself is written. */
type Found = { story: Story; part: string; id: string; own: string }

function partOf({ library, call, args, flags }: DeskAsk): Found | { refused: Reply } {
  const typed = args.join(' ').trim()
  if (typed === '') return { refused: refusal(phrases.correction.whichPart()) }
  const [name = '', ...rest] = typed.split('/')
  const story = library.story(name)
  const { confirm: _, ...kept } = flags
  const lineOf = (part: string) => `/desk correct ${line({ args: [part], flags: kept })}`
  if (!story)
    return {
      refused: unknown(call, name, {
        known: [library.names()],
        lineOf: slug => lineOf([slug, ...rest].join('/')),
        help: '/nutgraf story list',
      }),
    }
  const parts = partsToCorrect(story)
  const wanted = rest.join('/').toLowerCase()
  const part = parts.find(one => one.toLowerCase() === wanted)
  const own = part && fileOf(part)
  if (part && own) return { story, part, id: `${story.slug}/${part}`, own }
  if (wanted === '') return { refused: whichPart(story, parts) }
  // The story is known, so that only what comes after it was mistyped.
  return {
    refused: unknown(call, rest.join('/'), {
      known: [parts],
      lineOf: one => lineOf(`${story.slug}/${one}`),
      help: `/nutgraf ${story.slug} help`,
    }),
  }
}

/** Of more parts than these, the others are counted. */
const MOST_PARTS = 12

function whichPart({ slug, title }: Story, parts: string[]): Reply {
  const shown = parts.slice(0, MOST_PARTS)
  const more = parts.length - shown.length
  return refusal(
    [phrases.correction.partsOf(title)],
    list(shown.map(part => [{ code: `${slug}/${part}` }])),
    ...(more > 0 ? [note(phrases.correction.moreParts(more))] : []),
  )
}

function entryOf({ flags, call, newsroom }: DeskAsk, part: string): CorrectionEntry | { refused: Reply } {
  const words: Record<string, string> = {}
  for (const name of ['was', 'now', 'why'] as const) {
    const typed = flags[name]
    if (typeof typed !== 'string') return { refused: refusal(phrases.correction.missing(name)) }
    words[name] = typed.replace(/\s+/g, ' ').trim()
    const problem = wordsProblem(words[name], MOST_WORDS, `--${name}`)
    if (problem) return { refused: problem }
  }
  const { was = '', now = '', why = '' } = words
  const entry: CorrectionEntry = {
    ...{ on: dayOf(call.at, newsroom.zone), part, was, now, why },
    ...(flags['no-repeat'] !== undefined && { repeat: false }),
    ...(flags.notice !== undefined && { notice: true }),
  }
  // What no message has room for need not be shown first.
  const problem = correctionProblem({ repeat: true, notice: false, ...entry })
  return problem === undefined ? entry : { refused: notPassing([problem]) }
}

/** What the check of the content says of an entry. */
const notPassing = (problems: string[]): Reply =>
  refusal(
    [phrases.correction.failsCheck],
    list(problems.slice(0, MOST_PROBLEMS).map(problem => [problem])),
    ...(problems.length > MOST_PROBLEMS
      ? [note(phrases.correction.moreProblems(problems.length - MOST_PROBLEMS))]
      : []),
  )

async function shownFirst(ask: DeskAsk, { id, part, own }: Found, entry: CorrectionEntry): Promise<Reply> {
  const { desk, call, newsroom, flags } = ask
  const messages = await desk.store.messagesShowing(id)
  const links = linksTo(ask, messages)
  const said = correctedLine({ repeat: true, notice: false, ...entry }, call.at, newsroom.zone)
  const { confirm: _, ...kept } = flags
  const sure = confirmation({ args: ['correct', id], flags: kept })
  const first = messages.length > links.length && links.length > 0 ? links.length : undefined
  return {
    blocks: [
      text(...phrases.correction.toBeCorrected(id)),
      text(phrases.correction.whichSay(countedMessages(messages), first)),
      ...(links.length > 0 ? [list(links)] : []),
      text(phrases.correction.whatStandsAbove),
      text(...said),
      note(phrases.correction.whatFollows({ notice: false, repeat: true, ...entry, part, file: own })),
      ...sure.blocks,
    ],
    actions: sure.actions,
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

function linksTo({ desk }: DeskAsk, messages: Delivery[]): Inline[][] {
  const links: Inline[][] = []
  for (const { message, place, digest, date } of messages) {
    if (links.length === MOST_LINKS) break
    const url = message && desk.platform(platformOf(place))?.link?.(message)
    const name = [place, digest, date && readable(date)].filter(Boolean).join(' · ')
    if (message) links.push([url === undefined ? name : { link: url, text: name }])
  }
  return links
}

async function written(
  ask: DeskAsk,
  { story, id, part, own }: Found,
  entry: CorrectionEntry,
): Promise<Reply> {
  const { desk } = ask
  const { was, ...rest } = entry
  // What may be shown nowhere again is not kept here either.
  const details = { id, ...rest, ...(entry.repeat !== false && { was }) }
  // What writes YAML is needed by nobody else in a bot that runs.
  const { appendCorrection } = await import('../../content/read/append-correction.ts')
  const made = await appendCorrection(desk.contentDir, story.slug, entry, {
    problemsWith: desk.problemsWith,
    sure: async () => {
      if (tooLate(ask)) return false
      await act(ask, 'correct', details)
      return true
    },
    unwritten: () => act(ask, 'correct failed', { id }),
  })
  const file = `stories/${story.slug}/corrections.yml`
  switch (made.outcome) {
    case 'late':
      return TOO_LATE
    case 'moved':
      return refusal([phrases.correction.movedMeanwhile(file)])
    case 'broken':
      return notPassing(made.problems)
    case 'readonly':
      return refusal(
        [phrases.correction.notWritable(file, made.empty)],
        text({ code: made.line }),
        note(phrases.correction.bringBoth(part, own)),
      )
    case 'written': {
      await takesEffect(ask)
      return {
        blocks: [
          text(...phrases.correction.written(file)),
          text(phrases.correction.commitBoth(part, own)),
          note(...phrases.correction.howFar()),
        ],
        parts: [],
        audience: 'caller',
        guide: true,
      }
    }
  }
}

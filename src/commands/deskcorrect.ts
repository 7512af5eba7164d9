import type { CorrectionEntry } from '../content/correctionfile.ts'
import type { Story } from '../content/story.ts'
import { dayOf } from '../dates.ts'
import { correctedLine } from '../digests/correctedline.ts'
import { platformOf } from '../platform.ts'
import { type Inline, list, note, type Reply, refusal, text } from '../reply.ts'
import type { Delivery } from '../store/delivery.ts'
import { unknown } from './ask.ts'
import { fileOf, partsToCorrect } from './deskparts.ts'
import { act, countedMessages, type DeskAsk, TOO_LATE, takesEffect, tooLate } from './deskroom.ts'
import { confirmation, wordsProblem } from './deskwords.ts'
import { line } from './line.ts'

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

type Found = { story: Story; part: string; id: string }

function partOf({ library, call, args, flags }: DeskAsk): Found | { refused: Reply } {
  const typed = args.join(' ').trim()
  if (typed === '')
    return {
      refused: refusal([
        'Which part? ',
        { code: '/desk correct STORY/event:2020-04-30-1 --was "29 April" --now "30 April" --why "Misread."' },
      ]),
    }
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
  if (part !== undefined) return { story, part, id: `${story.slug}/${part}` }
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
    [`Which part of ${title}? Its parts are:`],
    list(shown.map(part => [{ code: `${slug}/${part}` }])),
    ...(more > 0
      ? [note(`and ${more} more: quote:ID, event:ID, fact:ID, as the files of the story name them.`)]
      : []),
  )
}

function entryOf({ flags, call, newsroom }: DeskAsk, part: string): CorrectionEntry | { refused: Reply } {
  const words: Record<string, string> = {}
  for (const name of ['was', 'now', 'why'] as const) {
    const typed = flags[name]
    if (typeof typed !== 'string')
      return {
        refused: refusal([
          { code: `--${name}` },
          ` is missing: ${MEANING[name]}. All three are needed: `,
          { code: '--was "29 April" --now "30 April" --why "Misread."' },
        ]),
      }
    words[name] = typed.replace(/\s+/g, ' ').trim()
    const problem = wordsProblem(`--${name}`, words[name], MOST_WORDS)
    if (problem) return { refused: problem }
  }
  const { was = '', now = '', why = '' } = words
  return {
    ...{ on: dayOf(call.at, newsroom.zone), part, was, now, why },
    ...(flags['no-repeat'] !== undefined && { repeat: false }),
    ...(flags.notice !== undefined && { notice: true }),
  }
}

const MEANING = { was: 'what we had', now: 'what is right', why: 'how the mistake was found' }

async function shownFirst(ask: DeskAsk, { id, part }: Found, entry: CorrectionEntry): Promise<Reply> {
  const { desk, call, newsroom, flags } = ask
  const messages = await desk.store.messagesShowing(id)
  const links = linksTo(ask, messages)
  const said = correctedLine({ repeat: true, notice: false, ...entry }, call.at, newsroom.zone)
  const { confirm: _, ...kept } = flags
  const sure = confirmation({ args: ['correct', id], flags: kept })
  const more = messages.length > links.length && links.length > 0 ? ` The first ${links.length}:` : ''
  return {
    blocks: [
      text({ bold: `To be corrected: ${id}` }),
      text(`${countedMessages(messages)}.${more}`),
      ...(links.length > 0 ? [list(links)] : []),
      text('Each will say above its text:'),
      text(...said),
      note(
        entry.notice
          ? 'It is told at once in the thread of each. '
          : 'An edit alerts nobody; the next digest opens with it. ',
        entry.repeat === false ? 'What we had is shown nowhere. ' : '',
        `Nothing is changed yet. The words of ${part} itself are corrected in ${fileOf(part)}.`,
      ),
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
    const name = [place, digest, date].filter(Boolean).join(' · ')
    if (message) links.push([url === undefined ? name : { link: url, text: name }])
  }
  return links
}

async function written(ask: DeskAsk, { story, id, part }: Found, entry: CorrectionEntry): Promise<Reply> {
  const { desk } = ask
  const { was, ...rest } = entry
  // What may be shown nowhere again is not kept here either.
  const details = { id, ...rest, ...(entry.repeat !== false && { was }) }
  // What writes YAML is needed by nobody else in a bot that runs.
  const { appendCorrection } = await import('../content/correctionfile.ts')
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
  const own = fileOf(part)
  switch (made.outcome) {
    case 'late':
      return TOO_LATE
    case 'moved':
      return refusal([
        `${file} was changed by somebody else meanwhile. Nothing was changed; please try again.`,
      ])
    case 'broken':
      return refusal(
        ['With this entry the content would not pass its check, so it was not written:'],
        list(made.problems.slice(0, MOST_PROBLEMS).map(problem => [problem])),
        ...(made.problems.length > MOST_PROBLEMS
          ? [note(`and ${made.problems.length - MOST_PROBLEMS} more: npm run check`)]
          : []),
      )
    case 'readonly':
      return refusal(
        [
          `I may not write ${file} here, so nothing was changed. Put this line at the end of it${made.empty ? ', in place of []' : ''}:`,
        ],
        text({ code: made.line }),
        note(`Correct ${part} in ${own} too, and bring both to where the bot runs.`),
      )
    case 'written': {
      await takesEffect(ask)
      return {
        blocks: [
          text({ bold: 'Written' }, ` to ${file} in the content folder: messages are corrected from now on.`),
          text(`Now correct the words of ${part} itself in ${own}, and commit both files.`),
          note('How far it is: ', { code: '/desk status' }),
        ],
        parts: [],
        audience: 'caller',
        guide: true,
      }
    }
  }
}

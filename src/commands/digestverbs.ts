import type { Digest } from '../content/digest.ts'
import { type Reply, refusal, text } from '../reply.ts'
import type { Subscription } from '../store/subscriptions.ts'
import { zoneOf } from './ask.ts'
import { change, type Situation, situation, which } from './digestchange.ts'
import { confirmed } from './digestconfirm.ts'
import type { DigestAsk } from './digestdesk.ts'
import { digestPreview } from './digestpreview.ts'
import { lineOf, nameProblem, wordsProblem } from './digestproblems.ts'
import type { Setting } from './digestsetting.ts'
import { type DigestWords, digestWords } from './digestwords.ts'

/** `/digest on <name> …`: takes a digest, or changes the one that is on. */
export async function digestOn(ask: DigestAsk): Promise<Reply> {
  const words = digestWords(ask.args, ask.library)
  const problem = wordsProblem(ask, words)
  if (problem) return problem
  const { digests } = ask.library
  const [only] = digests
  const name = words.names[0] ?? (digests.length === 1 ? only?.name : undefined)
  const digest = name === undefined ? undefined : ask.library.digest(name)
  if (!digest) return whichOffered(ask, words)
  const now = await situation(ask)
  return now.refused ?? change(ask, digest, settingIn(words), now)
}

/** `/digest set [name] …` and `/digest quiet skip|note [name]`: changes a digest that is on. */
export async function digestSet(ask: DigestAsk): Promise<Reply> {
  const words = digestWords(ask.args, ask.library)
  const problem = wordsProblem(ask, words)
  if (problem) return problem
  if (ask.head === '/digest quiet' && words.quiet.length === 0)
    return refusal([
      'What shall happen on a day without news? ',
      { code: '/digest quiet skip' },
      ' posts nothing, ',
      { code: '/digest quiet note' },
      ' posts one line. Nothing was changed.',
    ])
  const now = await situation(ask)
  if (now.refused) return now.refused
  const found = taken(ask, words, now.here)
  return 'digest' in found ? change(ask, found.digest, settingIn(words), now) : found.refused
}

/** The digest of a place that is meant: the one that is named, or the only one; else it is asked. */
export function taken(
  ask: DigestAsk,
  words: DigestWords,
  here: Subscription[],
): { digest: Digest; one: Subscription } | { refused: Reply } {
  const { library } = ask
  const [name = here.length === 1 ? here[0]?.digest : undefined] = words.names
  const one = here.find(({ digest }) => digest === name)
  const digest = name === undefined ? undefined : library.digest(name)
  if (one && digest) return { digest, one }
  if (one)
    return {
      refused: refusal([
        'That digest is no longer offered. Stop it: ',
        { code: `/digest off ${one.digest}` },
        '. Nothing was changed.',
      ]),
    }
  if (digest) {
    const on = `/digest on ${digest.name}`
    return {
      refused: which(`${digest.title} is not on here. To start it:`, [{ label: digest.title, line: on }]),
    }
  }
  if (here.length === 0)
    return { refused: whichOffered(ask, { ...words, names: [] }, 'No digest is on here.') }
  return {
    refused: which(
      'Several digests are on here. Which one?',
      here.map(({ digest }) => ({
        label: library.digest(digest)?.title ?? digest,
        line: lineOf(ask, { ...words, names: [digest] }),
      })),
    ),
  }
}

/** `/digest off <name>`: stops a digest, also where the bot cannot post any more. */
export async function digestOff(ask: DigestAsk): Promise<Reply> {
  const { library, desk, call } = ask
  const now = await situation(ask)
  const words = digestWords(
    ask.args,
    library,
    now.here.map(({ digest }) => digest),
  )
  const problem = nameProblem(ask, words)
  if (problem) return problem
  if (now.refused) return now.refused
  const [name] = words.names
  const titleOf = (digest: string) => library.digest(digest)?.title ?? digest
  if (name === undefined)
    return now.here.length === 0
      ? refusal(['No digest is on here, so there is nothing to stop.'])
      : which(
          'Which digest shall stop?',
          now.here.map(({ digest }) => ({ label: `Stop ${titleOf(digest)}`, line: `/digest off ${digest}` })),
        )
  if (!now.here.some(({ digest }) => digest === name))
    return refusal([`${titleOf(name)} is not on here. Nothing was changed.`])
  return stopped(ask, { name, title: titleOf(name) }, now, () => desk.store.remove(call.place, name))
}

async function stopped(
  ask: DigestAsk,
  { name, title }: { name: string; title: string },
  { caller, where }: Situation,
  remove: () => Promise<boolean>,
): Promise<Reply> {
  const who = caller.name === undefined ? '' : `, stopped by ${caller.name}`
  return confirmed(ask, {
    name,
    says: {
      blocks: [
        text({ bold: `${title} is off` }, ` ${where}${who}\nStart it again: `, {
          code: `/digest on ${name}`,
        }),
      ],
      parts: [],
      audience: 'place',
    },
    store: async () => {
      await remove()
      return undefined
    },
    anyway: `${title} is off. I could not post that here, so only you see it.`,
  })
}

/** `/digest preview [name]` and `/digest now [name]`. */
export async function digestNow(ask: DigestAsk): Promise<Reply> {
  const { library, desk, call, newsroom } = ask
  const words = digestWords(ask.args, library)
  const problem = nameProblem(ask, words)
  if (problem) return problem
  const here = await desk.store.subscriptions(call.place)
  const offered = here.flatMap(one => library.digest(one.digest) ?? [])
  const choices = offered.length > 0 ? offered : library.digests
  const [name = choices.length === 1 ? choices[0]?.name : undefined] = words.names
  const digest = name === undefined ? undefined : library.digest(name)
  if (!digest) return whichOffered(ask, { names: [] }, undefined, choices)
  const one = here.find(({ digest }) => digest === name)
  return digestPreview(ask, digest, { one, zone: zoneOf(call, newsroom) })
}

function whichOffered(
  ask: DigestAsk,
  words: Partial<DigestWords>,
  first?: string,
  digests: Digest[] = ask.library.digests,
): Reply {
  if (digests.length === 0) return refusal(['There is no digest yet: editors define them in digests.yml.'])
  // What is not on cannot be changed: then it is offered to begin with it.
  const head = first === undefined ? ask.head : '/digest on'
  return which(
    [first, 'Which digest?'].filter(Boolean).join(' '),
    digests.map(({ name, title }) => ({
      label: title,
      line: lineOf({ head }, { ...words, names: [name] }),
    })),
  )
}

/** What typed words ask for; what they do not name stays as it is. */
function settingIn({ time, zone, days, stories, own, quiet: [quiet] }: DigestWords): Partial<Setting> {
  return {
    ...(time !== undefined && { time }),
    ...(zone !== undefined && { zone }),
    ...(days && { days: days.join(',') }),
    ...(own ? { stories: '' } : stories.length > 0 && { stories: stories.join(',') }),
    ...(quiet && { quiet }),
  }
}

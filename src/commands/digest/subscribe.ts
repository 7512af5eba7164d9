import { type Reply, refusal, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestAsk } from '../context.ts'
import { zoneOf } from '../context.ts'
import { change, type Situation, situation, which } from './change.ts'
import { confirmed } from './confirm.ts'
import { digestPreview } from './preview.ts'
import { lineOf, nameProblem, wordsProblem } from './problems.ts'
import type { Setting } from './setting.ts'
import { type DigestWords, digestWords } from './words.ts'

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
  if (ask.head === '/digest quiet' && words.quiet.length === 0) return refusal(phrases.digest.whichPolicy())
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
  if (one) return { refused: refusal(phrases.digest.noLongerOffered(`/digest off ${one.digest}`)) }
  if (digest) {
    const on = `/digest on ${digest.name}`
    return {
      refused: which(phrases.digest.notOnStart(digest.title), [{ label: digest.title, line: on }]),
    }
  }
  if (here.length === 0) {
    // What is not on cannot be changed: then it is offered to begin with it.
    const begin = { question: phrases.digest.noneOnWhich, head: '/digest on' }
    return { refused: whichOffered(ask, { ...words, names: [] }, begin) }
  }
  return {
    refused: which(
      phrases.digest.whichOfThese,
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
      ? refusal([phrases.digest.noneToStop])
      : which(
          phrases.digest.whichToStop,
          now.here.map(({ digest }) => ({
            label: phrases.digest.button.stop(titleOf(digest)),
            line: `/digest off ${digest}`,
          })),
        )
  if (!now.here.some(({ digest }) => digest === name)) return refusal([phrases.digest.notOn(titleOf(name))])
  return stopped(ask, { name, title: titleOf(name) }, now, () => desk.store.remove(call.place, name))
}

async function stopped(
  ask: DigestAsk,
  { name, title }: { name: string; title: string },
  { caller, channel }: Situation,
  remove: () => Promise<boolean>,
): Promise<Reply> {
  return confirmed(ask, {
    name,
    says: {
      blocks: [text(...phrases.digest.isOff(title, `/digest on ${name}`, { channel, by: caller.name }))],
      parts: [],
      audience: 'place',
    },
    store: async () => {
      await remove()
      return undefined
    },
    anyway: phrases.digest.offNotPosted(title),
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
  if (!digest) return whichOffered(ask, { names: [] }, { digests: choices })
  const one = here.find(({ digest }) => digest === name)
  return digestPreview(ask, digest, { one, zone: zoneOf(call, newsroom) })
}

function whichOffered(
  ask: DigestAsk,
  words: Partial<DigestWords>,
  {
    question = phrases.digest.whichDigest,
    head = ask.head,
    digests = ask.library.digests,
  }: { question?: string; head?: string; digests?: Digest[] } = {},
): Reply {
  if (digests.length === 0) return refusal([phrases.digest.noDigests])
  return which(
    question,
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

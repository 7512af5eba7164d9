import { type Reply, refusal, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { callerZone } from '../context.ts'
import { announceThenStore } from './announce-then-store.ts'
import { askWhichDigest, type ChangeContext, changeSubscription, loadChangeContext } from './change.ts'
import { digestPreview } from './preview.ts'
import { nameProblem, unambiguousLine, wordsProblem } from './problems.ts'
import type { Setting } from './setting.ts'
import { type DigestWords, parseDigestWords } from './words.ts'

/** `/digest on <name> …`: takes a digest, or changes the one that is on. */
export async function digestOn(ask: DigestRequest): Promise<Reply> {
  const words = parseDigestWords(ask.args, ask.library)
  const problem = wordsProblem(ask, words)
  if (problem) return problem
  const { digests } = ask.library
  const [only] = digests
  const name = words.names[0] ?? (digests.length === 1 ? only?.name : undefined)
  const digest = name === undefined ? undefined : ask.library.digest(name)
  if (!digest) return askWhichOffered(ask, words)
  const now = await loadChangeContext(ask)
  return now.refused ?? changeSubscription(ask, digest, settingFromWords(words), now)
}

/** `/digest set [name] …` and `/digest quiet skip|note [name]`: changes a digest that is on. */
export async function digestSet(ask: DigestRequest): Promise<Reply> {
  const words = parseDigestWords(ask.args, ask.library)
  const problem = wordsProblem(ask, words)
  if (problem) return problem
  if (ask.commandLine === '/digest quiet' && words.quiet.length === 0)
    return refusal(phrases.digest.whichPolicy())
  const now = await loadChangeContext(ask)
  if (now.refused) return now.refused
  const found = chooseSubscription(ask, words, now.subscriptions)
  return 'digest' in found
    ? changeSubscription(ask, found.digest, settingFromWords(words), now)
    : found.refused
}

/** The digest of a place that is meant: the one that is named, or the only one; else it is asked. */
export function chooseSubscription(
  ask: DigestRequest,
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
      refused: askWhichDigest(phrases.digest.notOnHowToStart(digest.title), [
        { label: digest.title, line: on },
      ]),
    }
  }
  if (here.length === 0) {
    // What is not on cannot be changed: then it is offered to begin with it.
    const begin = { question: phrases.digest.noneOnWhichDigest, head: '/digest on' }
    return { refused: askWhichOffered(ask, { ...words, names: [] }, begin) }
  }
  return {
    refused: askWhichDigest(
      phrases.digest.whichOfThese,
      here.map(({ digest }) => ({
        label: library.digest(digest)?.title ?? digest,
        line: unambiguousLine(ask, { ...words, names: [digest] }),
      })),
    ),
  }
}

/** `/digest off <name>`: stops a digest, also where the bot cannot post any more. */
export async function digestOff(ask: DigestRequest): Promise<Reply> {
  const { library, digests, call } = ask
  const now = await loadChangeContext(ask)
  const words = parseDigestWords(
    ask.args,
    library,
    now.subscriptions.map(({ digest }) => digest),
  )
  const problem = nameProblem(ask, words)
  if (problem) return problem
  if (now.refused) return now.refused
  const [name] = words.names
  const titleOf = (digest: string) => library.digest(digest)?.title ?? digest
  if (name === undefined)
    return now.subscriptions.length === 0
      ? refusal([phrases.digest.noneToStop])
      : askWhichDigest(
          phrases.digest.whichToStop,
          now.subscriptions.map(({ digest }) => ({
            label: phrases.digest.button.stop(titleOf(digest)),
            line: `/digest off ${digest}`,
          })),
        )
  if (!now.subscriptions.some(({ digest }) => digest === name))
    return refusal([phrases.digest.notOn(titleOf(name))])
  return stopDigest(ask, { name, title: titleOf(name) }, now, () =>
    digests.store.subscriptions.remove(call.place, name),
  )
}

async function stopDigest(
  ask: DigestRequest,
  { name, title }: { name: string; title: string },
  { caller, channelName }: ChangeContext,
  remove: () => Promise<boolean>,
): Promise<Reply> {
  return announceThenStore(ask, {
    name,
    says: {
      blocks: [
        text(...phrases.digest.isOff(title, `/digest on ${name}`, { channel: channelName, by: caller.name })),
      ],
      parts: [],
      audience: 'place',
    },
    store: async () => {
      await remove()
      return undefined
    },
    anyway: phrases.digest.isOffNotPosted(title),
  })
}

/** `/digest preview [name]` and `/digest now [name]`. */
export async function digestNow(ask: DigestRequest): Promise<Reply> {
  const { library, digests, call, context } = ask
  const words = parseDigestWords(ask.args, library)
  const problem = nameProblem(ask, words)
  if (problem) return problem
  const here = await digests.store.subscriptions.list(call.place)
  const offered = here.flatMap(one => library.digest(one.digest) ?? [])
  const choices = offered.length > 0 ? offered : library.digests
  const [name = choices.length === 1 ? choices[0]?.name : undefined] = words.names
  const digest = name === undefined ? undefined : library.digest(name)
  if (!digest) return askWhichOffered(ask, { names: [] }, { digests: choices })
  const one = here.find(({ digest }) => digest === name)
  return digestPreview(ask, digest, { one, zone: callerZone(call, context) })
}

function askWhichOffered(
  ask: DigestRequest,
  words: Partial<DigestWords>,
  {
    question = phrases.digest.whichDigest,
    head = ask.commandLine,
    digests = ask.library.digests,
  }: { question?: string; head?: string; digests?: Digest[] } = {},
): Reply {
  if (digests.length === 0) return refusal([phrases.digest.noDigests])
  return askWhichDigest(
    question,
    digests.map(({ name, title }) => ({
      label: title,
      line: unambiguousLine({ commandLine: head }, { ...words, names: [name] }),
    })),
  )
}

/** What typed words ask for; what they do not name stays as it is. */
function settingFromWords({
  time,
  zone,
  days,
  stories,
  ownStories,
  quiet: [quiet],
}: DigestWords): Partial<Setting> {
  return {
    ...(time !== undefined && { time }),
    ...(zone !== undefined && { zone }),
    ...(days && { days: days.join(',') }),
    ...(ownStories ? { stories: '' } : stories.length > 0 && { stories: stories.join(',') }),
    ...(quiet && { quiet }),
  }
}

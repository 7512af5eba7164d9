import { type Reply, refusal, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { callerZone, type DigestRequest } from '../context.ts'
import { announceThenStore } from './announce-then-store.ts'
import { askWhichDigest, type ChangeContext, changeSubscription, loadChangeContext } from './change.ts'
import { filterProblem, storedFilter } from './filter-words.ts'
import { digestPreview } from './preview.ts'
import { nameProblem, unambiguousLine, wordsProblem } from './problems.ts'
import type { Setting } from './setting.ts'
import { type DigestWords, parseDigestWords } from './words.ts'

/** `/digest on <name> …`: subscribes the place to a digest, or changes its subscription. */
export async function digestOn(request: DigestRequest): Promise<Reply> {
  const words = parseDigestWords(request.args, request.library)
  const problem = wordsProblem(request, words) ?? filterProblem(request, words.filter)
  if (problem) return problem
  const { digests } = request.library
  const name = words.names[0] ?? (digests.length === 1 ? digests[0]?.name : undefined)
  const digest = name === undefined ? undefined : request.library.digest(name)
  if (!digest) return askWhichOffered(request, words)
  const changeContext = await loadChangeContext(request)
  return changeContext.refused ?? changeSubscription(request, digest, settingFromWords(words), changeContext)
}

/** `/digest set [name] …` and `/digest quiet skip|note [name]`: changes a digest that is on. */
export async function digestSet(request: DigestRequest): Promise<Reply> {
  const words = parseDigestWords(request.args, request.library)
  const problem = wordsProblem(request, words) ?? filterProblem(request, words.filter)
  if (problem) return problem
  if (request.commandLine === '/digest quiet' && words.quiet.length === 0)
    return refusal(phrases.digest.whichPolicy())
  const changeContext = await loadChangeContext(request)
  if (changeContext.refused) return changeContext.refused
  const choice = chooseSubscription(request, words, changeContext.subscriptions)
  return 'digest' in choice
    ? changeSubscription(request, choice.digest, settingFromWords(words), changeContext)
    : choice.refused
}

/** Chooses the subscription of a place that the words mean: the named one or the only one, otherwise asks which. */
export function chooseSubscription(
  request: DigestRequest,
  words: DigestWords,
  subscriptions: Subscription[],
): { digest: Digest; subscription: Subscription } | { refused: Reply } {
  const { library } = request
  const [name = subscriptions.length === 1 ? subscriptions[0]?.digest : undefined] = words.names
  const subscription = subscriptions.find(({ digest }) => digest === name)
  const digest = name === undefined ? undefined : library.digest(name)
  if (subscription && digest) return { digest, subscription }
  if (subscription)
    return { refused: refusal(phrases.digest.noLongerOffered(`/digest off ${subscription.digest}`)) }
  if (digest) {
    const choices = [{ label: digest.title, line: `/digest on ${digest.name}` }]
    return { refused: askWhichDigest(request, phrases.digest.notOnHowToStart(digest.title), choices) }
  }
  if (subscriptions.length === 0) {
    // With no digest on there is nothing to change, so starting one is offered.
    const start = { question: phrases.digest.noneOnWhichDigest, commandLine: '/digest on' }
    return { refused: askWhichOffered(request, { ...words, names: [] }, start) }
  }
  return {
    refused: askWhichDigest(
      request,
      phrases.digest.whichOfThese,
      subscriptions.map(({ digest }) => ({
        label: library.digest(digest)?.title ?? digest,
        line: unambiguousLine(request, { ...words, names: [digest] }),
      })),
    ),
  }
}

/** `/digest off <name>`: stops a digest, also where the bot can no longer post. */
export async function digestOff(request: DigestRequest): Promise<Reply> {
  const { library } = request
  const changeContext = await loadChangeContext(request)
  const subscribed = changeContext.subscriptions.map(({ digest }) => digest)
  const words = parseDigestWords(request.args, library, subscribed)
  const problem = nameProblem(request, words)
  if (problem) return problem
  if (changeContext.refused) return changeContext.refused
  const [name] = words.names
  const titleOf = (digest: string) => library.digest(digest)?.title ?? digest
  if (name === undefined)
    return subscribed.length === 0
      ? refusal([phrases.digest.noneToStop])
      : askWhichDigest(
          request,
          phrases.digest.whichToStop,
          subscribed.map(digest => ({
            label: phrases.digest.button.stop(titleOf(digest)),
            line: `/digest off ${digest}`,
          })),
        )
  if (!subscribed.includes(name)) return refusal([phrases.digest.notOn(titleOf(name))])
  return stopDigest(request, { name, title: titleOf(name) }, changeContext)
}

function stopDigest(
  request: DigestRequest,
  { name, title }: { name: string; title: string },
  { caller, channelName }: ChangeContext,
): Promise<Reply> {
  return announceThenStore(request, {
    name,
    confirmation: {
      blocks: [
        text(...phrases.digest.isOff(title, `/digest on ${name}`, { channel: channelName, by: caller.name })),
      ],
      parts: [],
      audience: 'place',
    },
    store: async () => {
      await request.digests.store.subscriptions.remove(request.call.place, name)
      return undefined
    },
    textIfNotPosted: phrases.digest.isOffNotPosted(title),
  })
}

/** `/digest preview [name]` and `/digest now [name]`: the edition as it would be posted now. */
export async function digestNow(request: DigestRequest): Promise<Reply> {
  const { library, digests, call, context } = request
  const words = parseDigestWords(request.args, library)
  const problem = nameProblem(request, words)
  if (problem) return problem
  const subscriptions = await digests.store.subscriptions.list(call.place)
  const subscribed = subscriptions.flatMap(({ digest }) => library.digest(digest) ?? [])
  const choices = subscribed.length > 0 ? subscribed : library.digests
  const [name = choices.length === 1 ? choices[0]?.name : undefined] = words.names
  const digest = name === undefined ? undefined : library.digest(name)
  if (!digest) return askWhichOffered(request, { names: [] }, { digests: choices })
  const subscription = subscriptions.find(candidate => candidate.digest === name)
  return digestPreview(request, digest, { subscription, zone: callerZone(call, context) })
}

function askWhichOffered(
  request: DigestRequest,
  words: Partial<DigestWords>,
  {
    question = phrases.digest.whichDigest,
    commandLine = request.commandLine,
    digests = request.library.digests,
  }: { question?: string; commandLine?: string; digests?: Digest[] } = {},
): Reply {
  if (digests.length === 0) return refusal([phrases.digest.noDigests])
  return askWhichDigest(
    request,
    question,
    digests.map(({ name, title }) => ({
      label: title,
      line: unambiguousLine({ commandLine }, { ...words, names: [name] }),
    })),
  )
}

/** The parts of a setting that typed words name. Parts that are absent here stay as they are. */
function settingFromWords({
  time,
  zone,
  days,
  stories,
  ownStories,
  quiet: [quiet],
  filter,
}: DigestWords): Partial<Setting> {
  return {
    ...(time !== undefined && { time }),
    ...(zone !== undefined && { zone }),
    ...(days && { days: days.join(',') }),
    ...(ownStories ? { stories: '' } : stories.length > 0 && { stories: stories.join(',') }),
    ...(quiet && { quiet }),
    ...(filter !== undefined && { words: storedFilter(filter) }),
  }
}

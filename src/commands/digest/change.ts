import type { Caller } from '../../chat/platform.ts'
import { type Inline, list, MAX_BUTTONS, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import { type Digest, isAtOnce } from '../../content/digest.ts'
import { isZone } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { announceThenStore } from './announce-then-store.ts'
import { filterText, shownLine } from './filter-words.ts'
import { whyReadOnly } from './permission.ts'
import { platformOfCall, waitBriefly } from './run.ts'
import {
  firstSlot,
  rhythmText,
  type Setting,
  settingConfirmation,
  storiesText,
  subscribedStories,
  viewButtons,
} from './setting.ts'

/** How many editions are read to find the last day that had one: more are not needed. */
const RECENT_EDITIONS = 10

/**
 * What a change needs to know: the caller and their time zone, the channel and its subscriptions. `readOnlyReason` says
 * why the caller may change nothing, and `refused` is the refusal that says so.
 */
export type ChangeContext = {
  caller: Caller
  zone?: string
  channelName: string | undefined
  subscriptions: Subscription[]
  readOnlyReason?: Inline[]
  refused?: Reply
}

/** Loads what a change needs to know, all at once, since platforms wait only 3 s for an answer. */
export async function loadChangeContext(request: DigestRequest): Promise<ChangeContext> {
  const { digests, call } = request
  const platform = platformOfCall(request)
  const [info, access, subscriptions] = await Promise.all([
    waitBriefly(platform?.lookUpCaller?.(call.caller), digests),
    waitBriefly(platform?.checkAccess?.(call.place), digests),
    digests.store.subscriptions.list(call.place),
  ])
  const zone = info?.zone ?? call.caller.zone
  const readOnlyReason = whyReadOnly(call, platform?.lookUpCaller !== undefined, info)
  return {
    caller: { ...call.caller, name: harmlessName(info?.name ?? call.caller.name) },
    zone: zone !== undefined && isZone(zone) ? zone : undefined,
    channelName: harmlessName(access?.name),
    subscriptions,
    readOnlyReason,
    refused: readOnlyReason && refusal([...readOnlyReason, ` ${phrases.digest.nothingChanged}`]),
  }
}

/** The setting of a subscription, or the one that a new subscription gets by default; `zone` is the caller's. */
export const effectiveSetting = (digest: Digest, old: Subscription | undefined, zone: string): Setting => ({
  // Whether it comes at once is not the place's choice.
  time: isAtOnce(digest) || (old && isAtOnce(old)) ? digest.time : (old?.time ?? digest.time),
  zone: old?.zone ?? digest.zone ?? zone,
  days: old?.days ?? digest.days.join(','),
  stories: old?.stories ?? '',
  words: old?.words ?? '',
  quiet: old?.quiet ?? digest.quiet,
})

/** Subscribes a place to a digest or changes its subscription: `wanted` overrides, everything else stays as it was. */
export async function changeSubscription(
  request: DigestRequest,
  digest: Digest,
  wanted: Partial<Setting>,
  { caller, zone, channelName, subscriptions }: ChangeContext,
): Promise<Reply> {
  const { digests, call, library, context } = request
  if (isAtOnce(digest) && wanted.time !== undefined && !isAtOnce({ time: wanted.time }))
    return refusal([phrases.digest.hasNoTime(digest.title)], note(phrases.digest.nothingChanged))
  const old = subscriptions.find(subscription => subscription.digest === digest.name)
  const setting: Setting = { ...effectiveSetting(digest, old, zone ?? context.zone), ...wanted }
  if (subscribedStories(library, digest, setting).length === 0)
    return refusal([phrases.digest.noStories(digest.title)])
  if (old?.state === 'on' && isSameSetting(old, setting)) return unchangedReply(digest, old, request)

  const plan = async (): Promise<Subscription> => {
    const current = await digests.store.subscriptions.find(call.place, digest.name)
    const editions = await digests.store.ledger.editions(call.place, digest.name, RECENT_EDITIONS)
    return {
      place: call.place,
      digest: digest.name,
      state: 'on',
      ...setting,
      setBy: caller.id,
      setByName: caller.name,
      setAt: call.at,
      newsFrom: current?.newsFrom,
      ...firstSlot(setting, call.at, { old: current, editions }),
    }
  }
  const confirmation = (subscription: Subscription) =>
    settingConfirmation(subscription, { library, digest, channel: channelName, at: call.at })

  const announced = await plan()
  return announceThenStore(request, {
    name: digest.name,
    confirmation: confirmation(announced),
    store: async () => {
      // An edition may have become due meanwhile, so the next slot is planned again from the stored state.
      const planned = await plan()
      await saveSetting(request, planned)
      return planned.nextSlot === announced.nextSlot ? undefined : confirmation(planned)
    },
  })
}

/** Stores a subscription. If the connection breaks, the change counts as stored when the store has it all the same. */
async function saveSetting({ digests }: DigestRequest, subscription: Subscription): Promise<void> {
  try {
    await digests.store.subscriptions.save([subscription])
  } catch (cause) {
    const subscriptions = await digests.store.subscriptions.list(subscription.place).catch(() => [])
    const stored = subscriptions.find(({ digest }) => digest === subscription.digest)
    if (!stored || stored.setAt !== subscription.setAt || !isSameSetting(stored, subscription)) throw cause
  }
}

const SETTING_FIELDS = ['time', 'zone', 'days', 'stories', 'words', 'quiet'] as const

const isSameSetting = (a: Setting, b: Setting): boolean =>
  SETTING_FIELDS.every(field => (a[field] ?? '') === (b[field] ?? ''))

function unchangedReply(digest: Digest, old: Subscription, { library, call }: DigestRequest): Reply {
  const { name, title } = digest
  const words = filterText(old, { library, isPublic: call.audience === 'place' })
  const stories = storiesText(subscribedStories(library, digest, old))
  return {
    ...refusal(
      phrases.digest.alreadyOn(
        title,
        rhythmText(old),
        words === undefined ? stories : `${stories}\n${words}`,
      ),
      note(...phrases.digest.toChange(`/digest set ${name} 7:30 weekdays`)),
    ),
    buttons: viewButtons(name),
  }
}

/** Asks which digest is meant, with a line for each choice. */
export function askWhichDigest(
  { call }: Pick<DigestRequest, 'call'>,
  question: string,
  choices: { label: string; line: string }[],
): Reply {
  return {
    ...refusal(
      [question],
      list(choices.map(({ label, line }) => phrases.digest.choice(label, shownLine(line, call)))),
      text(phrases.digest.nothingChanged),
    ),
    buttons: choices.slice(0, MAX_BUTTONS),
  }
}

import type { Caller } from '../../chat/platform.ts'
import { type Inline, list, MAX_BUTTONS, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import type { Digest } from '../../content/digest.ts'
import { isZone } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { announceThenStore } from './announce-then-store.ts'
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

/** What the newest editions tell of: more of them are not needed to know the last day that had one. */
const RECENT_EDITIONS = 10

/** Who asks, in which channel, and what that takes now; `onlyLooks` says why they may change nothing. */
export type ChangeContext = {
  caller: Caller
  zone?: string
  channelName: string | undefined
  subscriptions: Subscription[]
  readOnlyReason?: Inline[]
  refused?: Reply
}

/** Learns what a change needs to know, all at once. */
export async function loadChangeContext(ask: DigestRequest): Promise<ChangeContext> {
  const { digests, call } = ask
  const platform = platformOfCall(ask)
  const [about, access, here] = await Promise.all([
    waitBriefly(platform?.lookUpCaller?.(call.caller), digests),
    waitBriefly(platform?.checkAccess?.(call.place), digests),
    digests.store.subscriptions.list(call.place),
  ])
  const name = harmlessName(about?.name ?? call.caller.name)
  const zone = about?.zone ?? call.caller.zone
  const readOnlyReason = whyReadOnly(call, platform?.lookUpCaller !== undefined, about)
  const { name: _, ...caller } = call.caller
  return {
    caller: { ...caller, ...(name !== undefined && { name }) },
    channelName: harmlessName(access?.name),
    subscriptions: here,
    ...(zone !== undefined && isZone(zone) && { zone }),
    ...(readOnlyReason && {
      readOnlyReason,
      refused: refusal([...readOnlyReason, ` ${phrases.digest.nothingChanged}`]),
    }),
  }
}

/** How a place takes a digest now, or would take it if it said nothing more; `zone` is that of whoever asks. */
export const effectiveSetting = (digest: Digest, old: Subscription | undefined, zone: string): Setting => ({
  time: old?.time ?? digest.time,
  zone: old?.zone ?? digest.zone ?? zone,
  days: old?.days ?? digest.days.join(','),
  stories: old?.stories ?? '',
  quiet: old?.quiet ?? digest.quiet,
})

/** Gives a place a digest, or changes the one that it has: `wanted` says what is asked for, all else stays as it was. */
export async function changeSubscription(
  ask: DigestRequest,
  digest: Digest,
  wanted: Partial<Setting>,
  { caller, zone, channelName, subscriptions }: ChangeContext,
): Promise<Reply> {
  const { digests, call, library, context } = ask
  const old = subscriptions.find(one => one.digest === digest.name)
  const setting: Setting = { ...effectiveSetting(digest, old, zone ?? context.zone), ...wanted }
  if (subscribedStories(library, digest, setting).length === 0)
    return refusal([phrases.digest.noStories(digest.title)])
  if (old?.state === 'on' && isSameSetting(old, setting)) return unchangedReply(digest, old, ask)

  const planned = async (): Promise<Subscription> => {
    const before = (await digests.store.subscriptions.list(call.place)).find(
      one => one.digest === digest.name,
    )
    const editions = await digests.store.ledger.editions(call.place, digest.name, RECENT_EDITIONS)
    return {
      ...{ place: call.place, digest: digest.name, state: 'on', ...setting },
      ...{ setBy: caller.id, setAt: call.at },
      ...(caller.name !== undefined && { setByName: caller.name }),
      ...(before?.newsFrom !== undefined && { newsFrom: before.newsFrom }),
      ...firstSlot(setting, call.at, { old: before, editions }),
    }
  }
  const says = (subscription: Subscription) =>
    settingConfirmation(subscription, { library, digest, channel: channelName, at: call.at })

  const announced = await planned()
  return announceThenStore(ask, {
    name: digest.name,
    says: says(announced),
    store: async () => {
      // A tick may have come in between, so it is planned anew from what stands there now.
      const next = await planned()
      await saveSetting(ask, next)
      return next.nextSlot === announced.nextSlot ? undefined : says(next)
    },
  })
}

/** Stores a setting. A connection that broke may have done so all the same: then that is what counts. */
async function saveSetting({ digests }: DigestRequest, next: Subscription): Promise<void> {
  try {
    await digests.store.subscriptions.save([next])
  } catch (cause) {
    const now = await digests.store.subscriptions.list(next.place).catch(() => [])
    const stored = now.find(one => one.digest === next.digest)
    if (!stored || stored.setAt !== next.setAt || !isSameSetting(stored, next)) throw cause
  }
}

const SETTING_FIELDS = ['time', 'zone', 'days', 'stories', 'quiet'] as const

const isSameSetting = (one: Setting, other: Setting): boolean =>
  SETTING_FIELDS.every(field => one[field] === other[field])

function unchangedReply(digest: Digest, old: Subscription, { library }: DigestRequest): Reply {
  const { name, title } = digest
  const stories = storiesText(subscribedStories(library, digest, old))
  return {
    ...refusal(
      phrases.digest.alreadyOn(title, rhythmText(old), stories),
      note(...phrases.digest.toChange(`/digest set ${name} 7:30 weekdays`)),
    ),
    buttons: viewButtons(name),
  }
}

/** Asks which digest is meant, with a line for each. */
export function askWhichDigest(question: string, choices: { label: string; line: string }[]): Reply {
  return {
    ...refusal(
      [question],
      list(choices.map(({ label, line }) => phrases.digest.choice(label, line))),
      text(phrases.digest.nothingChanged),
    ),
    buttons: choices.slice(0, MAX_BUTTONS),
  }
}

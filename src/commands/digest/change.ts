import type { Caller } from '../../chat/platform.ts'
import { type Inline, list, MOST_ACTIONS, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import type { Digest } from '../../content/digest.ts'
import { isZone } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestAsk } from '../context.ts'
import { confirmed } from './confirm.ts'
import { whyOnlyLook } from './permission.ts'
import { platformAt, soon } from './run.ts'
import {
  confirmation,
  firstSlot,
  lookAt,
  rhythmLine,
  type Setting,
  storiesIn,
  storiesLine,
} from './setting.ts'

/** What the newest editions tell of: more of them are not needed to know the last day that had one. */
const NEWEST = 10

/** Who asks, in which channel, and what that takes now; `onlyLooks` says why they may change nothing. */
export type Situation = {
  caller: Caller
  zone?: string
  channel: string | undefined
  here: Subscription[]
  onlyLooks?: Inline[]
  refused?: Reply
}

/** Learns what a change needs to know, all at once. */
export async function situation(ask: DigestAsk): Promise<Situation> {
  const { desk, call } = ask
  const platform = platformAt(ask)
  const [about, access, here] = await Promise.all([
    soon(platform?.about?.(call.caller), desk),
    soon(platform?.access?.(call.place), desk),
    desk.store.subscriptions(call.place),
  ])
  const name = harmlessName(about?.name ?? call.caller.name)
  const zone = about?.zone ?? call.caller.zone
  const onlyLooks = whyOnlyLook(call, platform?.about !== undefined, about)
  const { name: _, ...caller } = call.caller
  return {
    caller: { ...caller, ...(name !== undefined && { name }) },
    channel: harmlessName(access?.name),
    here,
    ...(zone !== undefined && isZone(zone) && { zone }),
    ...(onlyLooks && { onlyLooks, refused: refusal([...onlyLooks, ` ${phrases.digest.nothingChanged}`]) }),
  }
}

/** How a place takes a digest now, or would take it if it said nothing more; `zone` is that of whoever asks. */
export const standing = (digest: Digest, old: Subscription | undefined, zone: string): Setting => ({
  time: old?.time ?? digest.time,
  zone: old?.zone ?? digest.zone ?? zone,
  days: old?.days ?? digest.days.join(','),
  stories: old?.stories ?? '',
  quiet: old?.quiet ?? digest.quiet,
})

/** Gives a place a digest, or changes the one that it has: `wanted` says what is asked for, all else stays as it was. */
export async function change(
  ask: DigestAsk,
  digest: Digest,
  wanted: Partial<Setting>,
  { caller, zone, channel, here }: Situation,
): Promise<Reply> {
  const { desk, call, library, newsroom } = ask
  const old = here.find(one => one.digest === digest.name)
  const setting: Setting = { ...standing(digest, old, zone ?? newsroom.zone), ...wanted }
  if (storiesIn(library, digest, setting).length === 0)
    return refusal([phrases.digest.noStories(digest.title)])
  if (old?.state === 'on' && sameSetting(old, setting)) return asItWas(digest, old, ask)

  const planned = async (): Promise<Subscription> => {
    const before = (await desk.store.subscriptions(call.place)).find(one => one.digest === digest.name)
    const editions = await desk.store.editions(call.place, digest.name, NEWEST)
    return {
      ...{ place: call.place, digest: digest.name, state: 'on', ...setting },
      ...{ setBy: caller.id, setAt: call.at },
      ...(caller.name !== undefined && { setByName: caller.name }),
      ...(before?.newsFrom !== undefined && { newsFrom: before.newsFrom }),
      ...firstSlot(setting, call.at, { old: before, editions }),
    }
  }
  const says = (subscription: Subscription) =>
    confirmation(subscription, { library, digest, channel, at: call.at })

  const announced = await planned()
  return confirmed(ask, {
    name: digest.name,
    says: says(announced),
    store: async () => {
      // A tick may have come in between, so it is planned anew from what stands there now.
      const next = await planned()
      await saved(ask, next)
      return next.nextSlot === announced.nextSlot ? undefined : says(next)
    },
  })
}

/** Stores a setting. A connection that broke may have done so all the same: then that is what counts. */
async function saved({ desk }: DigestAsk, next: Subscription): Promise<void> {
  try {
    await desk.store.save([next])
  } catch (cause) {
    const now = await desk.store.subscriptions(next.place).catch(() => [])
    const stored = now.find(one => one.digest === next.digest)
    if (!stored || stored.setAt !== next.setAt || !sameSetting(stored, next)) throw cause
  }
}

const FIELDS = ['time', 'zone', 'days', 'stories', 'quiet'] as const

const sameSetting = (one: Setting, other: Setting): boolean =>
  FIELDS.every(field => one[field] === other[field])

function asItWas(digest: Digest, old: Subscription, { library }: DigestAsk): Reply {
  const { name, title } = digest
  const stories = storiesLine(storiesIn(library, digest, old))
  return {
    ...refusal(
      phrases.digest.onAsItWas(title, rhythmLine(old), stories),
      note(...phrases.digest.toChange(`/digest set ${name} 7:30 weekdays`)),
    ),
    actions: lookAt(name),
  }
}

/** Asks which digest is meant, with a line for each. */
export function which(question: string, choices: { label: string; line: string }[]): Reply {
  return {
    ...refusal(
      [question],
      list(choices.map(({ label, line }) => phrases.digest.choice(label, line))),
      text(phrases.digest.nothingChanged),
    ),
    actions: choices.slice(0, MOST_ACTIONS),
  }
}

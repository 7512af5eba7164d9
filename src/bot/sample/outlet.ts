import { AT_ONCE, DIGEST_DAYS, type Digest } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import type { Store } from '../../store/store.ts'
import { acceptCall } from '../../wire/senders/accept.ts'
import type { Sender } from '../../wire/senders/open-senders.ts'
import { STANDARD_WEBHOOKS } from '../../wire/senders/rows/standard-webhooks.ts'
import { samplePage } from './script.ts'

/** The name of the sample feed, and of the digest that posts each of its reports as it comes. */
export const SAMPLE_NAME = 'sample'
const OUTLET = 'Sample Gazette'
/** Often enough that somebody who looks at the page does not wait. */
const EVERY_MS = 5_000

/** The feed of the sample outlet, at an address. */
export const sampleFeedAt = (url: string): Feed => ({
  ...{ name: SAMPLE_NAME, outlet: OUTLET, url, everyMs: EVERY_MS },
})

/** The digest that posts each report of the sample feed as it comes. */
export const SAMPLE_DIGEST: Digest = {
  ...{ name: SAMPLE_NAME, title: 'Sample feed', about: 'Each report of the sample feed as it comes' },
  ...{ time: AT_ONCE, days: [...DIGEST_DAYS], quiet: 'skip', wire: [SAMPLE_NAME], stories: [] },
}

/** The sample outlet as a sender: a feed alone can take nothing back. */
const SENDER: Sender = {
  ...{ name: SAMPLE_NAME, via: `hook:${SAMPLE_NAME}`, row: STANDARD_WEBHOOKS, secrets: [], outlet: OUTLET },
}

/** Takes a report of the sample outlet back, as a system that calls us does. `base` is where its pages are. */
export async function takeBackSample(
  { wire }: { wire: Pick<Store['wire'], 'accept'> },
  { id, at, base }: { id: string; at: number; base: string },
): Promise<void> {
  const item = { guid: id, title: '', text: '', url: samplePage(base, id), version: at }
  await acceptCall(wire.accept, SENDER, { id, items: [{ ...item, state: 'withdrawn' }] })
}

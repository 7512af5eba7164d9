import { hash } from 'node:crypto'
import type { Reply } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import type { Rendering } from '../../store/approvals/approval.ts'
import type { Subscription } from '../../store/subscriptions.ts'

/** How many characters of a hash people type. */
const TYPED_CHARACTERS = 6

/** The hash of a message: of all that people see of it, its words, blocks, buttons and the words beside a picture. */
export const hashOfReply = ({ parts: _, ...seen }: Reply): string =>
  hash('sha256', JSON.stringify(seen), 'hex')

/** The hash of an edition: of each of its messages, and of where it is posted. */
export const hashOfEdition = (renderings: Pick<Rendering, 'key' | 'hash'>[]): string =>
  hash('sha256', JSON.stringify(renderings.map(({ key, hash }) => [key, hash]).sort()), 'hex')

/** What people type for an edition as it is now: `morning-3fa9c1`. */
export const codeOf = (digest: string, editionHash: string): string =>
  `${digest}-${editionHash.slice(0, TYPED_CHARACTERS)}`

/** What an edition is selected by, apart from the content: if that changes, it must be selected anew. */
export const basisOf = (digest: Digest, subscription: Subscription | undefined): string =>
  JSON.stringify({
    settings: [
      ...[
        digest.title,
        digest.stories ?? null,
        digest.tags ?? null,
        digest.most ?? null,
        digest.wire ?? null,
      ],
      ...[subscription?.stories, subscription?.words, subscription?.zone, subscription?.quiet],
    ],
    newsFrom: subscription?.newsFrom,
    itemsFrom: subscription?.itemsFrom,
  })

/** Whether two bases differ in what was told meanwhile, rather than in what people set. */
export function differsInNews(one: string, other: string): boolean {
  const settings = (basis: string) => JSON.stringify((JSON.parse(basis) as { settings: unknown }).settings)
  return settings(one) === settings(other)
}

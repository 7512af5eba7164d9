import type { Document } from '../../content/read/documents/document.ts'
import type { Store } from '../../store/store.ts'

/** A document that may have a number in the store. What has none cannot be taken back. */
type Numbered = Document & { number?: number }

/** Notes in the store that documents are pulled now, and gives those that nobody has taken back; undoes that if asked. */
export function reserveIn(
  { markPulled, unmarkPulled }: Pick<Store['documents'], 'markPulled' | 'unmarkPulled'>,
  now: () => number,
) {
  const numbersOf = (documents: Numbered[]) => documents.flatMap(({ number }) => number ?? [])
  return {
    async reserve<T extends Numbered>(documents: T[]): Promise<T[]> {
      const still = await markPulled(numbersOf(documents), now())
      return documents.filter(({ number }) => number === undefined || still.includes(number))
    },
    /** What somebody pulled before stays so. */
    release: (documents: Numbered[]): Promise<void> =>
      unmarkPulled(numbersOf(documents.filter(({ pulledAt }) => pulledAt === undefined))),
  }
}

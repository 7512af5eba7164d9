import type { Library } from '../../content/library.ts'
import type { ShownPart } from '../../store/delivery.ts'
import { itemOfPart } from '../../store/wire/items.ts'
import { differsInNews } from './hashes.ts'
import type { NewRendering } from './render.ts'

/**
 * Why a text is not what it was: `told` or `settings` if it must be selected anew, else what it shows that changed:
 * `part:bridge/label`, `withdrawn:bridge`, `items`, or `text` where nothing of that is known. None if it is the same.
 */
export function whyChanged(
  before: NewRendering,
  now: { basis: string; redrawn: NewRendering | undefined },
  library: Library,
): string[] {
  const basis =
    before.basis === now.basis ? [] : [differsInNews(before.basis, now.basis) ? 'told' : 'settings']
  if (now.redrawn?.hash === before.hash) return basis
  const shown = new Map(partsOf(now.redrawn).map(({ part, revision }) => [part, revision]))
  const parts = partsOf(before).filter(({ part, revision }) => shown.get(part) !== revision)
  const reasons = new Set(
    parts.map(({ part }) => {
      const story = part.slice(0, part.indexOf('/'))
      if (itemOfPart(part) !== undefined) return 'items'
      return library.withdrawal(story) ? `withdrawn:${story}` : `part:${part}`
    }),
  )
  return reasons.size > 0 ? [...basis, ...reasons] : [...basis, 'text']
}

const partsOf = (rendering: NewRendering | undefined): ShownPart[] =>
  rendering ? (JSON.parse(rendering.shown) as ShownPart[]) : []

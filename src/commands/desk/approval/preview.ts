import type { Button, Reply } from '../../../chat/reply.ts'
import { approvalButtons } from '../../../delivery/approval/notices.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { OPEN_STATES, type Rendering } from '../../../store/approvals/approval.ts'
import type { DeskRequest } from '../../context.ts'
import { pageNumber } from '../../pages.ts'
import { lookUpPlaceNames } from '../place-names.ts'
import { findEdition } from './find-edition.ts'

/** How many places a preview names. */
const MAX_PLACES = 3

/**
 * `/desk preview <code>`: shows the editor alone what will be posted: each text once, whatever number of places gets it. Its
 * words, blocks and buttons are those of the post; only a title above and a menu below it are added.
 */
export async function deskPreview(request: DeskRequest): Promise<Reply> {
  const found = await findEdition(request)
  if ('problem' in found) return found.problem
  const { approval, renderings } = found
  const texts = distinctTexts(renderings)
  const line = `/desk preview ${approval.code}`
  const page = pageNumber({ page: request.flags.page, line }, Math.max(1, texts.length))
  if (typeof page !== 'number') return page
  const shown = texts[page - 1]
  if (!shown)
    return { blocks: [{ kind: 'text', text: [phrases.approval.nothingLeft] }], parts: [], audience: 'caller' }
  const places = [...new Set(shown.map(({ place }) => place))]
  const nameOf = await lookUpPlaceNames(request, places.slice(0, MAX_PLACES))
  const named = places.slice(0, MAX_PLACES).map(nameOf)
  const { title: _, ...reply } = JSON.parse(shown[0]!.reply) as Reply
  const next: Button[] =
    texts.length > page
      ? [{ label: phrases.approval.button.next, line: `${line} --page ${page + 1}`, turns: true }]
      : []
  const acts = OPEN_STATES.includes(approval.state)
    ? approvalButtons(approval).filter(button => !button.line.startsWith('/desk preview'))
    : []
  const options = [...next, ...acts]
  return {
    ...reply,
    title: phrases.approval.previewOf(
      page,
      texts.length,
      phrases.approval.places(named, places.length - named.length),
    ),
    ...(options.length > 0 && { menus: [{ label: phrases.approval.whatNext, options }] }),
    audience: 'caller',
    guide: true,
  }
}

/** The texts of an edition, each with the renderings that are the same; a thread reply comes after its message. */
function distinctTexts(renderings: Rendering[]): Rendering[][] {
  const byText = Map.groupBy(renderings, ({ number, hash }) => `${number} ${hash}`)
  const groupOf = ({ number, hash }: Rendering) => byText.get(`${number} ${hash}`)!
  const ordered = renderings
    .filter(({ number }) => number === 1)
    .flatMap(first => [
      groupOf(first),
      ...renderings.filter(({ number, place }) => number === 2 && place === first.place).map(groupOf),
    ])
  return [...new Set([...ordered, ...renderings.map(groupOf)])]
}

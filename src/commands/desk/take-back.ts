import { note, type Reply, refusal, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoredDocument } from '../../store/documents/documents.ts'
import type { DeskRequest } from '../context.ts'
import { TOO_LATE } from '../refusals.ts'
import { takeBackAddition } from './add-to-story.ts'
import { confirmation, deskReply } from './confirmation.ts'

/** An entry of corrections.yml that waits in the store. */
type WaitingCorrection = StoredDocument & { entry: Record<string, unknown> }

/**
 * `/desk restore <story>/<part>`: previews taking back the newest correction of a part that is not in the files yet; with
 * `--confirm`, takes it back. One that is in the files is taken out there.
 */
export async function takeBackCorrection(request: DeskRequest, typed: string): Promise<Reply> {
  const { library, desk, flags } = request
  const [name = '', ...rest] = typed.split('/')
  const slug = library.story(name)?.slug ?? name.toLowerCase()
  const part = rest.join('/')
  const found = (await desk.store.documents.all()).findLast(
    (document): document is WaitingCorrection =>
      document.path === `stories/${slug}/corrections.desk.yml` &&
      document.pulledAt === undefined &&
      String(document.entry?.part).toLowerCase() === part.toLowerCase(),
  )
  const id = `${slug}/${found?.entry.part ?? part}`
  if (!found) return refusal([phrases.correction.noneWaits(id, `stories/${slug}/corrections.yml`)])
  const now = String(found.entry.now)
  if (flags.confirm === undefined) {
    const { blocks, buttons } = confirmation({ args: ['restore', id], flags: {} })
    const shown = [
      text(...phrases.correction.takeBackPreview(id, now)),
      note(phrases.correction.takeBackConsequences),
    ]
    return deskReply([...shown, ...blocks], buttons)
  }
  const details = { id, key: found.key }
  const outcome = await takeBackAddition(request, { key: found.key, what: 'take back', details })
  if (outcome === 'late') return TOO_LATE
  if (outcome !== 'removed')
    return refusal([phrases.correction.noneWaits(id, `stories/${slug}/corrections.yml`)])
  return deskReply([
    text(...phrases.correction.correctionTakenBack(id)),
    note(...phrases.correction.howToSeeProgress()),
  ])
}

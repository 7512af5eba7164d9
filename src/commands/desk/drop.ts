import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { byStory, fileOf, makeStory } from '../../content/read/documents/document.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoredDocument } from '../../store/documents/documents.ts'
import type { DeskRequest } from '../context.ts'
import { TOO_LATE } from '../refusals.ts'
import { confirmation, deskReply } from './confirmation.ts'
import { isTooLate, logThenDo, tryApplyChanges } from './run.ts'

const MAX_SHOWN = 8

/** What waits for stories that the folder does not have any more, by their names: nobody sees it, and nothing can be pulled. */
export async function waitingForGone(
  contentDir: string,
  documents: readonly StoredDocument[],
): Promise<Map<string, StoredDocument[]>> {
  const gone = new Map<string, StoredDocument[]>()
  for (const [slug, own] of byStory(documents)) {
    const isThere = await stat(join(contentDir, 'stories', slug, 'story.md')).catch(() => undefined)
    if (!isThere && !makeStory(own)) gone.set(slug, own)
  }
  return gone
}

/**
 * `/desk drop <story>`: shows what the desk added to a story that is gone; with `--confirm`, lets go of it. The editors' log
 * keeps the entries.
 */
export async function deskDrop(request: DeskRequest): Promise<Reply> {
  const { desk, args, flags } = request
  const [typed = ''] = args
  const gone = await waitingForGone(desk.contentDir, await desk.store.documents.all())
  const slug = typed.toLowerCase()
  const own = gone.get(slug)
  if (!own) return refusal(phrases.deskWaits.nothingToDrop([...gone.keys()]))
  if (flags.confirm === undefined) {
    const { blocks, buttons } = confirmation({ args: ['drop', slug], flags: {} })
    const more = own.length - MAX_SHOWN
    const items = own.slice(0, MAX_SHOWN).map(document => [nameOf(document)])
    const shown = [
      text(...phrases.deskWaits.dropPreview(slug, own.length)),
      list([...items, ...(more > 0 ? [[phrases.deskWaits.moreToDrop(more)]] : [])]),
    ]
    return deskReply([...shown, ...blocks], buttons)
  }
  if (isTooLate(request)) return TOO_LATE
  const entries = own.flatMap(({ path, entry }) => (entry ? [{ path, entry }] : []))
  const files = own.flatMap(({ path, entry }) => (entry ? [] : [path]))
  await logThenDo(request, 'drop additions', { story: slug, entries, files }, () => drop(request, own))
  await tryApplyChanges(request)
  return deskReply([text(...phrases.deskWaits.dropped(slug, own.length))])
}

/** Lets go of documents act by act; what was pulled elsewhere cannot be undone there, only forgotten here. */
async function drop({ desk }: DeskRequest, documents: readonly StoredDocument[]): Promise<void> {
  const { documents: stored } = desk.store
  for (const [key, own] of Map.groupBy(documents, document => document.key))
    if ((await stored.removeEntry(key)) === 'landed') await stored.letGo(own.map(({ number }) => number))
}

/** What an addition is: its file, and what names it there. */
function nameOf(document: StoredDocument): string {
  const { entry = {} } = document
  const name = ['id', 'name', 'part', 'number'].flatMap(field =>
    field in entry ? [String((entry as Record<string, unknown>)[field])] : [],
  )[0]
  return `${fileOf(document).replace(/^stories\/[^/]+\//, '')}${name === undefined ? '' : ` · ${name}`}`
}

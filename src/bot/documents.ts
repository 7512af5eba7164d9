import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../chat/platform.ts'
import { reserveIn } from '../check/documents/reserve.ts'
import { keepDocuments } from '../check/kept-here.ts'
import type { LiveContent } from '../check/live-content.ts'
import { fileOf } from '../content/read/documents/document.ts'
import type { StoredDocument } from '../store/documents/documents.ts'
import type { Store } from '../store/store.ts'

/** What following documents needs. `ownsFolder`: no other process answers from this store, so the folder is the one. */
export type DocumentsOptions = {
  store: Pick<Store, 'documents' | 'notify'>
  stories: Pick<LiveContent, 'setDocuments'>
  contentDir: string
  dataDir: string
  ownsFolder: boolean
  log: Log
}

/** What the desk added to stories, as this process follows it. */
export type FollowedDocuments = {
  /** Reads what is new, and waits until it is in use. Gives the version that is in use then. */
  refresh(): Promise<number>
  /**
   * Writes an act into the files at once, if they are this process's own, with what waits for the same files. Tells whether
   * all of it is there now.
   */
  land(key: string): Promise<boolean>
  /** Lets go of what the files have. Only where what this process answers from is what counts. */
  letGo(): Promise<void>
}

/** Follows what the desk adds, in this process and in others. */
export function followDocuments(options: DocumentsOptions): FollowedDocuments {
  const { store, stories, contentDir, dataDir, ownsFolder, log } = options
  let known: StoredDocument[] = []
  let version: number | undefined
  let lookedAt = ''
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: what is older must never replace what is newer. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const call = last.then(work)
    last = call.catch(() => {})
    return call
  }

  async function refresh(): Promise<number> {
    const now = await store.documents.version()
    if (now === version) return now
    // Read after the version: what came in between is read again at the next look.
    const all = await store.documents.all()
    await stories.setDocuments(all)
    keepDocuments(dataDir, all)
    known = all
    version = now
    return now
  }

  async function letGoOfLanded(): Promise<void> {
    if (known.length === 0) return
    const look = `${version} ${known.map(document => lookOfFile(join(contentDir, fileOf(document)))).join()}`
    if (look === lookedAt) return
    const { landedIn } = await import('../content/read/documents/pull.ts')
    const landed = await landedIn(contentDir, known)
    lookedAt = look
    if (landed.length === 0) return
    await store.documents.letGo(landed.map(({ number }) => number))
    log.info({ documents: landed.length }, 'content: the files have what the desk added')
    await refresh()
    await store.notify()
  }

  return {
    refresh: () => inOrder(refresh),
    letGo: () => inOrder(letGoOfLanded),
    land: key =>
      inOrder(async () => {
        await refresh()
        const files = new Set(known.filter(document => document.key === key).map(fileOf))
        if (!ownsFolder || files.size === 0) return false
        const { pullInto } = await import('../content/read/documents/pull.ts')
        const wanted = known.filter(document => files.has(fileOf(document)))
        const results = await pullInto(contentDir, wanted, reserveIn(store.documents, Date.now))
        await letGoOfLanded()
        return results.every(({ outcome }) => outcome === 'written' || outcome === 'there')
      }),
  }
}

const lookOfFile = (file: string): string => {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : ''
}

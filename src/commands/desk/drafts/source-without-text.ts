import type { Story } from '../../../content/story.ts'
import type { StoredDocument } from '../../../store/documents/documents.ts'
import { comparableLink } from '../../../wire/identify/comparable-link.ts'
import type { ChatDraft } from './chat-draft.ts'

/**
 * The page of a draft as a source that the desk added by its address alone, such as from a card, and that waits in the
 * store: the draft takes it over. One that is in the files is not changed here.
 */
export async function sourceWithoutText(
  documents: readonly StoredDocument[],
  { slug }: Pick<Story, 'slug'>,
  { stored, folder }: Pick<ChatDraft, 'stored' | 'folder'>,
): Promise<Record<string, unknown> | undefined> {
  const { additionsOf } = await import('../../../import/draft/additions.ts')
  const own = additionsOf(folder, [])[0]?.entry.url
  const links = [stored.address, own].flatMap(address =>
    typeof address === 'string' ? comparableLink(address).link : [],
  )
  return documents.find(
    ({ path, pulledAt, entry }) =>
      path === `stories/${slug}/sources.desk.yml` &&
      pulledAt === undefined &&
      typeof entry?.url === 'string' &&
      entry.text === undefined &&
      links.includes(comparableLink(entry.url).link),
  )?.entry
}

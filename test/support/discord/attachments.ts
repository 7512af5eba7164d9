import { type Json, snowflake } from './payloads.ts'

/** A file that came with a request, by its number. */
export type Upload = { index: number; name: string; type: string; bytes: Buffer }

/**
 * What a message is after a request: files that the request names get its descriptions, and an edit keeps the
 * attachments that it names by their ids, or all of them where it names none at all.
 */
export function applyAttachments(old: Json, { attachments, ...body }: Json, files: Upload[]): Json {
  const before: Json[] = old.attachments ?? []
  const named = (id: unknown) => (attachments ?? []).find((one: Json) => String(one.id) === String(id))
  const kept = attachments === undefined ? before : before.filter(({ id }) => named(id))
  const added = files.map(({ index, name, type, bytes }) => ({
    id: snowflake(),
    filename: name,
    content_type: type,
    size: bytes.length,
    bytes,
    ...(named(index)?.description !== undefined && { description: named(index).description }),
  }))
  const all = [...kept, ...added]
  return { ...old, ...body, ...((all.length > 0 || before.length > 0) && { attachments: all }) }
}

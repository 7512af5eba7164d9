import { type Json, snowflake } from './payloads.ts'

/** A file of a request, with its number there. */
export type Upload = { index: number; name: string; type: string; bytes: Buffer }

/**
 * Applies a request to a message. Files get the descriptions that the request has for them. An edit keeps the
 * attachments that it lists by id, or all of them where it has no list.
 */
export function applyAttachments(old: Json, { attachments, ...body }: Json, files: Upload[]): Json {
  const before: Json[] = old.attachments ?? []
  const listed = (id: unknown) =>
    (attachments ?? []).find((attachment: Json) => String(attachment.id) === String(id))
  const kept = attachments === undefined ? before : before.filter(({ id }) => listed(id))
  const added = files.map(({ index, name, type, bytes }) => ({
    id: snowflake(),
    filename: name,
    content_type: type,
    size: bytes.length,
    bytes,
    ...(listed(index)?.description !== undefined && { description: listed(index).description }),
  }))
  const after = [...kept, ...added]
  return { ...old, ...body, ...((after.length > 0 || before.length > 0) && { attachments: after }) }
}

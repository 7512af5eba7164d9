import { utf8 } from '../../wire/read/mixed-bytes.ts'

const CHARSET = /charset\s*=\s*["']?\s*([^\s;"'/>]+)/i
const META_CHARSET = /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([^\s;"'/>]+)/i
/** Browsers look no further than the first kilobyte; pages whose scripts come first have it later. */
const HEAD_BYTES = 8_000

/**
 * The content type that the bytes of a page are read by: the header’s, and the page’s own `<meta charset>` where the header
 * names none, or names UTF-8 for what is not.
 */
export function declaredType(bytes: Uint8Array, contentType: string): string {
  const named = CHARSET.exec(contentType)?.[1]
  if (named !== undefined && !(/^utf-?8$/i.test(named) && utf8(bytes) === undefined)) return contentType
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString(
    'latin1',
  )
  const own = META_CHARSET.exec(head)?.[1]
  return own === undefined ? contentType : `text/html; charset=${own}`
}

import type { FeedFailure, FeedFailureCode } from '../../store/wire/feeds.ts'
import { EncodingError } from './decode-body.ts'
import { PRIVATE_ADDRESS, TOO_LARGE } from './guarded-request.ts'

const CODES: Record<string, FeedFailureCode> = {
  [PRIVATE_ADDRESS]: 'private',
  [TOO_LARGE]: 'tooLarge',
  ERR_BUFFER_TOO_LARGE: 'tooLarge',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EAI_AGAIN: 'dns',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
}

/** Names why a request failed. Addresses never get into a detail: it is shown to people. */
export function failureOfError(cause: unknown): FeedFailure {
  if (cause instanceof EncodingError) return { code: 'encoding', detail: cause.message }
  const { name, code, errors } = cause as NodeJS.ErrnoException & { errors?: unknown[] }
  if (name === 'TimeoutError') return { code: 'timeout' }
  // Several addresses were tried: the first one that failed says enough.
  if (code === undefined && Array.isArray(errors) && errors.length > 0) return failureOfError(errors[0])
  if (code === undefined) return { code: 'connection' }
  const known = CODES[code] ?? (code.startsWith('ERR_SSL') ? 'certificate' : undefined)
  if (known !== undefined) return known === 'certificate' ? { code: known, detail: code } : { code: known }
  // zlib: the body is not packed as its header says.
  if (/^Z_|^ERR__ERROR_FORMAT|^ERR_PADDING|^ZSTD_/.test(code) || code.startsWith('ERR_BROTLI'))
    return { code: 'encoding' }
  return { code: 'connection', detail: code.replace(/^UND_ERR_/, '') }
}

import { StoreError } from '../engine.ts'

/** What PostgreSQL and the network say while a server is away or starting. It passes by itself. */
const AWAY: Record<string, string> = {
  ECONNREFUSED: 'PostgreSQL does not answer at DATABASE_URL',
  ETIMEDOUT: 'PostgreSQL does not answer at DATABASE_URL',
  EHOSTUNREACH: 'PostgreSQL does not answer at DATABASE_URL',
  ENETUNREACH: 'PostgreSQL does not answer at DATABASE_URL',
  ECONNRESET: 'PostgreSQL ended the connection',
  EPIPE: 'PostgreSQL ended the connection',
  ENOENT: 'there is no PostgreSQL at the socket in DATABASE_URL',
  ENOTFOUND: 'the host in DATABASE_URL is not known',
  EAI_AGAIN: 'the host in DATABASE_URL cannot be looked up now',
  '57P01': 'PostgreSQL is stopping',
  '57P02': 'PostgreSQL is stopping',
  '57P03': 'PostgreSQL is starting',
  '53300': 'PostgreSQL has no free connection: raise max_connections, or run fewer processes',
  '08000': 'PostgreSQL ended the connection',
  '08001': 'PostgreSQL does not answer at DATABASE_URL',
  '08003': 'PostgreSQL ended the connection',
  '08006': 'PostgreSQL ended the connection',
}

const WRONG_CERTIFICATE =
  'the certificate of PostgreSQL cannot be verified: end DATABASE_URL with ?sslmode=no-verify in place of any other sslmode, or add &sslrootcert=/path/to/ca.pem'

const WRONG_HOST_NAME =
  'the certificate of PostgreSQL is for another host name than that in DATABASE_URL: write the name that it is for, or ?sslmode=no-verify in place of any other sslmode'
const EXPIRED_CERTIFICATE =
  'the certificate of PostgreSQL has expired: renew it, or write ?sslmode=no-verify in place of any other sslmode in DATABASE_URL'
const UNREADABLE_FILE =
  'a file that DATABASE_URL names (sslrootcert, sslcert or sslkey) cannot be read: correct its path, or let this user read it'

/** What a person must change. */
const WRONG: Record<string, string> = {
  '28P01': 'PostgreSQL does not accept the password in DATABASE_URL',
  '28000': 'PostgreSQL does not accept the user in DATABASE_URL',
  '3D000': 'the database in DATABASE_URL does not exist',
  '42501': 'the user in DATABASE_URL lacks privileges on its tables',
  '53100': 'PostgreSQL’s disk is full',
  DEPTH_ZERO_SELF_SIGNED_CERT: WRONG_CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: WRONG_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: WRONG_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: WRONG_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: WRONG_CERTIFICATE,
  CERT_HAS_EXPIRED: EXPIRED_CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: WRONG_HOST_NAME,
}

/** Errors of the driver that have no code, and what they mean. */
const WITHOUT_CODE: { like: RegExp; sentence: string; isAway?: true }[] = [
  {
    like: /does not support SSL/i,
    sentence:
      'PostgreSQL does not offer encrypted connections (TLS): remove sslmode from DATABASE_URL, and the setting PGSSLMODE',
  },
  {
    like: /timeout|terminated unexpectedly|terminated due to/i,
    sentence: 'PostgreSQL does not answer at DATABASE_URL',
    isAway: true,
  },
]

/**
 * Describes an error of PostgreSQL in a sentence, and says whether it passes by itself. The address is left out, since it
 * contains a password.
 */
export function postgresError(cause: unknown): StoreError {
  const {
    code = '',
    message = '',
    syscall,
  } = (cause ?? {}) as { code?: string; message?: string; syscall?: string }
  // The same codes as of a socket, but nothing that passes by itself.
  if (syscall === 'open') return new StoreError(`store: ${UNREADABLE_FILE}`, { cause })
  const away = AWAY[code]
  if (away !== undefined) return new StoreError(`store: ${away}`, { cause, isAway: true })
  const known = WITHOUT_CODE.find(({ like }) => like.test(message))
  const sentence = refusalOfHost(code, message) ?? WRONG[code] ?? (code === '' ? known?.sentence : undefined)
  return new StoreError(`store: ${sentence ?? `PostgreSQL: ${message}`}`, {
    cause,
    isAway: sentence !== undefined && known?.isAway === true,
  })
}

/** `28000` is also what a server says that lets us in only with TLS, or not from here: its words tell which. */
function refusalOfHost(code: string, message: string): string | undefined {
  if (code !== '28000' || !/pg_hba/i.test(message)) return undefined
  // The words are in the language of the server; only an encrypted connection is called “SSL” in all of them.
  return /\bno encryption|SSL off/i.test(message) || !/\bSSL\b/.test(message)
    ? 'PostgreSQL accepts only encrypted connections (TLS) from here: add ?sslmode=verify-full at the end of DATABASE_URL, or ?sslmode=no-verify where its certificate cannot be verified'
    : 'PostgreSQL does not let this user in from this machine: its administrator must allow it in pg_hba.conf'
}

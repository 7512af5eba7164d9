import type { Config } from '../config.ts'
import { whyOf } from '../store/failure.ts'
import { type Peek, peek } from '../store/inspect.ts'
import { type Finding, findings } from './finding.ts'

const { error, warning, note, ok } = findings('data')

/** The store: whether it can be reached, is of a version that this program knows, and what troubles it has noted. */
export async function database(
  config: Config,
  look: (config: Config) => Promise<Peek> = peek,
): Promise<{ findings: Finding[]; seen?: Peek }> {
  let seen: Peek
  try {
    seen = await look(config)
  } catch (cause) {
    return { findings: [unreachable(cause, config.databaseUrl !== undefined)] }
  }
  return { seen, findings: [...versionFindings(seen), ...troubles(seen)] }
}

function versionFindings({ version, newest, server, mayCreate }: Peek): Finding[] {
  const what = server === undefined ? 'The store' : `PostgreSQL ${server} answers at DATABASE_URL. The store`
  if (version !== undefined && version > newest)
    return [
      error(
        'store-newer',
        `The store was written by a newer nutgraf (tables ${version}, this one knows ${newest}): it does not start.`,
        'Go back to the newer nutgraf, or put the backup of the data in place that belongs to this one.',
      ),
    ]
  if ((version ?? 0) < newest && mayCreate === false)
    return [
      error(
        'store-no-rights',
        'The user in DATABASE_URL may not make tables.',
        'As the owner of the database run, with that user: grant create on schema public to the_user;',
      ),
    ]
  if (version === undefined)
    return [
      server === undefined
        ? note('store-new', 'There is no store yet: the first start makes one.')
        : ok('store', `${what} is made at the first start.`),
    ]
  if (version < newest)
    return [
      note(
        'store-older',
        `The store is older (tables ${version} of ${newest}): the next start brings it up to date. Back it up first.`,
      ),
    ]
  return [ok('store', `${what} is up to date.`)]
}

const troubles = ({ faults }: Peek): Finding[] =>
  faults.map(({ subject, message, since }) =>
    warning(
      'trouble',
      `A trouble lasts since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${told(message)} (${subject})`,
      'Do what it says; it ends by itself once the next post arrives, and /desk retry sends again what failed.',
    ),
  )

function told(kept: string): string {
  const { message, human } = whyOf(kept)
  return human === undefined ? message : `${human} ${message}`
}

function unreachable(cause: unknown, postgres: boolean): Finding {
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(/^store: /, '')
  const inner = String((cause as { cause?: { message?: string } }).cause?.message ?? '')
  if (!postgres)
    return error(
      'store-broken',
      `The store cannot be read: ${said}.`,
      'Put a backup in its place, or move the file away: the next start makes a new one.',
    )
  const cure = /does not support SSL/i.test(inner)
    ? 'Take sslmode out of DATABASE_URL.'
    : /no encryption/i.test(inner)
      ? 'Add ?sslmode=require to DATABASE_URL.'
      : /self[- ]signed|certificate/i.test(inner)
        ? 'Set PGSSLMODE=no-verify, or name the certificate of the server with sslrootcert in DATABASE_URL.'
        : 'Correct DATABASE_URL (postgres://user:password@host/database), and let this machine reach that host.'
  return error('store-unreachable', `DATABASE_URL does not work: ${said}.`, cure)
}

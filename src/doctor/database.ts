import type { Config } from '../config.ts'
import { parseFailure } from '../store/failure.ts'
import { type Inspection, inspect } from '../store/inspect.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('data')

/** The store: whether it can be reached, is of a version that this program knows, and what troubles it has noted. */
export async function diagnoseDatabase(
  config: Config,
  look: (config: Config) => Promise<Inspection> = inspect,
): Promise<{ findings: Finding[]; seen?: Inspection }> {
  let seen: Inspection
  try {
    seen = await look(config)
  } catch (cause) {
    return { findings: [unreachableFinding(cause, config.databaseUrl !== undefined)] }
  }
  return { seen, findings: [...versionFindings(seen), ...troubleFindings(seen)] }
}

function versionFindings({ version, newestVersion, serverVersion, mayCreateTables }: Inspection): Finding[] {
  const what =
    serverVersion === undefined
      ? 'The store'
      : `PostgreSQL ${serverVersion} answers at DATABASE_URL. The store`
  if (version !== undefined && version > newestVersion)
    return [
      error(
        'store-newer',
        `The store was written by a newer nutgraf (tables ${version}, this one knows ${newestVersion}): it does not start.`,
        'Go back to the newer nutgraf, or put the backup of the data in place that belongs to this one.',
      ),
    ]
  if ((version ?? 0) < newestVersion && mayCreateTables === false)
    return [
      error(
        'store-no-rights',
        'The user in DATABASE_URL may not make tables.',
        'As the owner of the database run, with that user: grant create on schema public to the_user;',
      ),
    ]
  if (version === undefined)
    return [
      serverVersion === undefined
        ? note('store-new', 'There is no store yet: the first start makes one.')
        : ok('store', `${what} is made at the first start.`),
    ]
  if (version < newestVersion)
    return [
      note(
        'store-older',
        `The store is older (tables ${version} of ${newestVersion}): the next start brings it up to date. Back it up first.`,
      ),
    ]
  return [ok('store', `${what} is up to date.`)]
}

const troubleFindings = ({ faults }: Inspection): Finding[] =>
  faults.map(({ subject, message, since }) =>
    warning(
      'trouble',
      `A trouble lasts since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${faultText(message)} (${subject})`,
      'Do what it says; it ends by itself once the next post arrives, and /desk retry sends again what failed.',
    ),
  )

function faultText(kept: string): string {
  const { message, human } = parseFailure(kept)
  return human === undefined ? message : `${human} ${message}`
}

function unreachableFinding(cause: unknown, postgres: boolean): Finding {
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

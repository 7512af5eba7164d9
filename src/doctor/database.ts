import type { Config } from '../config.ts'
import { parseFailure } from '../store/failure-text.ts'
import { type Inspection, inspect } from '../store/inspect.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('data')

/**
 * Checks whether the store can be reached and has a version that this program knows, and lists problems it has
 * recorded.
 */
export async function diagnoseDatabase(
  config: Config,
  inspectStore: (config: Config) => Promise<Inspection> = inspect,
): Promise<{ findings: Finding[]; inspection?: Inspection }> {
  let inspection: Inspection
  try {
    inspection = await inspectStore(config)
  } catch (cause) {
    return { findings: [unreachableFinding(cause, config.databaseUrl !== undefined)] }
  }
  return { inspection, findings: [...versionFindings(inspection), ...troubleFindings(inspection)] }
}

function versionFindings({ version, newestVersion, serverVersion, mayCreateTables }: Inspection): Finding[] {
  const store =
    serverVersion === undefined
      ? 'The store'
      : `PostgreSQL ${serverVersion} answers at DATABASE_URL. The store`
  if (version !== undefined && version > newestVersion)
    return [
      error(
        'store-newer',
        `The store was written by a newer nutgraf (tables version ${version}; this one knows ${newestVersion}), so this one does not start.`,
        'Go back to the newer nutgraf, or restore a backup of the data from this version.',
      ),
    ]
  if ((version ?? 0) < newestVersion && mayCreateTables === false)
    return [
      error(
        'store-no-rights',
        'The user in DATABASE_URL may not create tables.',
        'As the owner of the database, run this with the name of that user: grant create on schema public to the_user;',
      ),
    ]
  if (version === undefined)
    return [
      serverVersion === undefined
        ? note('store-new', 'There is no store yet: the first start creates one.')
        : ok('store', `${store} is created at the first start.`),
    ]
  if (version < newestVersion)
    return [
      note(
        'store-older',
        `The store is older (tables version ${version}, newest ${newestVersion}): the next start updates it. Back it up first.`,
      ),
    ]
  return [ok('store', `${store} is up to date.`)]
}

const troubleFindings = ({ faults }: Inspection): Finding[] =>
  faults.map(({ subject, message, since }) =>
    warning(
      'trouble',
      `A problem has lasted since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${faultText(message)} (${subject})`,
      'Do what it says. The problem ends by itself once a post arrives; /desk retry sends again what failed.',
    ),
  )

function faultText(failure: string): string {
  const { message, human } = parseFailure(failure)
  return human === undefined ? message : `${human} ${message}`
}

function unreachableFinding(cause: unknown, postgres: boolean): Finding {
  const message = (cause instanceof Error ? cause.message : String(cause)).replace(/^store: /, '')
  if (!postgres)
    return error(
      'store-broken',
      `The store cannot be read: ${message}.`,
      'Restore a backup, or move the file away: the next start creates a new one.',
    )
  // Where the sentence says what to do, that is the cure.
  const [, what = message, cure] = /^(?!PostgreSQL: )(.+?): (.+)$/s.exec(message) ?? []
  return error(
    'store-unreachable',
    `DATABASE_URL does not work: ${what}.`,
    cure === undefined
      ? 'Correct DATABASE_URL (postgres://user:password@host/database), and let this machine reach that host.'
      : `${cure[0]!.toUpperCase()}${cure.slice(1)}.`,
  )
}

import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('data')

/** How a disk is asked about: `type` as the system numbers file systems, `free` in bytes. */
export type DiskProbe = (folder: string) => { type: number; free: number }

const probeDisk: DiskProbe = folder => {
  const { type, bavail, bsize } = statfsSync(folder)
  return { type, free: bavail * bsize }
}

const MEMORY_TYPES = [0x01021994, 0x858458f6]
const OVERLAY_TYPE = 0x794c7630
/** NFS, CIFS, SMB2, 9P, CephFS, AFS, FUSE (sshfs, s3fs and the like). */
const NETWORK_TYPES = [0x6969, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400, 0x5346414f, 0x65735546]

/** What marks a host whose disks do not last, its name, and where a disk that lasts is mounted, if one is. */
const EPHEMERAL_HOSTS: { mark: string; name: string; volume?: string }[] = [
  { mark: 'DYNO', name: 'Heroku' },
  { mark: 'K_SERVICE', name: 'Cloud Run' },
  { mark: 'AWS_LAMBDA_FUNCTION_NAME', name: 'AWS Lambda' },
  { mark: 'RAILWAY_ENVIRONMENT', name: 'Railway', volume: 'RAILWAY_VOLUME_MOUNT_PATH' },
  { mark: 'RENDER', name: 'Render' },
  { mark: 'FLY_APP_NAME', name: 'Fly' },
]

/** Of these, hosts to which no disk can be mounted that is fit for a database. */
const NO_VOLUMES = ['DYNO', 'K_SERVICE', 'AWS_LAMBDA_FUNCTION_NAME']

const FULL_BELOW_BYTES = 50e6
const TIGHT_BELOW_BYTES = 500e6

/** The folder of what the bot keeps: whether it can be written, lasts, and has room. */
export function diagnoseDataFolder(
  { dataDir, databaseUrl, deskUsers, slack, discord }: Config,
  env: NodeJS.ProcessEnv,
  look: DiskProbe = probeDisk,
): Finding[] {
  const folder = resolve(dataDir)
  const there = nearestExisting(folder)
  const problem = folderProblem(there, folder)
  if (problem) return [problem]
  const { type, free } = look(there)
  const found: Finding[] = []
  if (free < TIGHT_BELOW_BYTES) {
    const room = `${Math.floor(free / 1e6)} MB are free on the disk of ${folder}`
    const cure = 'Make room on that disk, or set DATA_DIR to a folder on another.'
    found.push(
      free < FULL_BELOW_BYTES
        ? error('disk-full', `Only ${room}: nutgraf stops posting when nothing can be written down.`, cure)
        : warning('disk-tight', `Only ${room}.`, cure),
    )
  }
  // What is kept in a PostgreSQL does not depend on this disk.
  if (databaseUrl === undefined)
    found.push(...ephemeralFindings(type, folder, env, Boolean(slack || discord)))
  const host = EPHEMERAL_HOSTS.find(({ mark }) => env[mark])
  if (host && deskUsers.length > 0)
    found.push(
      warning(
        'corrections-fleeting',
        `What /desk correct writes into CONTENT_DIR is forgotten with each deploy on ${host.name}.`,
        'Write corrections into corrections.yml in the repository and deploy, or mount a lasting disk as CONTENT_DIR.',
      ),
    )
  return found.length > 0 ? found : [ok('data', `${folder} can be written and has room.`)]
}

function folderProblem(there: string, folder: string): Finding | undefined {
  const cure = `Give it to the user that runs nutgraf: sudo install -d -o <user> ${folder}, or set DATA_DIR to another folder.`
  if (!statSync(there).isDirectory())
    return error(
      'data-no-folder',
      `${there} is a file, so ${folder} cannot be a folder.`,
      'Set DATA_DIR to another folder.',
    )
  try {
    accessSync(there, constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return error('data-read-only', `nutgraf may not write in ${there}.`, cure)
  }
}

/** Disks that forget, or on which the store would break. Without a platform there is not much to forget. */
function ephemeralFindings(
  type: number,
  folder: string,
  env: NodeJS.ProcessEnv,
  matters: boolean,
): Finding[] {
  const forgets = (id: string, says: string, sure: boolean) => {
    const volume = mounts ? `, or set DATA_DIR to a folder on a volume that lasts` : ''
    const cure = `Set DATABASE_URL to a PostgreSQL${volume}.`
    if (!matters) return note(id, says, cure)
    return sure ? error(id, says, cure) : warning(id, says, cure)
  }
  const mounts = !NO_VOLUMES.some(mark => env[mark])
  const lost = 'who takes which digest, and what was posted, is forgotten'
  const host = EPHEMERAL_HOSTS.find(({ mark }) => env[mark])
  const volume = host?.volume === undefined ? undefined : env[host.volume]
  const mounted = volume !== undefined && `${folder}/`.startsWith(`${resolve(volume)}/`)
  if (MEMORY_TYPES.includes(type))
    return [forgets('disk-memory', `${folder} is in memory: with each restart of the machine ${lost}.`, true)]
  if (NETWORK_TYPES.includes(type))
    return [
      error(
        'disk-network',
        `${folder} is on a network disk, on which SQLite’s log does not work: the store may break.`,
        'Set DATA_DIR to a folder on a disk of this machine, or set DATABASE_URL to a PostgreSQL.',
      ),
    ]
  if (host && !mounted && (type === OVERLAY_TYPE || NO_VOLUMES.includes(host.mark)))
    return [forgets('disk-host', `Disks of ${host.name} do not last: with each deploy ${lost}.`, true)]
  if (host && !mounted)
    return [
      forgets(
        'disk-host',
        `${host.name} keeps only disks that were mounted as lasting: is ${folder} on one?`,
        false,
      ),
    ]
  if (type === OVERLAY_TYPE)
    return [
      forgets(
        'disk-container',
        `${folder} is inside a container, not on a volume: with the container ${lost}.`,
        false,
      ),
    ]
  return []
}

/** The folder itself, or the nearest above it that exists: the rest is made at the first start. */
const nearestExisting = (folder: string): string =>
  existsSync(folder) ? folder : nearestExisting(dirname(folder))

import { accessSync, constants, existsSync, lstatSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { shorten } from '../chat/shorten.ts'
import type { Config } from '../config.ts'
import { type Finding, type FindingCode, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('data')

/** Reads the file system of a folder: `type` as the system numbers it, `free` in bytes. */
export type DiskProbe = (folder: string) => { type: number; free: number }

const probeDisk: DiskProbe = folder => {
  const { type, bavail, bsize } = statfsSync(folder)
  return { type, free: bavail * bsize }
}

/** tmpfs and ramfs. */
const MEMORY_TYPES = [0x01021994, 0x858458f6]
/** overlayfs, the root of a container. */
const OVERLAY_TYPE = 0x794c7630
/** NFS, CIFS, SMB2, 9P, CephFS, AFS, FUSE (sshfs, s3fs and the like). */
const NETWORK_TYPES = [0x6969, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400, 0x5346414f, 0x65735546]

/**
 * Hosts whose disks do not last: the variable that marks each, and the variable that names a mounted volume, if any.
 */
const EPHEMERAL_HOSTS: { mark: string; name: string; volume?: string }[] = [
  { mark: 'DYNO', name: 'Heroku' },
  { mark: 'K_SERVICE', name: 'Cloud Run' },
  { mark: 'AWS_LAMBDA_FUNCTION_NAME', name: 'AWS Lambda' },
  { mark: 'RAILWAY_ENVIRONMENT', name: 'Railway', volume: 'RAILWAY_VOLUME_MOUNT_PATH' },
  { mark: 'RENDER', name: 'Render' },
  { mark: 'FLY_APP_NAME', name: 'Fly' },
]

/** Those of these hosts on which no volume fit for a database can be mounted. */
const NO_VOLUMES = ['DYNO', 'K_SERVICE', 'AWS_LAMBDA_FUNCTION_NAME']

/** Below this the next write may fail. */
const FULL_BELOW_BYTES = 50e6
/** Below this there is still time to make room. */
const TIGHT_BELOW_BYTES = 500e6

/** Checks whether the data folder can be written, lasts, and has room. */
export function diagnoseDataFolder(
  { dataDir, databaseUrl, deskUsers, slack, discord }: Config,
  env: NodeJS.ProcessEnv,
  probe: DiskProbe = probeDisk,
): Finding[] {
  const folder = resolve(dataDir)
  const existing = nearestExisting(folder)
  const problem = folderProblem(existing, folder)
  if (problem) return [problem]
  const { type, free } = probe(existing)
  const findings: Finding[] = []
  if (free < TIGHT_BELOW_BYTES) {
    const room = `${Math.floor(free / 1e6)} MB are free on the disk of ${folder}`
    const cure = 'Make room on that disk, or set DATA_DIR to a folder on another.'
    findings.push(
      free < FULL_BELOW_BYTES
        ? error('disk-full', `Only ${room}: nutgraf stops posting when it cannot record its posts.`, cure)
        : warning('disk-tight', `Only ${room}.`, cure),
    )
  }
  // Data in a PostgreSQL does not depend on this disk.
  if (databaseUrl === undefined)
    findings.push(...ephemeralFindings(type, folder, env, Boolean(slack || discord)))
  const host = EPHEMERAL_HOSTS.find(({ mark }) => env[mark])
  if (host && deskUsers.length > 0)
    findings.push(
      warning(
        'corrections-fleeting',
        `What /desk correct writes into CONTENT_DIR is lost with each deploy on ${host.name}.`,
        'Write corrections into corrections.yml in the repository and deploy, or mount a volume that lasts as CONTENT_DIR.',
      ),
    )
  return findings.length > 0 ? findings : [ok('data', `${folder} can be written and has room.`)]
}

const MAX_SHOWN_PATH = 200

function folderProblem(existing: string, folder: string): Finding | undefined {
  const cure = `Give it to the user that runs nutgraf: sudo install -d -o <user> ${folder}, or set DATA_DIR to another folder.`
  const noFolder = (says: string) => error('data-no-folder', says, 'Set DATA_DIR to another folder.')
  if (!statSync(existing).isDirectory())
    return noFolder(`${existing} is a file, so ${folder} cannot be a folder.`)
  const [missing] = relative(existing, folder).split(sep)
  try {
    if (missing && lstatSync(join(existing, missing), { throwIfNoEntry: false }))
      return noFolder(`${join(existing, missing)} is a link to a folder that is not there.`)
  } catch {
    return noFolder(`${shorten(folder, MAX_SHOWN_PATH)} is longer than a path may be.`)
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return error('data-read-only', `nutgraf may not write in ${existing}.`, cure)
  }
}

/**
 * Reports disks that do not last, or that would damage the store. Without a platform little is stored: a note is
 * enough.
 */
function ephemeralFindings(
  type: number,
  folder: string,
  env: NodeJS.ProcessEnv,
  hasPlatform: boolean,
): Finding[] {
  const hasVolumes = !NO_VOLUMES.some(mark => env[mark])
  const ephemeral = (id: FindingCode, says: string, severity: 'error' | 'warning') => {
    const volume = hasVolumes ? ', or set DATA_DIR to a folder on a volume that lasts' : ''
    const cure = `Set DATABASE_URL to a PostgreSQL${volume}.`
    if (!hasPlatform) return note(id, says, cure)
    return severity === 'error' ? error(id, says, cure) : warning(id, says, cure)
  }
  const loss = 'loses all subscriptions and the record of what was posted'
  const host = EPHEMERAL_HOSTS.find(({ mark }) => env[mark])
  const volume = host?.volume === undefined ? undefined : env[host.volume]
  const mounted = volume !== undefined && `${folder}/`.startsWith(`${resolve(volume)}/`)
  if (MEMORY_TYPES.includes(type))
    return [ephemeral('disk-memory', `${folder} is in memory: each restart of the machine ${loss}.`, 'error')]
  if (NETWORK_TYPES.includes(type))
    return [
      error(
        'disk-network',
        `${folder} is on a network disk, where SQLite’s write-ahead log does not work: the store may be damaged.`,
        'Set DATA_DIR to a folder on a disk of this machine, or set DATABASE_URL to a PostgreSQL.',
      ),
    ]
  if (host && !mounted && (type === OVERLAY_TYPE || NO_VOLUMES.includes(host.mark)))
    return [ephemeral('disk-host', `Disks of ${host.name} do not last: each deploy ${loss}.`, 'error')]
  if (host && !mounted)
    return [
      ephemeral('disk-host', `${host.name} keeps only mounted volumes: is ${folder} on one?`, 'warning'),
    ]
  if (type === OVERLAY_TYPE)
    return [
      ephemeral(
        'disk-container',
        `${folder} is inside a container, not on a volume: removing the container ${loss}.`,
        'warning',
      ),
    ]
  return []
}

/** Finds the folder itself, or the nearest one above it that exists: the rest is created at the first start. */
const nearestExisting = (folder: string): string =>
  existsSync(folder) ? folder : nearestExisting(dirname(folder))

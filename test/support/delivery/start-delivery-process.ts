import { type ChildProcess, spawn } from 'node:child_process'
import { COMPILE_CACHE } from '../compile-cache.ts'

const ROOT = new URL('../../..', import.meta.url).pathname

/** What a process is started with: its platform and that platform's address, its folders, and a database to share. */
type DeliveryProcessOptions = {
  platform: 'slack' | 'discord'
  apiUrl: string
  databaseUrl: string | undefined
  env: Record<string, string>
  data: string
  content: string
  postMs: number
  desk: string
}

/**
 * Starts a bot in a process of its own: with everything, or, where there is a database, as a worker beside others.
 * `onOutput` gets what it writes; `ended` resolves once it has ended.
 */
export function startDeliveryProcess(
  { platform, apiUrl, databaseUrl, env, data, content, postMs, desk }: DeliveryProcessOptions,
  onOutput: (piece: Buffer) => void,
): { child: ChildProcess; ended: Promise<void> } {
  const alone = databaseUrl === undefined
  const child = spawn(process.execPath, ['src/cli.ts', 'start', ...(alone ? [] : ['--role', 'worker'])], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...env,
      [platform === 'slack' ? 'SLACK_API_URL' : 'DISCORD_API_URL']: apiUrl,
      ...(alone ? { HOST: '127.0.0.1', PORT: '0' } : { DATABASE_URL: databaseUrl }),
      DATA_DIR: data,
      CONTENT_DIR: content,
      POST_TIMEOUT_MS: String(postMs),
      DESK_CHANNEL: desk,
      LOG_LEVEL: 'info',
    },
  })
  child.stdout.on('data', onOutput)
  child.stderr.on('data', onOutput)
  return { child, ended: new Promise(resolve => child.once('close', () => resolve())) }
}

/** Whether a process was started and has not ended yet. */
export const isAlive = ({ child }: { child?: ChildProcess }): boolean =>
  child !== undefined && child.exitCode === null && child.signalCode === null

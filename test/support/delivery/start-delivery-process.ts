import { type ChildProcess, spawn } from 'node:child_process'

const ROOT = new URL('../../..', import.meta.url).pathname

/** What a process is started with: its platform and where that is, its folders, and a database where several share one. */
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

/** Starts one process: with everything, or as a worker beside others. `heard` is told what it writes. */
export function startDeliveryProcess(
  { platform, apiUrl, databaseUrl, env, data, content, postMs, desk }: DeliveryProcessOptions,
  heard: (piece: Buffer) => void,
): { child: ChildProcess; dead: Promise<void> } {
  const alone = databaseUrl === undefined
  const child = spawn(process.execPath, ['src/cli.ts', 'start', ...(alone ? [] : ['--role', 'worker'])], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
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
  child.stdout.on('data', heard)
  child.stderr.on('data', heard)
  return { child, dead: new Promise(resolve => child.once('close', () => resolve())) }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a process has used so far: CPU time in milliseconds, and resident memory in bytes. */
export type Usage = { cpu: number; memory: number }

/** A program in a process of its own; `readyInMs` is the time from its start to its first output. */
export type Contender = {
  readyInMs: number
  firstOutput: string
  usage(): Promise<Usage>
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROBE = new URL('probe.ts', import.meta.url).href
const PATIENCE_MS = 60_000
/** How long a program may take to stop before it is killed. */
const STOP_MS = 15_000

/** The arguments of our program, after `node`. */
export const OUR_PROGRAM = ['src/cli.ts', 'start']
/** The arguments of the bare program on these platforms, after `node`. */
export const bareProgram = (...platforms: string[]) => ['bench/bare/app.ts', ...platforms]

/** Starts a program with only this environment, and waits for its first output: both programs print it when ready. */
export async function startContender(args: string[], env: Record<string, string>): Promise<Contender> {
  // A folder of its own: a developer's .env holds the tokens of real workspaces.
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-bench-'))
  const [script = '', ...scriptArgs] = args
  const from = performance.now()
  const child = spawn(
    process.execPath,
    [...profileFlags(args), '--import', PROBE, join(ROOT, script), ...scriptArgs],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, CONTENT_DIR: join(ROOT, 'content'), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  child.once('close', () => void rm(folder, { recursive: true, force: true }))
  let errorOutput = ''
  child.stderr?.on('data', data => {
    errorOutput = `${errorOutput}${data}`.slice(-2_000)
  })
  const firstOutput = await readFirstOutput(child).catch(cause => {
    child.kill('SIGKILL')
    throw new Error(`bench: ${args.join(' ')}: ${cause.message}\n${errorOutput}`)
  })
  const readyInMs = performance.now() - from
  return {
    readyInMs,
    firstOutput,
    usage: () =>
      new Promise(resolve => {
        child.once('message', message => resolve(message as Usage))
        child.send('usage')
      }),
    stop: () =>
      new Promise(resolve => {
        // A process that has ended already emits no second `close`.
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
        child.once('close', () => {
          clearTimeout(killTimer)
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}

/** Node's flags that write a CPU profile of each contender into the folder BENCH_PROFILE. */
const profileFlags = (args: string[]) =>
  process.env.BENCH_PROFILE
    ? [
        '--cpu-prof',
        `--cpu-prof-dir=${process.env.BENCH_PROFILE}`,
        `--cpu-prof-name=${args.join('-').replace(/\W/g, '_')}-${Date.now()}.cpuprofile`,
      ]
    : []

/** Waits for the first output of a process; rejects if it ends before, or takes too long. */
function readFirstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it was not ready within ${PATIENCE_MS / 1_000} s`)),
      PATIENCE_MS,
    )
    child.stdout?.once('data', data => {
      clearTimeout(timer)
      child.stdout?.resume()
      resolve(String(data))
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`it ended with ${code === null ? signal : `code ${code}`}`))
    })
  })
}

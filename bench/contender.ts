import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a process has used so far: CPU time in milliseconds; resident memory in bytes, now and at most. */
export type Usage = { cpu: number; memory: number; most: number }

/**
 * A program in a process of its own. `readyInMs` is the time from its start to its first output, `readyCpuMs` the CPU time
 * of all its threads until then. `watchLoop` begins to watch its event loop, and returns what ends it and gives the longest
 * time in milliseconds for which the loop was held.
 */
export type Contender = {
  readyInMs: number
  readyCpuMs: number
  firstOutput: string
  usage(): Promise<Usage>
  watchLoop(): Promise<() => Promise<number>>
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROBE = new URL('probe.ts', import.meta.url).href
const PATIENCE_MS = 60_000
/** The unit of times in /proc: a hundredth of a second on every Linux. */
const PROC_TICK_MS = 10
/** How long a program may take to stop before it is killed. */
const STOP_MS = 15_000

/** The arguments of our program, after `node`. */
export const OUR_PROGRAM = ['src/nutgraf.js', 'start']
/** The arguments of the bare program on these platforms, after `node`. */
export const bareProgram = (...platforms: string[]) => ['bench/bare/app.ts', ...platforms]

/**
 * Starts a program with only this environment, and waits for its first output, for at most `patienceMs`: both programs print
 * it when ready.
 */
export async function startContender(
  args: string[],
  env: Record<string, string>,
  patienceMs = PATIENCE_MS,
): Promise<Contender> {
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
  const firstOutput = await readFirstOutput(child, patienceMs).catch(cause => {
    child.kill('SIGKILL')
    throw new Error(`bench: ${args.join(' ')}: ${cause.message}\n${errorOutput}`)
  })
  const readyInMs = performance.now() - from
  const askProbe = (question: 'usage' | 'watch' | 'held') =>
    new Promise<Usage & { held?: number }>((resolve, reject) => {
      const refuse = () => reject(new Error(`bench: ${args.join(' ')} has ended\n${errorOutput}`))
      child.once('exit', refuse)
      child.once('message', message => {
        child.off('exit', refuse)
        resolve(message as Usage)
      })
      child.send(question)
    })
  const readyCpuMs = cpuTimeOf(child.pid!) ?? (await askProbe('usage')).cpu
  return {
    readyInMs,
    readyCpuMs,
    firstOutput,
    usage: () => askProbe('usage'),
    watchLoop: async () => {
      await askProbe('watch')
      return async () => (await askProbe('held')).held ?? Number.NaN
    },
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

/** The CPU time that all threads of a process have used, in milliseconds; undefined on systems without /proc. */
function cpuTimeOf(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may contain anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * PROC_TICK_MS
  } catch {
    return undefined
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
function readFirstOutput(child: ChildProcess, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it was not ready within ${patienceMs / 1_000} s`)),
      patienceMs,
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

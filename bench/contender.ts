import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** CPU time in milliseconds and resident memory in bytes that a process has used so far. */
export type Usage = { cpu: number; memory: number }

/** A program in a process of its own; `readyIn` is the time in milliseconds from its start to its first words. */
export type Contender = {
  readyInMs: number
  firstOutput: string
  usage(): Promise<Usage>
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROBE = new URL('probe.ts', import.meta.url).href
const PATIENCE_MS = 60_000
const STOP_MS = 15_000

/** The arguments of the two programs that are compared, after `node`. */
export const OUR_PROGRAM = ['src/cli.ts', 'start']
export const bareProgram = (...platforms: string[]) => ['bench/bare/app.ts', ...platforms]

/** Starts a program with only this environment and waits until it says that it is ready: both print nothing before. */
export async function startContender(args: string[], env: Record<string, string>): Promise<Contender> {
  // A folder of its own: a developer's .env holds the tokens of real workspaces.
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-bench-'))
  const [script = '', ...more] = args
  const from = performance.now()
  const child = spawn(
    process.execPath,
    [...profileFlags(args), '--import', PROBE, join(ROOT, script), ...more],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, CONTENT_DIR: join(ROOT, 'content'), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  child.once('close', () => void rm(folder, { recursive: true, force: true }))
  let complaint = ''
  child.stderr?.on('data', data => {
    complaint = `${complaint}${data}`.slice(-2_000)
  })
  const firstOutput = await firstWords(child).catch(cause => {
    child.kill('SIGKILL')
    throw new Error(`bench: ${args.join(' ')}: ${cause.message}\n${complaint}`)
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
        // One that somebody ended meanwhile says no second time that it closed.
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
        child.once('close', () => {
          clearTimeout(impatience)
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}

// BENCH_PROFILE=<folder> leaves a CPU profile of each contender there.
const profileFlags = (args: string[]) =>
  process.env.BENCH_PROFILE
    ? [
        '--cpu-prof',
        `--cpu-prof-dir=${process.env.BENCH_PROFILE}`,
        `--cpu-prof-name=${args.join('-').replace(/\W/g, '_')}-${Date.now()}.cpuprofile`,
      ]
    : []

function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it never got ready')), PATIENCE_MS)
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

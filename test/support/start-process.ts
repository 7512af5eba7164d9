import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEachTest } from './after-each.ts'

const root = new URL('../..', import.meta.url).pathname

/** A nutgraf process: what it wrote so far, and how it ended. */
type StartedProcess = {
  child: ChildProcess
  out(): string
  err(): string
  /** Resolves once the text stands on standard output or standard error. */
  waitForOutput(text: string | RegExp): Promise<string>
  /** Resolves with the exit code, or with the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  /** Whether any process of its group is left. */
  isRunning(): boolean
}

const running = new Set<StartedProcess>()
const folders: string[] = []

/** Content that one process has checked need not be checked by the next: it counts only for the same content and program. */
const CHECKED_CACHE_FILE = join(root, 'node_modules/.cache/content.kept')
const data = new Set<string>()

/** A data folder with what an earlier process kept of the bundled content, where there was one. */
function dataFolder(): string {
  const folder = temporaryFolder()
  data.add(folder)
  copyIfThere(CHECKED_CACHE_FILE, join(folder, 'content.kept'))
  return folder
}

function copyIfThere(from: string, to: string) {
  try {
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, `${to}.${process.pid}`)
    renameSync(`${to}.${process.pid}`, to)
  } catch {
    // Then the next one checks it anew.
  }
}

afterEachTest(() => {
  for (const one of running) if (one.isRunning()) process.kill(-one.child.pid!, 'SIGKILL')
  running.clear()
  for (const folder of data) copyIfThere(join(folder, 'content.kept'), CHECKED_CACHE_FILE)
  data.clear()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone after the test; with a name of ours, a copy of that folder. */
export function temporaryFolder(copyOf?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-'))
  folders.push(folder)
  if (copyOf !== undefined) cpSync(join(root, copyOf), folder, { recursive: true })
  return folder
}

/** Starts a command in a process group of its own, with nothing in its environment but a path and what is given. */
export function startProcess(command: string[], env: Record<string, string> = {}): StartedProcess {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: env.CONTENT_DIR === undefined ? dataFolder() : temporaryFolder(),
      PORT: '0',
      ...env,
    },
  })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  const heard = () => {
    for (const look of waiting) look()
  }
  child.stdout.setEncoding('utf8').on('data', piece => {
    out += piece
    heard()
  })
  child.stderr.setEncoding('utf8').on('data', piece => {
    err += piece
    heard()
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 0)
      heard()
    })
  })
  const one: StartedProcess = {
    child,
    out: () => out,
    err: () => err,
    ended,
    waitForOutput: text =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = [out, err].find(part =>
            typeof text === 'string' ? part.includes(text) : text.test(part),
          )
          if (found === undefined && child.exitCode === null && child.signalCode === null) return
          waiting.delete(look)
          if (found !== undefined) resolve(found)
          else
            reject(
              new Error(`it ended (${child.exitCode ?? child.signalCode}) without ${text}:\n${out}${err}`),
            )
        }
        waiting.add(look)
        look()
      }),
    isRunning: () => {
      try {
        process.kill(-child.pid!, 0)
        return true
      } catch {
        return false
      }
    },
  }
  running.add(one)
  return one
}

/** Starts the bot as `npm start` does, without npm. */
export const startBot = (env: Record<string, string> = {}) =>
  startProcess(['node', 'src/cli.ts', 'start'], env)

/** The address that the first screen names. */
export async function addressOf(one: StartedProcess): Promise<string> {
  const screen = await one.waitForOutput(/ Health +(\S+)\/health/)
  return / Health +(\S+)\/health/.exec(screen)![1]!
}

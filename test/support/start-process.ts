import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEachTest } from './after-each.ts'
import { COMPILE_CACHE } from './compile-cache.ts'

const root = new URL('../..', import.meta.url).pathname

/** A started process: what it has written so far, and how it ended. */
type StartedProcess = {
  child: ChildProcess
  out(): string
  err(): string
  /** Resolves with the whole output once the text is on standard output or standard error. */
  waitForOutput(text: string | RegExp): Promise<string>
  /** Resolves with the exit code, or with the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  /** Whether any process of its group is still running. */
  isRunning(): boolean
}

const running = new Set<StartedProcess>()
const folders: string[] = []

/**
 * The result of checking the bundled content, kept between runs: a process that finds it starts faster. It counts only
 * for the same content and the same program.
 */
const CHECKED_CACHE_FILE = join(root, 'node_modules/.cache/content.sqlite')
const dataFolders = new Set<string>()

/** Creates a data folder with the kept result of checking the bundled content, if there is one. */
function dataFolder(): string {
  const folder = temporaryFolder()
  dataFolders.add(folder)
  copyIfThere(CHECKED_CACHE_FILE, join(folder, 'content.sqlite'))
  return folder
}

/** Copies a database as it is, with what a killed process left beside it, if it keeps anything. */
function copyIfThere(from: string, to: string) {
  const temporary = `${to}.${process.pid}`
  try {
    mkdirSync(dirname(to), { recursive: true })
    const database = new DatabaseSync(from, { timeout: 1_000 })
    try {
      const kept = database.prepare('select count(*) as count from stories').get()
      if (Number(kept?.count) > 0) database.prepare('vacuum into ?').run(temporary)
    } finally {
      database.close()
    }
    renameSync(temporary, to)
  } catch {
    // Without the copy, the next process checks the content again.
  }
}

afterEachTest(() => {
  for (const started of running) if (started.isRunning()) process.kill(-started.child.pid!, 'SIGKILL')
  running.clear()
  for (const folder of dataFolders) copyIfThere(join(folder, 'content.sqlite'), CHECKED_CACHE_FILE)
  dataFolders.clear()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Creates a folder that is removed after the test; `copyOf` names a folder of the repository to copy into it. */
export function temporaryFolder(copyOf?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-'))
  folders.push(folder)
  if (copyOf !== undefined) cpSync(join(root, copyOf), folder, { recursive: true })
  return folder
}

/** Starts a command in its own process group; its environment is `env`, plus a path, a data folder and any free port. */
export function startProcess(command: string[], env: Record<string, string> = {}): StartedProcess {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      DATA_DIR: env.CONTENT_DIR === undefined ? dataFolder() : temporaryFolder(),
      PORT: '0',
      ...env,
    },
  })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  const notify = () => {
    for (const look of waiting) look()
  }
  child.stdout.setEncoding('utf8').on('data', piece => {
    out += piece
    notify()
  })
  child.stderr.setEncoding('utf8').on('data', piece => {
    err += piece
    notify()
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 0)
      notify()
    })
  })
  const started: StartedProcess = {
    child,
    out: () => out,
    err: () => err,
    ended,
    waitForOutput: text =>
      new Promise((resolve, reject) => {
        const look = () => {
          const output = [out, err].find(stream =>
            typeof text === 'string' ? stream.includes(text) : text.test(stream),
          )
          const exit = child.exitCode ?? child.signalCode
          if (output === undefined && exit === null) return
          waiting.delete(look)
          if (output !== undefined) resolve(output)
          else reject(new Error(`it ended (${exit}) without ${text}:\n${out}${err}`))
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
  running.add(started)
  return started
}

/** Starts the bot as `npm start` does, without npm. */
export const startBot = (env: Record<string, string> = {}) =>
  startProcess(['node', 'src/nutgraf.js', 'start'], env)

/** Waits for the startup screen and reads the address of the bot from it. */
export async function addressOf(bot: StartedProcess): Promise<string> {
  const screen = await bot.waitForOutput(/ Health +(\S+)\/health/)
  return / Health +(\S+)\/health/.exec(screen)![1]!
}

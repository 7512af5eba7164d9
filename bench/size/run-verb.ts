import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** What a run took: wall time and CPU time in milliseconds, the most memory in bytes. */
type Run = { wall: number; cpu: number; most: number }

const PROGRAM = fileURLToPath(new URL('../../src/nutgraf.js', import.meta.url))
const EXIT_USAGE = new URL('exit-usage.ts', import.meta.url).href

/** Runs a verb of the command line in a process of its own, and throws with its output if it fails. */
export async function runVerb(args: string[], env: Record<string, string>): Promise<Run> {
  const from = performance.now()
  const child = spawn(process.execPath, ['--import', EXIT_USAGE, PROGRAM, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const [output, errors, usage] = await Promise.all(
    [child.stdout, child.stderr, child.stdio[3]].map(stream => text(stream as NodeJS.ReadableStream)),
  )
  const code = await ended
  if (code !== 0)
    throw new Error(`bench: ${args.join(' ')}: code ${code}\n${output}${errors}`.slice(0, 2_000))
  return { wall: performance.now() - from, ...JSON.parse(usage!) }
}

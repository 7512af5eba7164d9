// The entry of every verb. In plain JavaScript, so that the compiled code of an earlier start is in use before the first
// module of TypeScript is read: then Node does not load its reader of types, which takes 20 MB and a tenth of a start.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

const verb = process.argv[2]

// The doctor changes nothing, and what somebody names in the environment is in use already.
if (verb !== 'doctor' && process.env.NODE_COMPILE_CACHE === undefined) {
  const dataDir = (process.env.DATA_DIR ?? inEnvFile('DATA_DIR') ?? '').trim() || 'data'
  const home = dataDir.replace(/^~(?=[/\\]|$)/, () => homedir())
  const folder = join(home, 'compile-cache')
  // Other verbs may have nothing to do there. What goes wrong here is told by the verb, which makes the folder too.
  if (verb === 'start') for (const path of [home, folder]) make(path)
  // Threads find it in the environment.
  if (existsSync(folder) && enableCompileCache(folder).directory) process.env.NODE_COMPILE_CACHE = folder
}
await import('./cli.ts')

function inEnvFile(name) {
  try {
    return parseEnv(readFileSync('.env', 'utf8'))[name]
  } catch {
    return undefined
  }
}

function make(path) {
  try {
    mkdirSync(path)
  } catch {
    // It is there already, or cannot be made.
  }
}

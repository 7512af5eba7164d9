import { constants, enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { dataFolder, makeFolder } from '../store/data-folder.ts'

/**
 * Keeps compiled code in the data folder, so that the next start is faster. Node’s own place for it is a folder in /tmp
 * that anybody on the machine may make first, and what lies there would be run. Threads ask for the cache by themselves:
 * they read it in the environment, which is set here.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  const folder = join(dataFolder(env.DATA_DIR), 'compile-cache')
  const status = canMake(folder) ? enableCompileCache(folder).status : constants.compileCacheStatus.FAILED
  // A folder that the environment names is in use already, and stays.
  if (status === constants.compileCacheStatus.ENABLED) env.NODE_COMPILE_CACHE = folder
  if (status === constants.compileCacheStatus.FAILED) keepNoCompiledCode(env)
}

/** Keeps no compiled code: for a verb that writes nothing. */
export function keepNoCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env.NODE_COMPILE_CACHE === undefined) env.NODE_DISABLE_COMPILE_CACHE = '1'
}

/** Makes a folder ourselves: where nobody can, Node would try for ever. */
function canMake(folder: string): boolean {
  try {
    makeFolder(folder)
    return true
  } catch {
    return false
  }
}

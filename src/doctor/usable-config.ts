import { type Config, readConfig, VARIABLES } from '../config.ts'
import { pastedToken } from './pasted-token.ts'

/**
 * The configuration without those settings that are wrong, so that all others can be looked at as well. A token that
 * belongs somewhere else is sent nowhere.
 */
export function usableConfig(env: NodeJS.ProcessEnv): Config {
  const names = Object.keys(VARIABLES)
  const left: NodeJS.ProcessEnv = { ...env }
  for (const name of names) if (pastedToken(name, left[name]?.trim() ?? '')) delete left[name]
  for (;;) {
    const read = readConfig(left)
    if ('config' in read) return read.config
    const wrong = names.filter(name => read.problems.some(one => new RegExp(`\\b${name}\\b`).test(one)))
    const some = wrong.filter(name => left[name] !== undefined)
    if (some.length === 0) throw new Error(read.problems.join('\n'))
    for (const name of some) delete left[name]
  }
}

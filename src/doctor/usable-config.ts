import { type Config, isSetting, readConfig, VARIABLES } from '../config.ts'
import { pastedToken } from './pasted-token.ts'

/**
 * Reads the configuration without the settings that are wrong, so that all others can still be checked. A token that
 * belongs somewhere else is not sent anywhere.
 */
export function usableConfig(env: NodeJS.ProcessEnv): Config {
  const names = [...new Set([...Object.keys(VARIABLES), ...Object.keys(env).filter(isSetting)])]
  const usable: NodeJS.ProcessEnv = { ...env }
  for (const name of names) if (pastedToken(name, usable[name]?.trim() ?? '')) delete usable[name]
  for (;;) {
    const read = readConfig(usable)
    if ('config' in read) return read.config
    const wrong = names.filter(
      name =>
        usable[name] !== undefined &&
        read.problems.some(problem => new RegExp(`\\b${name}\\b`).test(problem)),
    )
    if (wrong.length === 0) throw new Error(read.problems.join('\n'))
    for (const name of wrong) delete usable[name]
  }
}

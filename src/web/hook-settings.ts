/** A system that may call us, as the settings name it: its name in the address, its secrets, and whose words it brings. */
export type HookSetting = {
  name: string
  /** The newest first; more than one while a secret is changed. */
  secrets: string[]
  outlet?: string
}

const SECRET = 'HOOK_SECRET_'
const OUTLET = 'HOOK_OUTLET_'
/** Shorter secrets can be found by trying. */
const MIN_SECRET = 16
const MAX_OUTLET = 60

/** Reads all `HOOK_SECRET_<NAME>` and `HOOK_OUTLET_<NAME>`, or says what is wrong with them. Never shows a secret. */
export function readHookSettings(env: NodeJS.ProcessEnv): { hooks: HookSetting[]; problems: string[] } {
  const problems: string[] = []
  const set = Object.keys(env)
    .filter(
      variable => isHookVariable(variable) && !/^HOOK_[A-Z]+_NAME$/.test(variable) && env[variable]?.trim(),
    )
    .sort()
  const hooks = set
    .filter(variable => variable.startsWith(SECRET))
    .map(variable => {
      const secrets = env[variable]!.trim().split(/\s+/)
      const outlet = env[`${OUTLET}${variable.slice(SECRET.length)}`]?.trim() || undefined
      problems.push(...secretProblems(variable, secrets))
      return { name: nameOf(variable, SECRET), secrets, ...(outlet !== undefined && { outlet }) }
    })
  for (const variable of set.filter(name => name.startsWith(OUTLET))) {
    if (!hooks.some(({ name }) => name === nameOf(variable, OUTLET)))
      problems.push(`${variable} needs ${SECRET}${variable.slice(OUTLET.length)} as well`)
    const outlet = env[variable]!.trim()
    if (outlet.length > MAX_OUTLET || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(outlet))
      problems.push(`${variable} must be the name of an outlet, at most ${MAX_OUTLET} characters`)
  }
  return { hooks, problems }
}

/** Whether a variable belongs to a sender. */
export const isHookVariable = (variable: string): boolean => /^HOOK_(?:SECRET|OUTLET)_/.test(variable)

const nameOf = (variable: string, prefix: string) =>
  variable.slice(prefix.length).toLowerCase().replaceAll('_', '-')

function secretProblems(variable: string, secrets: string[]): string[] {
  if (!/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(variable.slice(SECRET.length)))
    return [
      `${variable} must end with a name of capital letters, digits and single _, such as HOOK_SECRET_GHOST`,
    ]
  if (secrets.length > 2)
    return [`${variable} may hold two secrets, the new one and the old one, with a space between`]
  if (secrets.some(secret => !/^[\x21-\x7e]+$/.test(secret)))
    return [`${variable} has a sign in it that no secret has. Copy it again`]
  if (secrets.some(secret => secret.length < MIN_SECRET))
    return [`${variable} must have at least ${MIN_SECRET} characters. Make one with: openssl rand -hex 32`]
  return []
}

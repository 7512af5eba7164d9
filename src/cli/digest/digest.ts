import type { Config } from '../../config.ts'

const USAGE = `nutgraf digest <what>
  list [--csv]                   which places receive which digest, and when next
  import <file.csv>              subscribe many places: place,digest,time,zone,days,stories,words,quiet
  send <name> [--place <place>]  make the digest due now, in all its places or one
  due [--at <moment>]            what would be due at a moment (2026-11-30T08:00Z); changes nothing`

/** The verb `digest`: works on the store beside a running bot, which sends what has become due. */
export async function digest(config: Config, [what = 'help', ...args]: string[]): Promise<number> {
  const verbs: Record<string, () => Promise<number>> = {
    list: async () => (await import('./list.ts')).digestList(config, args),
    import: async () => (await import('./import.ts')).digestImport(config, args),
    send: async () => (await import('./send.ts')).digestSend(config, args),
    due: async () => (await import('./due.ts')).digestDue(config, args),
  }
  const run = Object.hasOwn(verbs, what) ? verbs[what] : undefined
  if (run) return run()
  process.stderr.write(`${USAGE}\n`)
  return what === 'help' ? 0 : 2
}

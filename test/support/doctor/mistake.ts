import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Looking } from '../../../src/doctor/doctor.ts'
import { CHANNEL } from '../discord/payloads.ts'
import { scratch } from '../start-process.ts'
import type { Healthy } from './healthy-setup.ts'

/**
 * One mistake, and what is said of it. `after` are the findings that come along, since one mistake causes another.
 */
export type Seed = {
  mistake: string
  seed?: (stage: Stage) => unknown
  look?: Partial<Looking> | ((stage: Stage) => Partial<Looking>)
  id: string
  severity?: 'warning'
  after?: string[]
  says: RegExp
  cure: RegExp
}

/** Makes single things wrong in a healthy set-up; `undo` mends them. */
export function stage({ slack, discord }: Healthy) {
  const undoing: (() => void)[] = []
  const held = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value) => {
    const old = map.get(key)
    map.set(key, value)
    undoing.push(() => (old === undefined ? map.delete(key) : map.set(key, old)))
  }
  return {
    slack,
    discord,
    without(scope: string) {
      slack.scopes.delete(scope)
      undoing.push(() => slack.scopes.add(scope))
    },
    also(scope: string) {
      slack.scopes.add(scope)
      undoing.push(() => slack.scopes.delete(scope))
    },
    refusing: (channel: string, error: string) => held(slack.refusing, channel, error),
    portal(field: string, value: unknown) {
      const old = discord.application[field]
      discord.application[field] = value
      undoing.push(() => {
        discord.application[field] = old
      })
    },
    onNoServer() {
      const all = discord.joined.splice(0)
      undoing.push(() => discord.joined.push(...all))
    },
    registered: (scope: string, name: string) =>
      held(discord.commands, scope, [{ type: 1, name, description: 'x' }]),
    allow: (bits: bigint) => held(discord.allowed, CHANNEL, bits),
    /** A copy of the content with one text in a file changed. */
    changed(path: string, from: string | RegExp, to: string) {
      const CONTENT_DIR = scratch('content')
      const file = join(CONTENT_DIR, path)
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
      return { CONTENT_DIR }
    },
    undo() {
      for (const one of undoing.splice(0)) one()
    },
  }
}

/** What makes things wrong. */
export type Stage = ReturnType<typeof stage>

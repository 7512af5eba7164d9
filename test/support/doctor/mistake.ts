import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorOptions } from '../../../src/doctor/doctor.ts'
import { CHANNEL } from '../discord/payloads.ts'
import { temporaryFolder } from '../start-process.ts'
import type { HealthySetup } from './healthy-setup.ts'

/**
 * One mistake, and what is said of it. `after` are the findings that come along, since one mistake causes another.
 */
export type Mistake = {
  title: string
  make?: (stage: SetupBreaker) => unknown
  doctorOptions?: Partial<DoctorOptions> | ((stage: SetupBreaker) => Partial<DoctorOptions>)
  id: string
  severity?: 'warning'
  after?: string[]
  says: RegExp
  cure: RegExp
}

/** Makes single things wrong in a healthy set-up; `undo` mends them. */
export function createSetupBreaker({ slack, discord }: HealthySetup) {
  const undoing: (() => void)[] = []
  const held = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value) => {
    const old = map.get(key)
    map.set(key, value)
    undoing.push(() => (old === undefined ? map.delete(key) : map.set(key, old)))
  }
  return {
    slack,
    discord,
    removeScope(scope: string) {
      slack.scopes.delete(scope)
      undoing.push(() => slack.scopes.add(scope))
    },
    addScope(scope: string) {
      slack.scopes.add(scope)
      undoing.push(() => slack.scopes.delete(scope))
    },
    refuseChannel: (channel: string, error: string) => held(slack.refusing, channel, error),
    setApplicationField(field: string, value: unknown) {
      const old = discord.application[field]
      discord.application[field] = value
      undoing.push(() => {
        discord.application[field] = old
      })
    },
    leaveAllServers() {
      const all = discord.joinedGuilds.splice(0)
      undoing.push(() => discord.joinedGuilds.push(...all))
    },
    registerCommand: (scope: string, name: string) =>
      held(discord.commands, scope, [{ type: 1, name, description: 'x' }]),
    setPermissions: (bits: bigint) => held(discord.channelPermissions, CHANNEL, bits),
    /** A copy of the content with one text in a file changed. */
    changeContent(path: string, from: string | RegExp, to: string) {
      const CONTENT_DIR = temporaryFolder('content')
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
export type SetupBreaker = ReturnType<typeof createSetupBreaker>

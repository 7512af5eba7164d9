import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorOptions } from '../../../src/doctor/doctor.ts'
import type { FindingCode } from '../../../src/doctor/finding.ts'
import { CHANNEL } from '../discord/payloads.ts'
import { temporaryFolder } from '../start-process.ts'
import type { HealthySetup } from './healthy-setup.ts'

/**
 * A mistake in the set-up, and what the doctor must find: `id`, with a sentence that matches `says` and a cure that matches
 * `cure`. `after` are the ids of further findings, where one mistake causes another.
 */
export type Mistake = {
  title: string
  make?: (stage: SetupBreaker) => unknown
  doctorOptions?: Partial<DoctorOptions> | ((stage: SetupBreaker) => Partial<DoctorOptions>)
  id: FindingCode
  severity?: 'warning'
  after?: FindingCode[]
  says: RegExp
  cure: RegExp
}

/** Breaks single things in a healthy set-up; `undo` repairs all of them. */
export function createSetupBreaker({ slack, discord }: HealthySetup) {
  const undoSteps: (() => void)[] = []
  const setUntilUndo = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value) => {
    const old = map.get(key)
    map.set(key, value)
    undoSteps.push(() => (old === undefined ? map.delete(key) : map.set(key, old)))
  }
  return {
    slack,
    discord,
    removeScope(scope: string) {
      slack.scopes.delete(scope)
      undoSteps.push(() => slack.scopes.add(scope))
    },
    addScope(scope: string) {
      slack.scopes.add(scope)
      undoSteps.push(() => slack.scopes.delete(scope))
    },
    refuseChannel: (channel: string, error: string) => setUntilUndo(slack.channelErrors, channel, error),
    setApplicationField(field: string, value: unknown) {
      const old = discord.application[field]
      discord.application[field] = value
      undoSteps.push(() => {
        discord.application[field] = old
      })
    },
    leaveAllServers() {
      const guilds = discord.joinedGuilds.splice(0)
      undoSteps.push(() => discord.joinedGuilds.push(...guilds))
    },
    registerCommand: (scope: string, name: string) =>
      setUntilUndo(discord.commands, scope, [{ type: 1, name, description: 'x' }]),
    setPermissions: (bits: bigint) => setUntilUndo(discord.channelPermissions, CHANNEL, bits),
    /** Copies the content with one change in a file; returns the setting for the copy. */
    changeContent(path: string, from: string | RegExp, to: string) {
      const CONTENT_DIR = temporaryFolder('content')
      const file = join(CONTENT_DIR, path)
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
      return { CONTENT_DIR }
    },
    undo() {
      for (const undo of undoSteps.splice(0)) undo()
    },
  }
}

/** What a mistake is made with. */
export type SetupBreaker = ReturnType<typeof createSetupBreaker>

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkedCache } from '../../../src/check/checked-cache.ts'
import { openLiveContent } from '../../../src/check/live-content.ts'
import { type DoctorOptions, runDoctor } from '../../../src/doctor/doctor.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { connect } from '../../../src/store/connect.ts'
import type { Subscription } from '../../../src/store/subscriptions.ts'
import { CHANNEL, GUILD } from '../discord/payloads.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'

const ROLE = '600000000000000001'
const SLACK_PLACE = 'slack:T1/C1'
const DISCORD_PLACE = `discord:${GUILD}/${CHANNEL}` as const

const subscription = (place: Subscription['place']): Subscription => ({
  ...{ place, digest: 'morning', time: '08:00', zone: 'UTC', days: 'mon', stories: '', quiet: 'skip' },
  ...{ state: 'on', setBy: 'test', setAt: 0, nextSlot: 4_000_000_000_000, nextDate: '2096-10-02' },
})

/** A set-up on loopback platforms in which nothing is wrong, to be broken in one point at a time. */
export async function createHealthySetup(dataDir: string) {
  const slack = await startSlack({ appToken: 'xapp-1-A1-1234-loopback' })
  const discord = await startDiscord()
  const { bot, bot_optional } = slackManifest([], { mode: 'socket' }).oauth_config.scopes
  for (const scope of [...bot, ...bot_optional]) slack.scopes.add(scope)
  const store = await connect({ dataDir }, () => {})
  await store.subscriptions.save([subscription(SLACK_PLACE), subscription(DISCORD_PLACE)])
  await store.close()
  // Checked once, as after the first start: most mistakes are not in the content.
  await openLiveContent('content', { cache: checkedCache(join(dataDir, 'content.kept')) })

  const env: NodeJS.ProcessEnv = {
    DATA_DIR: dataDir,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DESK_CHANNEL: SLACK_PLACE,
    DESK_USERS: `slack:T1/U1,discord:${GUILD}/${ROLE}`,
  }
  /** Looks at it, with other settings or another machine. */
  const lookAgain = ({ env: others = {}, ...more }: Partial<DoctorOptions> = {}) =>
    runDoctor({
      ...{ env: { ...env, ...others }, file: {}, nodeVersion: process.version },
      probeDisk: () => ({ type: 0xef53, free: 1e12 }),
      ...more,
    })
  return {
    slack,
    discord,
    env,
    runDoctor: lookAgain,
    async stop() {
      await Promise.all([slack.close(), discord.close()])
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A set-up in which nothing is wrong. */
export type HealthySetup = Awaited<ReturnType<typeof createHealthySetup>>

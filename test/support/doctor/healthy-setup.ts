import { rmSync } from 'node:fs'
import { keepIn } from '../../../src/check/kept-here.ts'
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
  place,
  digest: 'morning',
  time: '08:00',
  zone: 'UTC',
  days: 'mon',
  stories: '',
  quiet: 'skip',
  state: 'on',
  setBy: 'test',
  setAt: 0,
  nextSlot: 4_000_000_000_000,
  nextDate: '2096-10-02',
})

/** Creates a set-up on loopback platforms in which nothing is wrong; each test breaks it in one point. */
export async function createHealthySetup(dataDir: string) {
  const slack = await startSlack({ appToken: 'xapp-1-A1-1234-loopback' })
  const discord = await startDiscord()
  const { bot, bot_optional } = slackManifest([], { mode: 'socket' }).oauth_config.scopes
  for (const scope of [...bot, ...bot_optional]) slack.scopes.add(scope)
  const store = await connect({ dataDir }, () => {})
  await store.subscriptions.save([subscription(SLACK_PLACE), subscription(DISCORD_PLACE)])
  await store.close()
  // The content is checked here once, as after the first start: most mistakes are not in it.
  await (await openLiveContent('content', { keep: keepIn(dataDir) })).close()

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
  /** Runs the doctor, with other settings or on another machine. */
  const runOnSetup = ({ env: settings = {}, ...options }: Partial<DoctorOptions> = {}) =>
    runDoctor({
      env: { ...env, ...settings },
      file: {},
      nodeVersion: process.version,
      // An ext4 file system with room.
      probeDisk: () => ({ type: 0xef53, free: 1e12 }),
      ...options,
    })
  return {
    slack,
    discord,
    env,
    runDoctor: runOnSetup,
    async stop() {
      await Promise.all([slack.close(), discord.close()])
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A set-up in which nothing is wrong. */
export type HealthySetup = Awaited<ReturnType<typeof createHealthySetup>>

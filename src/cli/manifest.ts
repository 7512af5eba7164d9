import { parseArgs } from 'node:util'
import { createLog } from '../bot/log.ts'
import { isSlackGroup } from '../commands/desk/permission.ts'
import { createHandler } from '../commands/handler.ts'
import { COMMAND_PREFIX_PATTERN, type Config } from '../config.ts'
import { discordRegistry } from '../platforms/discord/manifest.ts'
import { slackManifest } from '../platforms/slack/manifest.ts'
import { openStoriesOnly } from './open.ts'

/** The verb `manifest`: prints the Slack app manifest to paste, or the commands that are registered on Discord. */
export async function manifest(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      http: { type: 'string' },
      prefix: { type: 'string' },
    },
  })
  const platform = positionals[0] ?? 'slack'
  if (platform !== 'slack' && platform !== 'discord') throw new Error('manifest: name slack or discord')
  const stories = await openStoriesOnly(config)
  const { commands } = createHandler(
    { library: stories.library, version: '', zone: config.zone, deskUsers: config.deskUsers },
    createLog('error'),
  )
  const url = values.http ?? config.publicUrl
  const mode = values.http !== undefined || (config.slack && !config.slack.appToken) ? 'http' : 'socket'
  if (mode === 'http' && !url)
    throw new Error('manifest: for HTTP, add the public address of the bot: --http https://bot.example.org')
  const prefix = values.prefix ?? config.slack?.commandPrefix
  if (prefix !== undefined && prefix !== '' && !COMMAND_PREFIX_PATTERN.test(prefix))
    throw new Error('manifest: --prefix takes 1 to 10 small letters, digits, - or _, such as --prefix=ng-')
  const groups = config.deskUsers.some(isSlackGroup)
  const manifest =
    platform === 'slack'
      ? slackManifest(commands(), {
          mode,
          all: values.all,
          groups,
          prefix,
          url: mode === 'http' ? url : undefined,
        })
      : discordRegistry(commands())
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`)
  if (groups && platform === 'slack')
    process.stderr.write(
      'DESK_USERS names a Slack user group, so this manifest asks for usergroups:read: install the app again after pasting it.\n',
    )
  if (prefix && prefix !== config.slack?.commandPrefix && platform === 'slack')
    process.stderr.write(
      `Set SLACK_COMMAND_PREFIX=${prefix} in .env as well: then nutgraf understands these names, and prints them in its answers.\n`,
    )
  return 0
}

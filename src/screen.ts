import type { Config } from './config.ts'
import type { Library } from './content/library.ts'
import type { Platform } from './platform.ts'

/** The one screen that `start` prints: what is on and as whom, which stories, what is wrong, what to do next. */
export function screen(facts: {
  version: string
  config: Config
  platforms: Platform[]
  library: Library
  address: string
  warnings: string[]
}): string {
  const { version, config, platforms, library, address, warnings } = facts
  const rows: [string, string][] = [
    ['Slack', config.slack ? stateOf(platforms, 'slack') : 'off (set SLACK_BOT_TOKEN and SLACK_APP_TOKEN)'],
    ['Discord', config.discord ? stateOf(platforms, 'discord') : 'off (set DISCORD_TOKEN)'],
    ['Preview', config.preview ? address : 'off (PREVIEW=1 turns it on)'],
    ['Stories', `${library.stories.length}: ${names(library)}`],
    ['Health', `${address}/health · ${address}/ready`],
  ]
  const head = library.stories.find(story => story.command)
  const first = head ? `/${head.command} summary` : '/nutgraf story list'
  const next = config.preview
    ? `type ${first} or /quote sessions here, or open ${address}`
    : `type ${first} in a channel, or @nutgraf help in a thread`
  return [
    `nutgraf ${version}`,
    ...[
      ...rows,
      ...warnings.map((warning): [string, string] => ['Warning', warning]),
      ['Next', next] as [string, string],
    ].map(([name, value]) => `  ${name.padEnd(9)}${value}`),
    '',
  ].join('\n')
}

function stateOf(platforms: Platform[], name: string): string {
  const state = platforms.find(platform => platform.name === name)?.state()
  return state
    ? [state.state, state.account && `as ${state.account}`, state.detail].filter(Boolean).join(' · ')
    : 'off'
}

function names(library: Library): string {
  const slugs = library.stories.map(story => story.slug)
  return slugs.length > 8 ? `${slugs.slice(0, 8).join(', ')} and ${slugs.length - 8} more` : slugs.join(', ')
}

import type { Publish } from '../../../src/chat/platform.ts'
import type { Handler } from '../../../src/commands/handler.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import {
  type CommandOption,
  discordCommands,
  discordRegistry,
} from '../../../src/platforms/discord/manifest.ts'
import { BOT, CHANNEL, GUILD, messageBody } from '../discord/payloads.ts'
import { sentenceReply } from '../echo-answer.ts'
import type { Loopback } from '../loopback/discord.ts'
import { waitUntil } from '../wait-until.ts'

/** Error codes of Discord, each with a sentence of its own. */
const REFUSALS = [
  10003, 10004, 10008, 50001, 50005, 50006, 50007, 50008, 50083, 160005, 30003, 200000, 40001, 20016, 1,
]
const MANAGE = { permissions: String(1n << 4n) }

/** Collects what people read on Discord besides answers: commands, forms, suggestions, and sentences about refusals. */
export async function collectDiscordTexts(
  { loopback, platform, handle, publish }: RunningDiscord,
  hear: (what: string, content: object) => void,
): Promise<void> {
  await platform.start({ ...handle, publish })
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
  const registry = discordRegistry(handle.commands())
  const [check = '', report = ''] = registry.filter(({ type }) => type !== 1).map(({ name }) => name)
  hear('commands on Discord', [check, report, ...descriptionsOf(discordCommands(handle.commands()))])

  const { data: form } = await loopback.command('/digest settings', {}, MANAGE)
  hear('a form', form)
  hear(
    'a form with errors',
    await loopback.submit(form, { time: 'Ձձձ', zone: 'Ձձձ', stories: 'Ձձձ' }, MANAGE),
  )
  hear('a form that is filled in', await loopback.submit(form, { time: '06:15' }, MANAGE))
  hear('an empty form', await loopback.submit(form, { days: [], stories: 'all, lawsuit' }, MANAGE))
  hear('a form of a stranger', await loopback.submit(form, { time: '06:15' }))
  hear('settings for a stranger', await loopback.command('/digest settings'))
  hear('settings of nothing', await loopback.command('/digest settings', { name: 'Ձձձ' }, MANAGE))

  const ownMessage = messageBody('Ա', { author: BOT })
  hear('a report', await loopback.pick(report, messageBody('Ա')))
  const { data: reportForm } = await loopback.pick(report, ownMessage)
  hear('a report form', reportForm)
  hear('a report', await loopback.submit(reportForm, { sentence: 'Ա' }))
  for (const text of ['“Ձձձ Ձձձ Ձձձ”', '', 'Ձ '.repeat(600)])
    hear('a check', await loopback.pick(check, messageBody(text)))
  for (const option of ['zone', 'days', 'time', 'stories'])
    hear(option, await loopback.autocomplete('/digest on', { [option]: '' }, option))
  hear('an old button', await loopback.press('kept:Ձձձ'))
  hear('an old button', await loopback.press('run:/lawsuit quotes Ձձձ'))

  for (const code of REFUSALS) {
    loopback.failNext('POST /channels/:id/messages', { status: 403, code })
    const posted = platform.post(`discord:${GUILD}/${CHANNEL}`, sentenceReply('Ա'), { key: String(code) })
    await posted.catch(cause => hear(String(code), [cause.human ?? '']))
  }
  hear('access', await platform.checkAccess!(`discord:${GUILD}/${CHANNEL}`))
  for (const { route, body } of loopback.calls) if (!/commands$/.test(route)) hear(route, body)
  await platform.stop()
  await loopback.close()
}

/** The descriptions of commands and their options; names are left out, since people type them. */
const descriptionsOf = (commands: { description?: string; options?: CommandOption[] }[]): string[] =>
  commands.flatMap(({ description = '', options = [] }) => [description, ...descriptionsOf(options)])

type RunningDiscord = { loopback: Loopback; platform: DiscordPlatform; handle: Handler; publish: Publish }

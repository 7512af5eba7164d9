import type { Form } from '../../../src/chat/form.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { Library } from '../../../src/content/library.ts'
import { deskNoticeReply } from '../../../src/delivery/desk-notices.ts'
import { formModal } from '../../../src/platforms/discord/form-modal.ts'
import { discordRegistry } from '../../../src/platforms/discord/manifest.ts'
import { formView } from '../../../src/platforms/slack/form-view.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { plainText, renderBlock } from '../../../src/platforms/slack/render.ts'
import { answerView, homeTab } from '../../../src/platforms/slack/view.ts'
import { createViews } from '../slack/views.ts'
import { type createInMemoryBot, NOW, PLACES } from './in-memory-bot.ts'
import { replyFaults } from './reply-faults.ts'
import { type TypedInput, typedLineFor } from './typed-lines.ts'

type Bot = Awaited<ReturnType<typeof createInMemoryBot>>
type Json = Record<string, unknown>

const KEPT = { channel: 'C0123456789' }

/** What is wrong with all that is no message: modals, the Home tab, offers, registries; and with notices to the desk. */
export async function viewFaults(
  books: Library,
  bot: Bot,
  { typings, links }: { typings: TypedInput[]; links: Set<string> },
): Promise<string[]> {
  const faults: string[] = []
  const tell = (what: string) => (fault: string) => void faults.push(`${what}: ${fault}`)
  const calls = PLACES.map(place => callAt(place))

  for (const call of calls) {
    const form = await bot.settings.buildForm(call)
    if ('fields' in form) {
      refusedView(() => formView(form, KEPT)).forEach(tell('the form'))
      modalFaults(form).forEach(tell('the form'))
    }
    for (const typing of typings) {
      const typed = typedLineFor(typing, books).replace(/^\/\S+ ?(?:check |find )?/, '')
      const checked = await bot.checkMessage(call, typed)
      replyFaults(checked, links).forEach(tell(`a message checked: ${typed}`))
      refusedView(() => answerView('Check this quote', checked, KEPT)).forEach(
        tell(`a message checked: ${typed}`),
      )
      offerFaults(books, bot, typed).forEach(tell(`offers for ${typed}`))
      const notice = await reportNotice(bot, call, typed)
      if (notice) replyFaults(notice, links).forEach(tell(`a report: ${typed}`))
    }
  }

  const pages = await bot.overview({
    placePrefix: 'slack:T0123456789/',
    at: NOW,
    placeName: async () => '#city-desk',
  })
  const blocks = pages.flatMap(page => [
    { type: 'header', text: plainText(page.title) },
    ...page.blocks.flatMap(renderBlock),
  ])
  refusedView(() => homeTab(blocks)).forEach(tell('the Home tab'))
  registryFaults(bot).forEach(tell('the registry'))
  return faults
}

const callAt = (place: Call['place']): Call => ({
  ...{ command: 'digest', text: '', place, audience: 'caller', at: NOW },
  caller: { id: 'slack:T0123456789/U1', name: 'Dana', rights: ['manage', 'member'] },
})

/** What Slack says of a view that it does not take. */
function refusedView(draw: () => object): string[] {
  const { triggers, handleViewMethod: viewWork } = createViews()
  triggers.set('t', Date.now())
  try {
    const answer = viewWork('views.open', { trigger_id: 't', view: JSON.parse(JSON.stringify(draw())) })
    return (answer as { ok: boolean }).ok ? [] : [`slack: ${JSON.stringify(answer)}`]
  } catch (cause) {
    return [String(cause)]
  }
}

/** Discord's limits of modals, from docs.discord.com/developers/components/reference. */
function modalFaults(form: Form): string[] {
  const faults: string[] = []
  const within = (what: string, text: unknown, most: number, least = 1) => {
    if (typeof text !== 'string' || text.length < least || text.length > most)
      faults.push(`discord: ${what}: ${String(text).length} of ${least} to ${most}`)
  }
  let modal: ReturnType<typeof formModal>
  try {
    modal = formModal(form)
  } catch (cause) {
    return [String(cause)]
  }
  within('a custom_id', modal.custom_id, 100)
  within('a title', modal.title, 45)
  if (modal.components.length > 5) faults.push(`discord: ${modal.components.length} fields`)
  for (const { label, description, component } of modal.components as Json[]) {
    const { custom_id, options, value, placeholder } = component as Json
    within('a label', label, 45)
    if (description !== undefined) within('a description', description, 100)
    within('a custom_id', custom_id, 100)
    if (value !== undefined) within('a value', value, 4_000)
    if (placeholder !== undefined) within('a placeholder', placeholder, 100)
    if (!options) continue
    const all = options as Json[]
    if (all.length === 0 || all.length > 25) faults.push(`discord: ${all.length} options`)
    for (const one of all) {
      within('an option', one.label, 100)
      within('the value of an option', one.value, 100)
    }
  }
  return faults
}

/** Discord takes 25 choices, with names and values of 1 to 100 characters. */
function offerFaults(books: Library, bot: Bot, typed: string): string[] {
  const commands = bot
    .commands()
    .flatMap(({ name, argument, subcommands = [] }) => [
      ...(argument ? [{ command: name, argument: argument.name }] : []),
      ...subcommands.flatMap(one =>
        one.argument ? [{ command: name, subcommand: one.name, argument: one.argument.name }] : [],
      ),
      { command: name, argument: 'story' },
    ])
  const texts = ['', typed, typed.slice(0, 3), ...books.stories.map(({ slug }) => slug)]
  return commands.flatMap(query =>
    texts.flatMap(text => {
      const offers = bot.suggest({ ...query, typed: text, at: NOW })
      const wrong = offers.filter(({ name, value }) => !isShort(name) || !isShort(value))
      return [
        ...(offers.length > 25 ? [`${JSON.stringify(query)}: ${offers.length} offers`] : []),
        ...wrong.map(one => `${JSON.stringify(query)}: ${JSON.stringify(one)}`),
      ]
    }),
  )
}

const isShort = (text: string) => text.length >= 1 && text.length <= 100

/** The notice that a report becomes. */
async function reportNotice(bot: Bot, call: Call, typed: string): Promise<Reply | undefined> {
  const sentence = typed.slice(0, 300)
  const caller = { ...call.caller, id: `slack:T0123456789/U${reports++}` }
  await bot.ask(`/nutgraf report ${sentence}`, {
    ...call,
    command: 'nutgraf',
    text: `report ${sentence}`,
    caller,
  })
  const row = await bot.store.ledger.find(`notice report ${caller.id} ${call.at}`)
  return row && deskNoticeReply(row)
}
let reports = 0

/** What Slack's manifest and Discord's commands may hold, from their pages. */
function registryFaults(bot: Bot): string[] {
  const faults: string[] = []
  const within = (what: string, text: unknown, most: number) => {
    if (typeof text !== 'string' || text.length < 1 || text.length > most)
      faults.push(`${what}: ${JSON.stringify(text)} has not 1 to ${most}`)
  }
  const slack = slackManifest(bot.commands(), { mode: 'socket' }).features
  if (slack.slash_commands.length > 50) faults.push('slack: too many commands')
  for (const one of slack.slash_commands as Json[]) {
    within('slack: command', one.command, 32)
    within('slack: description', one.description, 2_000)
    if (one.usage_hint !== undefined) within('slack: usage_hint', one.usage_hint, 1_000)
  }
  const discord = discordRegistry(bot.commands()) as Json[]
  for (const command of discord.filter(({ type }) => type === 1)) {
    const all = withOptions(command)
    for (const { name, description, options = [] } of all) {
      within('discord: name', name, 32)
      within('discord: description', description, 100)
      if ((options as Json[]).length > 25) faults.push(`discord: ${name} has too many options`)
    }
    const letters = all.reduce((sum, one) => sum + `${one.name}${one.description}`.length, 0)
    if (letters > 8_000) faults.push(`discord: ${command.name} has ${letters} letters`)
  }
  return faults
}

const withOptions = (one: Json): Json[] => [one, ...((one.options ?? []) as Json[]).flatMap(withOptions)]

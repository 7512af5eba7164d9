import type { Form } from '../../../src/chat/form.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { Library } from '../../../src/content/library.ts'
import { deskNoticeReply } from '../../../src/delivery/desk-notices.ts'
import { formModal } from '../../../src/platforms/discord/forms/modal.ts'
import { discordRegistry } from '../../../src/platforms/discord/manifest.ts'
import { formView } from '../../../src/platforms/slack/form-view.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { plainText } from '../../../src/platforms/slack/mrkdwn.ts'
import { renderBlock } from '../../../src/platforms/slack/render.ts'
import { answerView, homeTab } from '../../../src/platforms/slack/view.ts'
import { NOON } from '../noon.ts'
import { createViews } from '../slack/views.ts'
import { type createInMemoryBot, PLACES } from './in-memory-bot.ts'
import { replyFaults } from './reply-faults.ts'
import { type TypedInput, typedLineFor } from './typed-lines.ts'

type Bot = Awaited<ReturnType<typeof createInMemoryBot>>
type Json = Record<string, unknown>

const METADATA = { channel: 'C0123456789' }

/** Finds what is wrong with modals, the Home tab, offers, the registered commands, and notices to the desk. */
export async function viewFaults(
  library: Library,
  bot: Bot,
  { typedInputs, links }: { typedInputs: TypedInput[]; links: Set<string> },
): Promise<string[]> {
  const faults: string[] = []
  const addFault = (what: string) => (fault: string) => void faults.push(`${what}: ${fault}`)

  for (const call of PLACES.map(callAt)) {
    const form = await bot.settings.buildForm(call)
    if ('fields' in form) {
      refusedView(() => formView(form, METADATA)).forEach(addFault('the form'))
      modalFaults(form).forEach(addFault('the form'))
    }
    for (const input of typedInputs) {
      const typed = typedLineFor(input, library).replace(/^\/\S+ ?(?:check |find )?/, '')
      const checked = await bot.checkMessage(call, typed)
      replyFaults(checked, links).forEach(addFault(`a message checked: ${typed}`))
      refusedView(() => answerView('Check this quote', checked, METADATA)).forEach(
        addFault(`a message checked: ${typed}`),
      )
      offerFaults(library, bot, typed).forEach(addFault(`offers for ${typed}`))
      const notice = await reportNotice(bot, call, typed)
      if (notice) replyFaults(notice, links).forEach(addFault(`a report: ${typed}`))
    }
  }

  const pages = await bot.overview({
    placePrefix: 'slack:T0123456789/',
    at: NOON,
    placeName: async () => '#city-desk',
  })
  const blocks = pages.flatMap(page => [
    { type: 'header', text: plainText(page.title) },
    ...page.blocks.flatMap(renderBlock),
  ])
  refusedView(() => homeTab(blocks)).forEach(addFault('the Home tab'))
  registryFaults(bot).forEach(addFault('the registry'))
  return faults
}

const callAt = (place: Call['place']): Call => ({
  command: 'digest',
  text: '',
  place,
  audience: 'caller',
  at: NOON,
  caller: { id: 'slack:T0123456789/U1', name: 'Dana', rights: ['manage', 'member'] },
})

/** The answer of Slack to a view that it refuses; empty where it accepts it. */
function refusedView(draw: () => object): string[] {
  const { triggers, handleViewMethod } = createViews()
  triggers.set('t', Date.now())
  try {
    const answer = handleViewMethod('views.open', {
      trigger_id: 't',
      view: JSON.parse(JSON.stringify(draw())),
    })
    return (answer as { ok: boolean }).ok ? [] : [`slack: ${JSON.stringify(answer)}`]
  } catch (cause) {
    return [String(cause)]
  }
}

/** Finds what in a modal exceeds Discord's limits, from docs.discord.com/developers/components/reference. */
function modalFaults(form: Form): string[] {
  const faults: string[] = []
  const checkLength = (what: string, text: unknown, max: number) => {
    if (typeof text !== 'string' || text.length < 1 || text.length > max)
      faults.push(`discord: ${what}: ${String(text).length} of 1 to ${max}`)
  }
  let modal: ReturnType<typeof formModal>
  try {
    modal = formModal(form)
  } catch (cause) {
    return [String(cause)]
  }
  checkLength('a custom_id', modal.custom_id, 100)
  checkLength('a title', modal.title, 45)
  if (modal.components.length > 5) faults.push(`discord: ${modal.components.length} fields`)
  for (const { label, description, component } of modal.components as Json[]) {
    const { custom_id, options, value, placeholder } = component as Json
    checkLength('a label', label, 45)
    if (description !== undefined) checkLength('a description', description, 100)
    checkLength('a custom_id', custom_id, 100)
    if (value !== undefined) checkLength('a value', value, 4_000)
    if (placeholder !== undefined) checkLength('a placeholder', placeholder, 100)
    if (!options) continue
    const choices = options as Json[]
    if (choices.length === 0 || choices.length > 25) faults.push(`discord: ${choices.length} options`)
    for (const choice of choices) {
      checkLength('an option', choice.label, 100)
      checkLength('the value of an option', choice.value, 100)
    }
  }
  return faults
}

/** Finds offers that Discord refuses: it accepts 25 choices, with names and values of 1 to 100 characters. */
function offerFaults(library: Library, bot: Bot, typed: string): string[] {
  const commands = bot
    .commands()
    .flatMap(({ name, argument, subcommands = [] }) => [
      ...(argument ? [{ command: name, argument: argument.name }] : []),
      ...subcommands.flatMap(({ name: subcommand, argument: value }) =>
        value ? [{ command: name, subcommand, argument: value.name }] : [],
      ),
      { command: name, argument: 'story' },
    ])
  const texts = ['', typed, typed.slice(0, 3), ...library.stories.map(({ slug }) => slug)]
  return commands.flatMap(query =>
    texts.flatMap(text => {
      const offers = bot.suggest({ ...query, typed: text, at: NOON })
      const refused = offers.filter(({ name, value }) => !isShort(name) || !isShort(value))
      return [
        ...(offers.length > 25 ? [`${JSON.stringify(query)}: ${offers.length} offers`] : []),
        ...refused.map(offer => `${JSON.stringify(query)}: ${JSON.stringify(offer)}`),
      ]
    }),
  )
}

const isShort = (text: string) => text.length >= 1 && text.length <= 100

/** Reports a sentence as a new person and returns the notice to the desk, if there is one. */
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

/** Finds what in the registered commands exceeds the documented limits of Slack's manifest and Discord's commands. */
function registryFaults(bot: Bot): string[] {
  const faults: string[] = []
  const checkLength = (what: string, text: unknown, max: number) => {
    if (typeof text !== 'string' || text.length < 1 || text.length > max)
      faults.push(`${what}: ${JSON.stringify(text)} does not have 1 to ${max} characters`)
  }
  const slack = slackManifest(bot.commands(), { mode: 'socket' }).features
  if (slack.slash_commands.length > 50) faults.push('slack: too many commands')
  for (const { command, description, usage_hint } of slack.slash_commands as Json[]) {
    checkLength('slack: command', command, 32)
    checkLength('slack: description', description, 2_000)
    if (usage_hint !== undefined) checkLength('slack: usage_hint', usage_hint, 1_000)
  }
  const discord = discordRegistry(bot.commands()) as Json[]
  for (const command of discord.filter(({ type }) => type === 1)) {
    const described = withOptions(command)
    for (const { name, description, options = [] } of described) {
      checkLength('discord: name', name, 32)
      checkLength('discord: description', description, 100)
      if ((options as Json[]).length > 25) faults.push(`discord: ${name} has too many options`)
    }
    const length = described.reduce((sum, { name, description }) => sum + `${name}${description}`.length, 0)
    if (length > 8_000) faults.push(`discord: ${command.name} has ${length} characters`)
  }
  return faults
}

/** A command or an option, with all options below it. */
const withOptions = (option: Json): Json[] => [
  option,
  ...((option.options ?? []) as Json[]).flatMap(withOptions),
]

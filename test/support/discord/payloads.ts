import { submittedModalData } from './modals.ts'

// biome-ignore lint/suspicious/noExplicitAny: a wire format, which tests read field by field
export type Json = Record<string, any>

export const APP = '100000000000000001'
export const GUILD = '200000000000000001'
export const CHANNEL = '300000000000000001'
export const DM = '300000000000000009'
/** The role that Discord made for the bot when it was invited. */
export const BOT_ROLE = '600000000000000001'
export const TOKEN = `${'L'.repeat(24)}.loopbk.${'T'.repeat(27)}`

/** Makes an id as Discord does, which begins with its time; counted up, so that no two are the same. */
let last = 0n
export function snowflake(at = Date.now()): string {
  const wanted = BigInt(at - 1_420_070_400_000) << 22n
  last = wanted > last ? wanted : last + 1n
  return String(last)
}

const user = (id: string, username: string, more: object = {}) => ({
  id,
  username,
  discriminator: '0',
  global_name: username,
  avatar: null,
  ...more,
})

export const BOT = user(APP, 'nutgraf', { bot: true, discriminator: '1234', global_name: null })
export const DANA = user('400000000000000001', 'dana')

const member = (permissions: string, roles: string[]) => ({
  user: DANA,
  nick: null,
  avatar: null,
  roles,
  joined_at: '2024-01-01T00:00:00.000000+00:00',
  deaf: false,
  mute: false,
  flags: 0,
  permissions,
})

const everyRole = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  permissions: '0',
  position: 0,
  color: 0,
  hoist: false,
  managed: false,
  mentionable: false,
  flags: 0,
  ...more,
})

/** The body of a server, as the gateway sends it. */
export const guildBody = (id: string, name: string) => ({
  id,
  name,
  owner_id: DANA.id,
  unavailable: false,
  large: false,
  member_count: 2,
  joined_at: '2024-01-01T00:00:00.000000+00:00',
  features: [],
  preferred_locale: 'en-US',
  system_channel_flags: 0,
  channels: [{ id: CHANNEL, type: 0, name: 'general', position: 0, permission_overwrites: [] }],
  roles: [
    everyRole(id, '@everyone'),
    everyRole(BOT_ROLE, 'nutgraf', { managed: true, tags: { bot_id: APP } }),
  ],
  ...Object.fromEntries(
    [
      'threads',
      'members',
      'emojis',
      'stickers',
      'voice_states',
      'presences',
      'stage_instances',
      'guild_scheduled_events',
      'soundboard_sounds',
    ].map(list => [list, []]),
  ),
})

const interaction = (type: number, data: object, fields: object = {}) => {
  const {
    // By default the person may write in the channel.
    permissions = String((1n << 11n) | (1n << 38n)),
    roles = [],
    dm = false,
    ...more
  } = fields as {
    permissions?: string
    roles?: string[]
    dm?: boolean
  }
  const id = snowflake()
  return {
    id,
    application_id: APP,
    type,
    version: 1,
    token: `interaction-${id}`,
    channel_id: dm ? DM : CHANNEL,
    channel: { id: dm ? DM : CHANNEL, type: dm ? 1 : 0 },
    ...(dm ? { user: DANA } : { guild_id: GUILD, member: member(permissions, roles) }),
    app_permissions: '0',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: {},
    context: dm ? 1 : 0,
    data,
    ...more,
  }
}

/** Values of options, by name; `undefined` leaves an option out. */
export type OptionValues = Record<string, string | number | boolean | undefined>

const optionsOf = (values: OptionValues, focused?: string) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      name,
      value,
      type: { string: 3, number: 4, boolean: 5 }[typeof value as 'string' | 'number' | 'boolean'],
      ...(name === focused && { focused: true }),
    }))

function dataOf(path: string, values: OptionValues, focused?: string) {
  const [name = '', sub] = path.replace(/^\//, '').split(' ')
  const options = optionsOf(values, focused)
  return {
    id: '500000000000000001',
    type: 1,
    name,
    options: sub ? [{ type: 1, name: sub, options }] : options,
  }
}

/** The body of a slash command. The path is command and sub-command, such as `/lawsuit summary`. */
export const commandBody = (path: string, values: OptionValues = {}, fields: object = {}) =>
  interaction(2, dataOf(path, values), fields)

/** The body that is sent while the value of the option `focused` is being typed. */
export const typingBody = (path: string, values: OptionValues, focused: string, fields: object = {}) =>
  interaction(4, dataOf(path, values, focused), fields)

/** The body of a button that was pressed under a message. */
export const pressBody = (customId: string, fields: object = {}) =>
  interaction(
    3,
    { custom_id: customId, component_type: 2 },
    { message: messageBody('x', { author: BOT, id: snowflake() }), ...fields },
  )

/** The body of a command that was picked in the menu of a message. */
export function pickedBody(name: string, message: Json, fields: object = {}) {
  const data = { id: '500000000000000002', type: 3, name, target_id: message.id }
  return interaction(2, { ...data, resolved: { messages: { [message.id]: message } } }, fields)
}

/** The body of a submitted modal. */
export const submitBody = (modal: Json, filled: Json = {}, fields: object = {}) =>
  interaction(5, submittedModalData(modal, filled), fields)

/** The body of a message, as the gateway sends it. */
export const messageBody = (content: string, fields: object = {}) => ({
  id: snowflake(),
  type: 0,
  channel_id: CHANNEL,
  guild_id: GUILD,
  author: DANA,
  content,
  timestamp: new Date().toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: content.includes(`<@${APP}>`) ? [BOT] : [],
  mention_roles: [...content.matchAll(/<@&(\d+)>/g)].map(([, id]) => id),
  attachments: [],
  embeds: [],
  components: [],
  pinned: false,
  flags: 0,
  ...fields,
})

/**
 * A message as an app without the intent Message Content gets it: with its text only in a direct message, if the app
 * wrote it, or if the app itself is mentioned (docs.discord.com/developers/events/gateway#message-content-intent). Whether
 * a mention of its role is enough is said nowhere: here it is not.
 */
export const withoutForeignContent = (message: Json): Json =>
  message.guild_id === undefined ||
  message.author.id === APP ||
  message.mentions.some(({ id }: Json) => id === APP)
    ? message
    : { ...message, content: '', embeds: [], attachments: [], components: [] }

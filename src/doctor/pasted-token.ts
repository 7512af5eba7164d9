/** What a value pasted into the wrong setting is, by its shape, and where to find the right one. */
type PastedToken = { is: string; cure: string }

const SLACK = 'at https://api.slack.com/apps → your app'
const BOT_TOKEN = `Copy the “Bot User OAuth Token” (xoxb-…) ${SLACK} → OAuth & Permissions.`
const APP_TOKEN = `Copy the “App-Level Token” (xapp-…) with connections:write ${SLACK} → Basic Information.`
const DISCORD_TOKEN =
  'Press Reset Token at https://discord.com/developers/applications → your application → Bot, and copy what it shows.'

const CURES: Record<string, string> = {
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_SIGNING_SECRET: `Copy the “Signing Secret” (32 characters) ${SLACK} → Basic Information.`,
  DISCORD_TOKEN,
}

type Shape = { is: string; like: RegExp; belongs?: string }

const TOKEN_SHAPES: Shape[] = [
  { is: 'the placeholder from the manual', like: /…|\.\.\.$|^x(?:oxb|app)-$|^<.*>$/ },
  { is: 'a bot token of Slack', like: /^xoxb-/, belongs: 'SLACK_BOT_TOKEN' },
  { is: 'an app-level token of Slack', like: /^xapp-/, belongs: 'SLACK_APP_TOKEN' },
  { is: 'a user token of Slack', like: /^xoxp-/ },
  { is: 'a token of Slack that expires', like: /^xoxe[.-]/ },
  { is: 'a token of a person’s own session in Slack', like: /^xox[a-z]-/ },
  { is: 'a bot token of Discord', like: /^[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}$/, belongs: 'DISCORD_TOKEN' },
  { is: 'a public key of Discord', like: /^[0-9a-f]{64}$/ },
  {
    is: 'a client secret or signing secret of Slack',
    like: /^[0-9a-f]{32}$/,
    belongs: 'SLACK_SIGNING_SECRET',
  },
  { is: 'the ID of an application, not its token', like: /^\d{17,20}$/ },
  { is: 'a client secret of Discord', like: /^[\w-]{32}$/ },
]

/** Recognises a value in a secret setting that belongs somewhere else; undefined if it looks right. */
export function pastedToken(name: string, value: string): PastedToken | undefined {
  const cure = CURES[name]
  if (cure === undefined) return undefined
  if (name === 'DISCORD_TOKEN' && /^bot\s/i.test(value))
    return { is: 'a token with “Bot” before it', cure: 'Remove “Bot ”: DISCORD_TOKEN is the token alone.' }
  const shape = TOKEN_SHAPES.find(({ like }) => like.test(value))
  if (!shape || shape.belongs === name) return undefined
  // A secret and a public key look like many other things: only what is certainly of another kind is called wrong.
  const move = shape.belongs === undefined ? '' : ` The present value belongs in ${shape.belongs}.`
  return { is: shape.is, cure: `${cure}${move}` }
}

/** Names the settings whose value must never be printed. */
export const SECRET_SETTINGS = [...Object.keys(CURES), 'DATABASE_URL']

/** The services whose webhooks we can post to. */
export type WebhookKind = 'discord' | 'slack' | 'teams'

/** A channel that is reached by an address alone, as the settings name it. The address is a secret: who has it may post. */
export type Webhook = { name: string; kind: WebhookKind; address: string }

const PREFIX = 'WEBHOOK_'
/** Stands for all of them in `.env.example`. */
const PLACEHOLDER = 'WEBHOOK_NAME'
/** A place is `webhook:<name>`: this is what may stand after the colon. */
const VARIABLE_PATTERN = /^WEBHOOK_[A-Z0-9]+(?:_[A-Z0-9]+)*$/
const MAX_NAME = 40

/** The variable that holds the address of a webhook place: `city-desk` is in `WEBHOOK_CITY_DESK`. */
export const webhookVariable = (name: string): string => `${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`

/** Reads all `WEBHOOK_<NAME>`, or says what is wrong with them. Never shows an address. */
export function readWebhookSettings(env: NodeJS.ProcessEnv): { webhooks: Webhook[]; problems: string[] } {
  const problems: string[] = []
  const webhooks: Webhook[] = []
  for (const variable of Object.keys(env).filter(isWebhookVariable).sort()) {
    if (variable === PLACEHOLDER) continue
    const value = env[variable]?.trim()
    if (!value) continue
    const nameProblem = variableProblem(variable)
    const read = readAddress(value)
    if (nameProblem !== undefined) problems.push(`${variable} ${nameProblem}`)
    else if ('problem' in read) problems.push(`${variable} ${read.problem}`)
    else webhooks.push({ name: nameOf(variable), ...read })
  }
  return { webhooks, problems }
}

/** Whether a variable is the address of a webhook place. */
export const isWebhookVariable = (variable: string): boolean => variable.startsWith(PREFIX)

const nameOf = (variable: string) => variable.slice(PREFIX.length).toLowerCase().replaceAll('_', '-')

function variableProblem(variable: string): string | undefined {
  if (!VARIABLE_PATTERN.test(variable) || variable.length - PREFIX.length > MAX_NAME)
    return `must end with a name of capital letters, digits and single _, at most ${MAX_NAME} characters, such as WEBHOOK_CITY_DESK`
  return undefined
}

/** The paths by which an address is known, whatever its host: a newsroom may have a proxy before them. */
const DISCORD_PATH = /^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+\/?$/
const SLACK_PATH = /^\/services\/T\w+\/B\w+\/\w+\/?$/
const TEAMS_PATH = /\/workflows\/[^/]+\/triggers\/[^/]+\/(?:paths\/invoke|run)\/?$/

function readAddress(value: string): { kind: WebhookKind; address: string } | { problem: string } {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol))
    return { problem: 'is not an address that begins with https://. Copy it again' }
  if (url.username !== '' || url.password !== '')
    return { problem: 'has a name or password before its host, which no webhook has. Copy it again' }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    return { problem: 'must begin with https://, or everybody on the way could read it and post with it' }
  const retired = retiredAddress(url)
  if (retired !== undefined) return { problem: retired }
  const { pathname } = url
  if (DISCORD_PATH.test(pathname)) return { kind: 'discord', address: withOnly(url, ['thread_id']) }
  if (SLACK_PATH.test(pathname)) return { kind: 'slack', address: withOnly(url, []) }
  if (!TEAMS_PATH.test(pathname))
    return {
      problem:
        'is no webhook that nutgraf knows: it must be one of Discord (…/api/webhooks/…), an incoming webhook of Slack (…/services/…), or a workflow of Teams (…/workflows/…)',
    }
  if (!url.searchParams.get('sig'))
    return { problem: 'has no “sig=” at its end, so Teams would refuse it. Copy all of it' }
  url.hash = ''
  return { kind: 'teams', address: url.href }
}

/** Addresses that look like webhooks and take no message of ours. */
function retiredAddress({ hostname, pathname }: URL): string | undefined {
  if (hostname.endsWith('.webhook.office.com') || pathname.startsWith('/webhookb2/'))
    return 'is an Office 365 connector, which Microsoft has ended. In Teams make a workflow: “Send webhook alerts to a channel”'
  if (/^hooks\.slack(?:-gov)?\.com$/.test(hostname) && /^\/(?:triggers|workflows)\//.test(pathname))
    return 'starts a workflow of Slack, which takes no messages. In a Slack app, turn on Incoming Webhooks and copy that address (…/services/…)'
  if (/\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+\/(?:slack|github)\/?$/.test(pathname))
    return 'has /slack or /github at its end. Remove that'
  return undefined
}

const isThisMachine = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** An address with these parameters alone, and without what stands after `#`. */
function withOnly(url: URL, parameters: string[]): string {
  const bare = new URL(url.href)
  bare.search = ''
  bare.hash = ''
  bare.pathname = bare.pathname.replace(/\/$/, '')
  for (const name of parameters) {
    const value = url.searchParams.get(name)
    if (value) bare.searchParams.set(name, value)
  }
  return bare.href
}

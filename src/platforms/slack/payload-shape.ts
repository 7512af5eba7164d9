/** Any JSON, read by field names. */
type Fields = { [name: string]: unknown }

/**
 * Whether a body has what every payload of its kind has, so that our handlers can read it: an event its type, a command its
 * place and its caller, an interaction its user and its trigger. What is of no kind that we handle is left to Bolt.
 */
export function hasPayloadShape(body: unknown): boolean {
  if (!isObject(body)) return false
  if (body.event !== undefined) return isEvent(body.event)
  if (body.command !== undefined) return hasTexts(body, COMMAND_FIELDS) && isTextOrNothing(body.text)
  const parts = INTERACTIONS[String(body.type)]
  return (
    parts === undefined || (hasTexts(body, ['trigger_id']) && [body.user, ...parts(body)].every(isObject))
  )
}

const COMMAND_FIELDS = ['command', 'team_id', 'channel_id', 'user_id', 'trigger_id']
const MESSAGE_EVENTS = ['app_mention', 'message']
/** The objects that each kind of interaction has besides its user. */
const INTERACTIONS: Record<string, ((body: Fields) => unknown[]) | undefined> = {
  block_actions: ({ actions }) => (Array.isArray(actions) ? actions : [undefined]),
  message_action: ({ channel, message }) => [channel, message],
  view_submission: ({ view }) => [view],
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTextOrNothing = (value: unknown) => value === undefined || value === null || typeof value === 'string'

const hasTexts = (body: Fields, names: string[]) => names.every(name => typeof body[name] === 'string')

/** The words of a message are asked for only in its own events: those of a change or a deletion have none. */
const isEvent = (event: unknown) =>
  isObject(event) &&
  typeof event.type === 'string' &&
  (!MESSAGE_EVENTS.includes(event.type) || isTextOrNothing(event.text))

import { createHmac } from 'node:crypto'
import { type Loopback, startSlack } from '../test/support/loopback/slack.ts'
import { SECRET, slashBody } from '../test/support/slack/payloads.ts'

/** The line that is asked all the time. */
export const LINE = '/lawsuit summary'

// A smaller number may be a year, or that of a statute.
let freshLines = 5_000_000

/** The same question as a line that was never typed before: a summary has no use for the number after it, and says so. */
export const freshLine = () => `${LINE} ${++freshLines}`

/** Starts a loopback Slack; `env` is the environment of a bot that connects to it over HTTP or Socket Mode. */
export async function startLoopbackSlack(
  mode: 'http' | 'socket',
): Promise<{ loopback: Loopback; env: Record<string, string> }> {
  const loopback = await startSlack()
  const env = {
    SLACK_BOT_TOKEN: loopback.botToken,
    SLACK_API_URL: loopback.apiUrl,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: SECRET } : { SLACK_APP_TOKEN: loopback.appToken }),
  }
  return { loopback, env }
}

/** Builds a slash command as Slack sends it over HTTP, signed now. */
export function signedRequest(line: string) {
  const body = new URLSearchParams({
    ...slashBody(line),
    response_url: 'http://127.0.0.1/response',
  }).toString()
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${signature}`,
  }
  return { body, headers }
}

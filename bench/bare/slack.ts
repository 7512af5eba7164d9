import type { AddressInfo } from 'node:net'
import { App } from '@slack/bolt'

/** Starts a bot with Bolt alone, over Socket Mode with an app token, otherwise over HTTP; resolves with its address. */
export async function startBareSlack(): Promise<string> {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, REPLY = '{}' } = process.env
  const app = new App({
    token: SLACK_BOT_TOKEN,
    clientOptions: { slackApiUrl: SLACK_API_URL },
    ...(SLACK_APP_TOKEN
      ? { socketMode: true, appToken: SLACK_APP_TOKEN }
      : { signingSecret: SLACK_SIGNING_SECRET }),
  })
  const reply = JSON.parse(REPLY)
  app.command('/lawsuit', ({ ack }) => ack(reply))
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  return 'address' in server ? `http://localhost:${(server.address() as AddressInfo).port}` : 'connected'
}

import type { LiveConnection } from './live-connection.ts'

/**
 * Sends an answer over another connection where its own has ended: Slack may close one right after a command, and on a
 * busy machine both are read at once. Slack does not say whether it takes such an answer; its own SDK for Python sends all
 * answers over whatever connection it has (slack_sdk/socket_mode/builtin/client.py). Otherwise the answer would be lost
 * for certain. `find` gives a connection that is open, once there is one; undefined where none opens in time.
 */
export function answerElsewhere<App>(
  live: LiveConnection<App>,
  find: () => Promise<LiveConnection<App> | undefined>,
) {
  const { client } = live.connection
  const send = client.send.bind(client)
  client.send = async (id, body) => {
    if (client.websocket?.isActive()) return send(id, body)
    // Who ends this process need not wait for what its own connection cannot answer.
    live.pending.delete(id)
    const other = await find()
    return (other?.connection.client ?? { send }).send(id, body)
  }
}

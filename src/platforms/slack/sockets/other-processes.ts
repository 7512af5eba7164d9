import type { Log } from '../../../chat/platform.ts'

/**
 * Creates what warns of other processes with the same token: Slack sends each command to any one of the connections, so
 * that another process, often one on a laptop, gets some of them. One other connection may be a process that is just
 * being replaced, so it is reported only where it is still there at the next hello.
 */
export function createOtherProcessWarning(log: Log) {
  let hellosWithOthers = 0
  let warned = false
  /** Takes the number of connections that Slack counts, and how many of them are ours. */
  return (connections: number, own: number) => {
    const others = connections - own
    hellosWithOthers = others > 0 ? hellosWithOthers + 1 : 0
    const isCertain = others > 1 || hellosWithOthers > 1
    if (isCertain && !warned)
      log.warn(
        { connections, own },
        'slack: other processes are connected with the same SLACK_APP_TOKEN, and Slack sends them some of the commands; stop them, or give each a token of its own',
      )
    warned = isCertain
  }
}

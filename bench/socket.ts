import type { Loopback } from '../test/support/loopback/slack.ts'
import { type Contestant, compare } from './compare.ts'
import { bareProgram, type Contender, OUR_PROGRAM, startContender } from './contender.ts'
import { freshLine, LINE, startLoopbackSlack } from './slack-load.ts'
import type { Table } from './table.ts'

type Payload = Awaited<ReturnType<Loopback['command']>>

/** Compares our answer to a slash command over Socket Mode with a bare Bolt app that gives the same bytes as a constant. */
export async function benchSocket(): Promise<Table> {
  // Each program has a loopback of its own, since Slack sends a command to any one of several connections.
  const [forOurs, forBare] = [await startLoopbackSlack('socket'), await startLoopbackSlack('socket')]
  const ours = await startContender(OUR_PROGRAM, { ...forOurs.env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await forOurs.loopback.command(LINE)
  const bare = await startContender(bareProgram('slack'), { ...forBare.env, REPLY: JSON.stringify(reply) })
  try {
    const comparison = await compare(
      contestant(ours, forOurs.loopback, reply),
      contestant(bare, forBare.loopback, reply),
      {
        throughput: 0.9,
        p99: 1.1,
      },
    )
    return {
      title: `Slack over Socket Mode: ${LINE}, against a bare Bolt app`,
      columns: ['ours', 'bare', 'ours/bare'],
      rows: comparison.rows,
      notes: [...comparison.notes, `Both answer the same ${Buffer.byteLength(JSON.stringify(reply))} bytes.`],
    }
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
    await Promise.all([forOurs.loopback.close(), forBare.loopback.close()])
  }
}

function contestant(program: Contender, loopback: Loopback, reply: Payload): Contestant {
  const body = reply.text.split('\n\n').slice(2).join('\n\n')
  const askLine = async (line: string) => {
    const { text } = await loopback.command(line)
    // In new words, the answer says above itself what it did not use, and has no room for its title.
    if (!text.endsWith(body) || (line === LINE && text !== reply.text))
      throw new Error(`bench: another answer: ${text}`)
  }
  return { usage: program.usage, ask: () => askLine(LINE), askNew: () => askLine(freshLine()) }
}

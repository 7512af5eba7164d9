import type { Loopback } from '../test/support/loopback/slack.ts'
import { type Contestant, compare } from './compare.ts'
import { bareProgram, type Contender, OUR_PROGRAM, startContender } from './contender.ts'
import { freshLine, LINE, startLoopbackSlack } from './slack-load.ts'
import type { Table } from './table.ts'

type Payload = Awaited<ReturnType<Loopback['command']>>

/** A slash command over Socket Mode, ours against a bare Bolt app whose constant reply is ours, byte for byte. */
export async function benchSocket(): Promise<Table> {
  // Each has a loopback of its own, since Slack would hand every command to either of two connections.
  const [forOurs, forBare] = [await startLoopbackSlack('socket'), await startLoopbackSlack('socket')]
  const ours = await startContender(OUR_PROGRAM, { ...forOurs.env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await forOurs.loopback.command(LINE)
  const plain = await startContender(bareProgram('slack'), { ...forBare.env, REPLY: JSON.stringify(reply) })
  try {
    const found = await compare(side(ours, forOurs.loopback, reply), side(plain, forBare.loopback, reply), {
      throughput: 0.9,
      p99: 1.1,
    })
    return {
      title: `Slack over Socket Mode: ${LINE}, against a bare Bolt app`,
      columns: ['ours', 'bare', 'ours/bare'],
      rows: found.rows,
      notes: [...found.notes, `Both answer the same ${Buffer.byteLength(JSON.stringify(reply))} bytes.`],
    }
  } finally {
    await Promise.all([ours.stop(), plain.stop()])
    await Promise.all([forOurs.loopback.close(), forBare.loopback.close()])
  }
}

function side(one: Contender, loopback: Loopback, reply: Payload): Contestant {
  const asked = async (line: string) => {
    const { text, blocks } = await loopback.command(line)
    if (text !== reply.text || blocks.length !== reply.blocks.length)
      throw new Error(`bench: another answer: ${text}`)
  }
  return { usage: one.usage, ask: () => asked(LINE), askNew: () => asked(freshLine()) }
}

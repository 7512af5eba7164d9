import type { Loopback } from '../test/support/loopback/slack.ts'
import { duel, type Side } from './compare.ts'
import { bare, type Contender, contender, OURS } from './contender.ts'
import { LINE, loopbackSlack, newLine } from './slack-load.ts'
import type { Table } from './table.ts'

type Payload = Awaited<ReturnType<Loopback['command']>>

/** A slash command over Socket Mode, ours against a bare Bolt app whose constant reply is ours, byte for byte. */
export async function socket(): Promise<Table> {
  // Each has a loopback of its own, since Slack would hand every command to either of two connections.
  const [forOurs, forBare] = [await loopbackSlack('socket'), await loopbackSlack('socket')]
  const ours = await contender(OURS, { ...forOurs.env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await forOurs.loopback.command(LINE)
  const plain = await contender(bare('slack'), { ...forBare.env, REPLY: JSON.stringify(reply) })
  try {
    const found = await duel(side(ours, forOurs.loopback, reply), side(plain, forBare.loopback, reply), {
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

function side(one: Contender, loopback: Loopback, reply: Payload): Side {
  const asked = async (line: string) => {
    const { text, blocks } = await loopback.command(line)
    if (text !== reply.text || blocks.length !== reply.blocks.length)
      throw new Error(`bench: another answer: ${text}`)
  }
  return { usage: one.usage, ask: () => asked(LINE), askNew: () => asked(newLine()) }
}

import type { Loopback } from '../test/support/loopback/discord.ts'
import { type Contestant, compare } from './compare.ts'
import { bareProgram, type Contender, OUR_PROGRAM, startContender } from './contender.ts'
import { startLoopbackDiscord } from './discord-load.ts'
import type { Table } from './table.ts'

const LINE = '/lawsuit summary'

/** Compares our answer to a Discord command, in through the gateway and out over HTTP, with a bare discord.js bot. */
export async function benchGateway(): Promise<Table> {
  const [forOurs, forBare] = [await startLoopbackDiscord(), await startLoopbackDiscord()]
  const ours = await startContender(OUR_PROGRAM, { ...forOurs.env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await forOurs.loopback.command(LINE)
  const bare = await startContender(bareProgram('discord'), {
    ...forBare.env,
    REPLY: JSON.stringify(reply.data),
  })
  const bareReply = await forBare.loopback.command(LINE)
  try {
    const comparison = await compare(
      contestant(ours, forOurs.loopback, reply),
      contestant(bare, forBare.loopback, bareReply),
      {
        throughput: 0.95,
        p99: 1.1,
      },
    )
    const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value))
    return {
      title: `Discord through the gateway: ${LINE}, against a bare discord.js bot`,
      columns: ['ours', 'bare', 'ours/bare'],
      rows: comparison.rows,
      notes: [
        ...comparison.notes,
        `Our answer has ${bytes(reply)} bytes, the bare bot’s ${bytes(bareReply)}.`,
      ],
    }
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
    await Promise.all([forOurs.loopback.close(), forBare.loopback.close()])
  }
}

function contestant(program: Contender, loopback: Loopback, reply: Record<string, unknown>): Contestant {
  const expectedLength = JSON.stringify(reply).length
  return {
    usage: program.usage,
    async ask() {
      const answer = await loopback.command(LINE)
      if (JSON.stringify(answer).length !== expectedLength)
        throw new Error(`bench: another answer: ${JSON.stringify(answer)}`)
      // The loopback keeps every request for tests: here they would only fill the memory.
      loopback.calls.length = 0
    },
  }
}

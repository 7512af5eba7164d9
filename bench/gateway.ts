import type { Loopback } from '../test/support/loopback/discord.ts'
import { type Contestant, compare } from './compare.ts'
import { bareProgram, type Contender, OUR_PROGRAM, startContender } from './contender.ts'
import { startLoopbackDiscord } from './discord-load.ts'
import type { Table } from './table.ts'

const PATH = '/lawsuit summary'

/** A command picked on Discord, through the gateway and back over HTTP, against a bare discord.js bot. */
export async function benchGateway(): Promise<Table> {
  const [forOurs, forBare] = [await startLoopbackDiscord(), await startLoopbackDiscord()]
  const ours = await startContender(OUR_PROGRAM, { ...forOurs.env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await forOurs.loopback.command(PATH)
  const plain = await startContender(bareProgram('discord'), {
    ...forBare.env,
    REPLY: JSON.stringify(reply.data),
  })
  const same = await forBare.loopback.command(PATH)
  try {
    const found = await compare(side(ours, forOurs.loopback, reply), side(plain, forBare.loopback, same), {
      throughput: 0.95,
      p99: 1.1,
    })
    const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value))
    return {
      title: `Discord through the gateway: ${PATH}, against a bare discord.js bot`,
      columns: ['ours', 'bare', 'ours/bare'],
      rows: found.rows,
      notes: [...found.notes, `Ours answers ${bytes(reply)} bytes, the bare bot ${bytes(same)}.`],
    }
  } finally {
    await Promise.all([ours.stop(), plain.stop()])
    await Promise.all([forOurs.loopback.close(), forBare.loopback.close()])
  }
}

function side(one: Contender, loopback: Loopback, reply: Record<string, unknown>): Contestant {
  const wanted = JSON.stringify(reply).length
  return {
    usage: one.usage,
    async ask() {
      const answer = await loopback.command(PATH)
      if (JSON.stringify(answer).length !== wanted)
        throw new Error(`bench: another answer: ${JSON.stringify(answer)}`)
      // The loopback keeps every request, for tests.
      loopback.calls.length = 0
    },
  }
}

import { Pool } from 'undici'
import { type Contestant, compare } from './compare.ts'
import { bareProgram, type Contender, OUR_PROGRAM, startContender } from './contender.ts'
import { freshLine, LINE, signedRequest, startLoopbackSlack } from './slack-load.ts'
import type { Table } from './table.ts'

const CONNECTIONS = 16

/** Compares our answer to a signed slash command over HTTP with a bare Bolt app that gives the same bytes as a constant. */
export async function benchHttp(): Promise<Table> {
  const { loopback, env } = await startLoopbackSlack('http')
  const ours = await startContender(OUR_PROGRAM, { ...env, HOST: '127.0.0.1', PORT: '0' })
  const reply = await firstReply(ours)
  const bare = await startContender(bareProgram('slack'), { ...env, REPLY: reply })
  const pools = [ours, bare].map(openPool)
  try {
    const comparison = await compare(contestant(ours, pools[0]!, reply), contestant(bare, pools[1]!, reply), {
      throughput: 0.95,
      p99: 1.1,
    })
    return {
      title: `Slack over HTTP: ${LINE}, signed, against a bare Bolt app`,
      columns: ['ours', 'bare', 'ours/bare'],
      rows: comparison.rows,
      notes: [...comparison.notes, `Both answer the same ${Buffer.byteLength(reply)} bytes.`],
    }
  } finally {
    await Promise.all([...pools.map(pool => pool.destroy()), ours.stop(), bare.stop()])
    await loopback.close()
  }
}

/** Opens connections to the address that a program prints first. */
const openPool = ({ firstOutput }: Contender) =>
  new Pool(/http:\/\/localhost:\d+/.exec(firstOutput)?.[0].replace('localhost', '127.0.0.1') ?? '', {
    connections: CONNECTIONS,
    pipelining: 1,
  })

async function firstReply(program: Contender): Promise<string> {
  const client = openPool(program)
  const reply = await ask(client, signedRequest(LINE))
  await client.destroy()
  return reply
}

function contestant(program: Contender, client: Pool, reply: string): Contestant {
  // In new words, the answer says above itself what it did not use, and has no room for its title.
  const text = JSON.stringify(JSON.parse(reply).text.split('\n\n').slice(2).join('\n\n')).slice(1, -1)
  const askLine = async (line: string) => {
    const body = await ask(client, signedRequest(line))
    if (!body.includes(text)) throw new Error(`bench: another answer: ${body.slice(0, 500)}`)
  }
  return { usage: program.usage, ask: () => askLine(LINE), askNew: () => askLine(freshLine()) }
}

async function ask(
  client: Pool,
  request: { body: string; headers: Record<string, string> },
): Promise<string> {
  const { statusCode, body } = await client.request({ path: '/slack/events', method: 'POST', ...request })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`bench: HTTP ${statusCode}: ${text}`)
  return text
}

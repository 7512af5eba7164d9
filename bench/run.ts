import { cpus, loadavg } from 'node:os'
import { formatTable, type Table } from './table.ts'

/** The benches by name; each starts the programs that it compares in processes of their own. */
const BENCHES: Record<string, (size?: number) => Promise<Table>> = {
  http: async () => (await import('./http.ts')).benchHttp(),
  socket: async () => (await import('./socket.ts')).benchSocket(),
  gateway: async () => (await import('./gateway.ts')).benchGateway(),
  handler: async () => (await import('./handler.ts')).benchHandler(),
  start: async () => (await import('./start.ts')).benchStart(),
  slots: async () => (await import('./slots.ts')).benchSlots(),
  kill: async size => (await import('./kill.ts')).benchKill(size),
  fanout: async size => (await import('./fanout.ts')).benchFanout(size),
  news: async size => (await import('./news.ts')).benchNews(size),
  content: async size => (await import('./content.ts')).benchContent(size),
  saves: async size => (await import('./saves.ts')).benchSaves(size),
  identity: async size => (await import('./identity.ts')).benchIdentity(size),
  feeds: async size => (await import('./feeds.ts')).benchFeeds(size),
  polls: async size => (await import('./poll-holds.ts')).benchPollHolds(size),
  corrections: async size => (await import('./corrections.ts')).benchCorrections(size),
}

/** Runs `quotes file.jsonl`, with `--wrong` for a line on each error: its argument is a file and no size. */
async function runQuotes(args: string[]): Promise<number> {
  const path = args.find(arg => arg !== '--wrong')
  if (path === undefined) {
    process.stderr.write('bench: which file? npm run bench -- quotes file.jsonl [--wrong]\n')
    return 2
  }
  const { benchQuotes } = await import('./quotes/quotes.ts')
  process.stdout.write(`${formatTable(await benchQuotes(path, args.includes('--wrong')))}\n`)
  return 0
}

/**
 * Runs the named benches, or all; `kill=40` gives a bench another size. Returns the exit code: a missed goal is a result,
 * only a bench that throws is a failure.
 */
async function run(names: string[]): Promise<number> {
  if (names[0] === 'quotes') return runQuotes(names.slice(1))
  const requested = (names.length > 0 ? names : Object.keys(BENCHES)).map(name => {
    const [bench = '', size] = name.split('=')
    return { bench, size: size === undefined ? undefined : Number(size) }
  })
  const unknown = requested.filter(({ bench, size }) => !(bench in BENCHES) || Number.isNaN(size))
  if (unknown.length > 0) {
    process.stderr.write(
      `bench: unknown: ${unknown.map(({ bench }) => bench).join(', ')}. Choose from ${Object.keys(BENCHES).join(', ')}.\n`,
    )
    return 2
  }
  const cores = cpus()
  const load = loadavg()[0]!.toFixed(1)
  process.stdout.write(
    `${cores.length} cores (${cores[0]?.model.trim()}), Node ${process.version}, load before the start ${load}\n\n`,
  )
  let failed = 0
  for (const { bench, size } of requested) {
    try {
      process.stdout.write(`${formatTable(await BENCHES[bench]!(size))}\n`)
    } catch (cause) {
      failed++
      process.stderr.write(`${bench}: ${cause instanceof Error ? cause.message : cause}\n\n`)
    }
  }
  return failed > 0 ? 1 : 0
}

// Exits at once: a bench that failed may leave a contender behind, and that ends with this process.
process.exit(await run(process.argv.slice(2)))

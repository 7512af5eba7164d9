import { cpus, loadavg } from 'node:os'
import { formatTable, type Table } from './table.ts'

/** The benches by name; each starts what it compares in processes of its own. */
const BENCHES: Record<string, (size?: number) => Promise<Table>> = {
  http: async () => (await import('./http.ts')).benchHttp(),
  socket: async () => (await import('./socket.ts')).benchSocket(),
  gateway: async () => (await import('./gateway.ts')).benchGateway(),
  handler: async () => (await import('./handler.ts')).benchHandler(),
  start: async () => (await import('./start.ts')).benchStart(),
  slots: async () => (await import('./slots.ts')).benchSlots(),
  kill: async size => (await import('./kill.ts')).benchKill(size),
  fanout: async size => (await import('./fanout.ts')).benchFanout(size),
  corrections: async size => (await import('./corrections.ts')).benchCorrections(size),
}

/** Runs the benches that are named, or all; `kill=40` gives one another size. A missed goal is a figure like any other; only a bench that fails is not. */
async function run(names: string[]): Promise<number> {
  const asked = (names.length > 0 ? names : Object.keys(BENCHES)).map(name => {
    const [bench = '', size] = name.split('=')
    return { bench, size: size === undefined ? undefined : Number(size) }
  })
  const strange = asked.filter(({ bench, size }) => !(bench in BENCHES) || Number.isNaN(size))
  if (strange.length > 0) {
    process.stderr.write(
      `bench: no ${strange.map(one => one.bench).join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`,
    )
    return 2
  }
  const cores = cpus()
  const busy = loadavg()[0]!.toFixed(1)
  process.stdout.write(
    `${cores.length} cores (${cores[0]?.model.trim()}), Node ${process.version}, load before the start ${busy}\n\n`,
  )
  let failed = 0
  for (const { bench, size } of asked) {
    try {
      process.stdout.write(`${formatTable(await BENCHES[bench]!(size))}\n`)
    } catch (cause) {
      failed++
      process.stderr.write(`${bench}: ${cause instanceof Error ? cause.message : cause}\n\n`)
    }
  }
  return failed > 0 ? 1 : 0
}

// By exit, since a bench that failed may leave a contender behind: it ends with us.
process.exit(await run(process.argv.slice(2)))

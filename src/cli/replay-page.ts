import { createLog } from '../bot/log.ts'
import { createPreviewPlatform } from '../bot/platforms.ts'
import { createReplays } from '../bot/preview-replays.ts'
import { listenForStopSignal } from '../bot/stop-signal.ts'
import type { Platform } from '../chat/platform.ts'
import { createHandler } from '../commands/handler.ts'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import { createPublish } from '../delivery/publish.ts'
import type { ReplayQuery } from '../digests/replay/read-query.ts'
import { createPainter } from '../pictures/painter.ts'
import { createWebServer } from '../web/server.ts'

type ReplayPage = {
  config: Config
  version: string
  library(): Library
  query: ReplayQuery
  underNpm: boolean
}

/**
 * Serves the preview, without a store and beside no platform, and prints the address at which it opens with a replay.
 * Resolves with the exit code once the process is asked to stop.
 */
export async function serveReplay({
  config,
  version,
  library,
  query,
  underNpm,
}: ReplayPage): Promise<number> {
  const { zone, host, port } = config
  const log = createLog('error')
  const handler = createHandler({ library, version, zone }, log)
  const preview = await createPreviewPlatform(handler, {
    paint: createPainter(),
    log,
    replays: createReplays({ library, zone, log }),
    onPreviewPost: () => {},
  })
  const platforms: Platform[] = [preview]
  const server = createWebServer({
    host,
    port,
    log,
    health: () => ({ ok: true, version }),
    ready: () => preview.state().state === 'connected',
    preview: preview.app.fetch,
  })
  const stopSignal = listenForStopSignal({ underNpm })
  const running = await server.start().catch((cause: Error) => {
    throw new Error(
      `${cause.message}\nIf nutgraf runs there, the replay is at ${replayAddress(port, query)}`,
      { cause },
    )
  })
  await preview.start({ ...handler, publish: createPublish({ platforms: () => platforms, log }) })
  process.stdout.write(`The replay is at ${replayAddress(running.port, query)}\nCtrl-C ends it.\n`)
  await stopSignal
  await Promise.allSettled([preview.stop(), server.stop()])
  return 0
}

/** The address at which the page of the preview opens with a replay. */
function replayAddress(port: number, { stories, digest, from, to }: ReplayQuery): string {
  const values = Object.entries({ digest, from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const asked = new URLSearchParams([...stories.map(story => ['story', story]), ...values])
  return `http://localhost:${port}/#replay?${asked}`
}

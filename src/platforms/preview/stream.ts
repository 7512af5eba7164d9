/** What happens in the preview, told to every open page as server-sent events. */
export type Stream = { open(past: object[]): Response; send(event: object): void; close(): void }

/** A comment this often keeps proxies and sleeping laptops from dropping the stream. */
const HEARTBEAT_MS = 25_000

/** Makes a stream; it holds no process alive. */
export function createStream(): Stream {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const tell = (text: string) => {
    for (const page of open) page.enqueue(encoder.encode(text))
  }
  const beat = setInterval(() => tell(': still here\n\n'), HEARTBEAT_MS)
  beat.unref()

  return {
    open: past => {
      let page: ReadableStreamDefaultController<Uint8Array>
      const body = new ReadableStream<Uint8Array>({
        start: controller => {
          page = controller
          open.add(page)
          page.enqueue(encoder.encode(`retry: 1000\n\n${past.map(eventText).join('')}`))
        },
        cancel: () => {
          open.delete(page)
        },
      })
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
      })
    },
    send: event => tell(eventText(event)),
    close: () => {
      clearInterval(beat)
      for (const page of open) page.close()
      open.clear()
    },
  }
}

const eventText = (event: object) => `data: ${JSON.stringify(event)}\n\n`

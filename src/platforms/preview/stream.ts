/** Sends what happens in the preview to every open page, as server-sent events. */
export type Stream = { open(past: object[]): Response; send(event: object): void; close(): void }

/** How often a comment is sent, so that no proxy drops the silent stream: their limits begin at 30 seconds. */
const HEARTBEAT_MS = 25_000

/** Creates a stream. It does not keep the process running. */
export function createStream(): Stream {
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const sendToAll = (text: string) => {
    for (const page of pages) page.enqueue(encoder.encode(text))
  }
  const heartbeat = setInterval(() => sendToAll(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    open: past => {
      let page: ReadableStreamDefaultController<Uint8Array>
      const body = new ReadableStream<Uint8Array>({
        start: controller => {
          page = controller
          pages.add(page)
          page.enqueue(encoder.encode(`retry: 1000\n\n${past.map(eventText).join('')}`))
        },
        cancel: () => {
          pages.delete(page)
        },
      })
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
      })
    },
    send: event => sendToAll(eventText(event)),
    close: () => {
      clearInterval(heartbeat)
      for (const page of pages) page.close()
      pages.clear()
    },
  }
}

const eventText = (event: object) => `data: ${JSON.stringify(event)}\n\n`

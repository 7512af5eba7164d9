import { type LookupAddress, type LookupOptions, lookup as lookUp } from 'node:dns'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent } from 'undici'
import { createBodyCollector } from './collect-body.ts'
import { isPublicAddress } from './public-address.ts'

/** The code of the error of a name that leads into a private network. */
export const PRIVATE_ADDRESS = 'ERR_PRIVATE_ADDRESS'
/** The code of the error of a body that is larger than may be read. */
export const TOO_LARGE = 'ERR_TOO_LARGE'

/** One answer, without following where it points; its body as it came, perhaps compressed. */
export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: Uint8Array }

/** One request. `signal` ends it as a whole, also while its body drips in. */
export type RawRequest = {
  url: URL
  /** GET where nothing else is said; `body` goes with POST. */
  method?: 'GET' | 'POST'
  body?: string
  headers: Record<string, string>
  maxBytes: number
  signal: AbortSignal
}

/** Sends requests to the public internet alone. */
export type GuardedClient = { request(request: RawRequest): Promise<RawAnswer>; close(): Promise<void> }

/** Looks up the addresses of a name, as `dns.lookup` does with `all`. */
export type LookUp = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

type LookUpDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * Creates the client. A name is looked up when a connection is opened, and the connection goes to an address that was
 * checked: a name that leads elsewhere a moment later leads nowhere. Addresses without a name are never looked up: check
 * them before, with `addressProblem`.
 */
export function createGuardedClient({
  dnsLookUp = lookUp,
  isOwnName = () => false,
}: {
  dnsLookUp?: LookUp
  isOwnName?(hostname: string): boolean
} = {}): GuardedClient {
  const agent = new Agent({
    // Each request has a connection of its own: feeds are asked seldom, and one that was kept may have been closed.
    pipelining: 0,
    connect: {
      timeout: 10_000,
      lookup: (hostname, options, done) => {
        const mayAsk = isOwnName(hostname) ? () => true : isPublicAddress
        lookUpAllowed({ dnsLookUp, mayAsk }, hostname, options, done as LookUpDone)
      },
    },
  })
  return {
    async request({ url, method = 'GET', body: sent, headers, maxBytes, signal }) {
      const answer = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        body: sent,
        headers,
        signal,
      })
      const body = createBodyCollector(maxBytes, Number(answer.headers['content-length']))
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        if (body.add(chunk)) continue
        answer.body.destroy()
        throw withCode(TOO_LARGE, `the body has more than ${maxBytes} bytes`)
      }
      return {
        status: answer.statusCode,
        headers: answer.headers as IncomingHttpHeaders,
        body: body.bytes(),
      }
    },
    close: () => agent.destroy(),
  }
}

function lookUpAllowed(
  { dnsLookUp, mayAsk }: { dnsLookUp: LookUp; mayAsk(address: string): boolean },
  hostname: string,
  options: LookupOptions,
  done: LookUpDone,
): void {
  dnsLookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, [])
    const open = addresses.filter(({ address }) => mayAsk(address))
    const [first] = open
    if (!first) return done(withCode(PRIVATE_ADDRESS, `${hostname} is not on the public internet`), [])
    if (options.all) done(null, open)
    else done(null, first.address, first.family)
  })
}

const withCode = (code: string, message: string) => Object.assign(new Error(message), { code })

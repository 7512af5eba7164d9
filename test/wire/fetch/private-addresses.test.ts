import { expect, test } from 'vitest'
import { createFeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import type { LookUp } from '../../../src/wire/fetch/guarded-request.ts'
import { createAddressGuard } from '../../../src/wire/fetch/own-hosts.ts'
import { isPublicAddress } from '../../../src/wire/fetch/public-address.ts'
import { startFeedServer } from '../../support/wire/feed-server.ts'

/** Hosts that lead to this machine, to its network or to a cloud’s services, however they are spelled. */
const HOSTS = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.0.0.1.', '127.255.255.254', '2130706433', '017700000001'],
  ...['0x7f000001', '0x7f.1', '0x7f.0x0.0x0.0x1', '0177.0.0.1', '0177.0.0.0x1', '0x7F.0.1', '00000177.1'],
  ...['0', '0.0.0.0', '0x0', '0.0.0.1', '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::0001]'],
  ...[
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:FFFF:127.0.0.1]',
    '[::127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
  ],
  ...['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[100::1]'],
  ...['[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[fec0::1]', '[2001:db8::1]', '[3fff::1]'],
  ...[
    '10.0.0.1',
    '10.1',
    '0xa000001',
    '012.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.168.257',
  ],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '100.64.0.1'],
  ...['198.18.0.1', '192.0.0.1', '192.0.2.1', '198.51.100.7', '203.0.113.5', '224.0.0.1', '240.0.0.1'],
  ...[
    '255.255.255.255',
    '１２７.０.０.１',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
  ],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'feeds.localhost',
    'rebound.example',
    'mapped.example',
    'six.example',
  ],
]
const NAMES: Record<string, string[]> = {
  'rebound.example': ['127.0.0.1', '10.0.0.7'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'six.example': ['::1', 'fe80::1'],
}
const dnsLookUp: LookUp = (name, _options, done) =>
  done(
    null,
    (NAMES[name] ?? ['127.0.0.1']).map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
  )

test('none of many spellings of a private address gets a byte, asked for or redirected to', async () => {
  const victim = await startFeedServer()
  const front = await startFeedServer()
  const fetcher = createFeedFetcher({
    userAgent: 'nutgraf/test',
    dnsLookUp,
    ownHosts: [`127.0.0.1:${front.port}`],
    timeoutMs: 5_000,
  })
  expect(HOSTS.length).toBeGreaterThanOrEqual(60)
  const wrong: string[] = []
  for (const [index, host] of HOSTS.entries()) {
    const target = `http://${host}:${victim.port}/feed`
    const asked = await fetcher.fetch({ url: target })
    front.redirect(`/${index}`, 302, target)
    const redirected = await fetcher.fetch({ url: `${front.origin}/${index}` })
    for (const result of [asked, redirected])
      if (result.kind !== 'failed' || result.failure.code !== 'private') wrong.push(`${host}: ${result.kind}`)
  }
  expect(wrong).toEqual([])
  expect(victim.bytes()).toBe(0)
  expect(front.calls).toHaveLength(HOSTS.length)
  await fetcher.close()
})

test('a host of the own network is asked where the settings name it, and no feed from elsewhere leads there', async () => {
  const inside = await startFeedServer()
  inside.serve('/rss', '<rss/>')
  const url = `http://wire.intranet.example:${inside.port}/rss`
  const ask = async (ownHosts: string[], from = url) => {
    const fetcher = createFeedFetcher({ userAgent: 'nutgraf/test', dnsLookUp, ownHosts })
    const { kind } = await fetcher.fetch({ url: from })
    await fetcher.close()
    return kind
  }
  expect(await ask([`wire.intranet.example:${inside.port}`])).toBe('body')
  expect(await ask(['WIRE.intranet.example'])).toBe('body')
  expect(await ask(['wire.intranet.example:1'])).toBe('failed')
  expect(await ask([])).toBe('failed')
  const guard = createAddressGuard(['wire.intranet.example'])
  expect(guard.problem(new URL(url), new URL('https://feeds.example/rss'))).toBe('private')
  expect(guard.problem(new URL('ftp://wire.intranet.example/'), new URL(url))).toBe('private')
})

test.each([
  'file:///etc/passwd',
  'ftp://127.0.0.1/feed',
  'gopher://127.0.0.1/feed',
  'data:text/xml,<rss/>',
  'javascript:1',
  'http://user:secret@feeds.example/rss',
])('%s is not asked', async url => {
  const fetcher = createFeedFetcher({ userAgent: 'nutgraf/test', dnsLookUp })
  expect(await fetcher.fetch({ url })).toMatchObject({ kind: 'failed', failure: { code: 'private' } })
  await fetcher.close()
})

test('addresses of the public internet may be asked', () => {
  const addresses = [
    '1.1.1.1',
    '93.184.216.34',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ]
  expect(addresses.filter(address => !isPublicAddress(address))).toEqual([])
  expect(isPublicAddress('feeds.example')).toBe(false)
})

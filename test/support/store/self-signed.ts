import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'

const OID = { ecdsaWithSha256: '2a8648ce3d040302', commonName: '550403', subjectAltName: '551d11' }
const DAY_MS = 86_400_000

/** One element of ASN.1 in DER: its tag, its length, and what is in it. */
function element(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  )
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]) => element(0x30, ...parts)
const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))
const utcTime = (at: number) =>
  element(0x17, `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`)

/**
 * Makes a certificate for a host name that nobody but itself has signed, with its key, both as PEM. It ends `days` after
 * `now`: a negative number makes one that has expired.
 */
export function selfSigned(host: string, now: number, days = 30): { cert: string; key: string } {
  const { publicKey, privateKey: key } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const algorithm = sequence(oid(OID.ecdsaWithSha256))
  const name = sequence(element(0x31, sequence(oid(OID.commonName), element(0x0c, host))))
  const names = sequence(oid(OID.subjectAltName), element(0x04, sequence(element(0x82, host))))
  const body = sequence(
    element(0xa0, element(0x02, '\x02')),
    element(0x02, '\x01'),
    algorithm,
    name,
    sequence(utcTime(now - 60 * DAY_MS), utcTime(now + days * DAY_MS)),
    name,
    publicKey,
    element(0xa3, sequence(names)),
  )
  const signature = sign('sha256', body, createPrivateKey(key))
  const der = sequence(body, algorithm, element(0x03, '\x00', signature))
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key }
}

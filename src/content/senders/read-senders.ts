import type { ContentFile } from '../read/story-folder.ts'
import { parseYamlList } from '../read/yaml.ts'
import type { Problem } from '../story.ts'
import { SendersFile } from './schema.ts'
import type { SenderRow, Signature, Stamp } from './sender-row.ts'

const FILE = 'senders.yml'
/** Names that are probably meant for senders.yml. */
const SIMILAR_FILE_NAME = /^senders?\.(?:ya?ml|json)$/i
/** The systems whose rows nutgraf has: nobody else takes their names. */
export const OWN_SENDERS = [
  'standard',
  'wordpress',
  'ghost',
  'superdesk',
  'websked',
  'contentful',
  'sanity',
  'github',
  'strapi',
  'courtlistener',
]
/** What can be filled in what is signed. */
const PLACES = new Set(['body', 'time', 'id', 'signedHeaders', 'method', 'path'])

/** The systems of senders.yml, and what is wrong with it. Without the file there are none but ours. */
export function readSenders(files: ContentFile[]): { senders: SenderRow[]; problems: Problem[] } {
  const problems: Problem[] = files
    .filter(({ path }) => SIMILAR_FILE_NAME.test(path) && path !== FILE)
    .map(({ origin }) => ({ file: origin, line: 1, message: `is not read: senders belong in ${FILE}` }))
  const file = files.find(({ path }) => path === FILE)
  if (!file?.text.trim()) return { senders: [], problems }
  const text = file.text.replace(/^\ufeff/, '')
  const list = parseYamlList({ file: file.origin, text, linesBefore: 0 }, SendersFile.element)
  problems.push(...list.problems)
  const senders: SenderRow[] = []
  for (const [index, entry] of list.rows) {
    const row = entry as SenderRow
    const report = (path: PropertyKey[], message: string) =>
      problems.push({ file: file.origin, line: list.lineNumberOf([index, ...path]), message })
    if (OWN_SENDERS.includes(row.name))
      report(['name'], `nutgraf has a sender “${row.name}”: choose another name`)
    if (senders.some(({ name }) => name === row.name))
      report(['name'], `second sender with the name “${row.name}”`)
    for (const [path, message] of signatureProblems(row)) report(path, message)
    senders.push(row)
  }
  return { senders, problems }
}

/** What could not work, or would be trusted although nobody signed it. */
function* signatureProblems({ signature, stamp, callId }: SenderRow): Generator<[PropertyKey[], string]> {
  if (!signature) {
    if (stamp) yield [['stamp'], 'a time counts only where it is signed: without signature, leave it out']
    return
  }
  const { form, signed, signedHeaders } = signature
  const places = [...signed.matchAll(/\{(\w+)\}/g)].map(([, place]) => place!)
  for (const place of places.filter(place => !PLACES.has(place)))
    yield [
      ['signature', 'signed'],
      `{${place}} is none of ${[...PLACES].map(name => `{${name}}`).join(', ')}`,
    ]
  if (!places.includes('body'))
    yield [['signature', 'signed'], 'must have {body} in it: else anything could be written']
  if (!form.includes('(?<signature>'))
    yield [['signature', 'form'], 'must have a group (?<signature>…) in it']
  if (stamp?.from === 'signature' && !form.includes('(?<time>'))
    yield [['signature', 'form'], 'must have a group (?<time>…) in it, as stamp says']
  if (places.includes('time') && !stamp)
    yield [['signature', 'signed'], 'has {time} in it: stamp must say where that stands']
  if (stamp && !places.includes('time') && !isStampSigned(signature, stamp))
    yield [['stamp'], 'is not signed: signature.signed must have {time} in it']
  if (places.includes('id') && !(callId && 'header' in callId))
    yield [['signature', 'signed'], 'has {id} in it: callId must name its header']
  if (places.includes('signedHeaders') && !signedHeaders)
    yield [['signature', 'signed'], 'has {signedHeaders} in it: signedHeaders must say which']
}

/** Whether a moment is signed as a part of the body, or as one of the headers that have to be signed. */
function isStampSigned({ signed, signedHeaders }: Signature, { from }: Stamp): boolean {
  if (from === 'signature') return false
  if ('field' in from) return true
  return signed.includes('{signedHeaders}') && signedHeaders?.mustHave.includes(from.header) === true
}

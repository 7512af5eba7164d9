/** An element of an XML document: its name as written, its attributes, and what is in it. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`)
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, 'g')

/** Characters that XML 1.0 allows. */
const ALLOWED = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

/**
 * Reads a document as a strict parser does that knows only what a feed of ours may use: elements, quoted attributes, text
 * and references to characters by number. Whatever else it meets, it refuses.
 */
export function readXml(document: string): XmlElement {
  const head = '<?xml version="1.0" encoding="utf-8"?>\n'
  if (!document.startsWith(head)) throw new Error('xml: it must begin with its declaration')
  if (!ALLOWED.test(document)) throw new Error('xml: a character that XML does not allow')
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let at = head.length
  while (at < document.length) {
    const parent = open.at(-1)!
    const next = document.indexOf('<', at)
    const end = next < 0 ? document.length : next
    parent.text += characters(document.slice(at, end))
    if (next < 0) break
    const found = TAG.exec(document.slice(next, next + 4_000))
    if (!found) throw new Error(`xml: no tag: ${document.slice(next, next + 60)}`)
    const [whole, closing, name = '', attributes = '', empty] = found
    at = next + whole.length
    if (closing) {
      if (open.length < 2 || parent.name !== name) throw new Error(`xml: </${name}> ends <${parent.name}>`)
      open.pop()
      continue
    }
    const child = { name, attributes: attributesOf(attributes), children: [], text: '' }
    checkPrefix(child, open)
    parent.children.push(child)
    if (!empty) open.push(child)
  }
  if (open.length > 1) throw new Error(`xml: <${open.at(-1)!.name}> does not end`)
  if (root.children.length !== 1 || root.text.trim() !== '') throw new Error('xml: not one element')
  return root.children[0]!
}

/** The elements of a name in another. */
export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter(child => child.name === name)

/** The text of the only element of a name in another; fails where there is another number of them. */
export function textOf(parent: XmlElement, name: string): string {
  const [only, ...more] = childrenOf(parent, name)
  if (!only || more.length > 0) throw new Error(`xml: <${parent.name}> needs one <${name}>`)
  return only.text
}

function attributesOf(written: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new Error(`xml: the attribute ${name} twice`)
    attributes[name] = characters(value)
  }
  return attributes
}

/** Text with its references to characters resolved; a bare `&` and a name of a character are refused. */
function characters(written: string): string {
  if (written.includes(']]>')) throw new Error('xml: ]]> in text')
  return written.replace(/&([^;]{0,12});?/g, (whole, body: string) => {
    const number = /^#x([0-9A-F]+)$/.exec(body)
    if (!number) throw new Error(`xml: not a reference by number: ${whole}`)
    return String.fromCodePoint(Number.parseInt(number[1]!, 16))
  })
}

function checkPrefix({ name, attributes }: XmlElement, open: XmlElement[]): void {
  const [prefix] = name.includes(':') ? name.split(':') : []
  if (prefix === undefined) return
  const isDeclared = [...open.map(element => element.attributes), attributes].some(
    declared => `xmlns:${prefix}` in declared,
  )
  if (!isDeclared) throw new Error(`xml: the prefix ${prefix} is not declared`)
}

import { isMap, readNodes, writeYaml } from '../yaml.ts'

/** The three pieces of a story's main file: the line above its front matter, that, and all below. */
const FRONT_MATTER = /^(\ufeff?---[ \t]*\r?\n)([\s\S]*?\n)(---[ \t]*(?:\r?\n[\s\S]*)?)$/

/** Whether a story's main file has these fields, whatever their values; undefined if it cannot be read. */
export function hasFields(file: string, fields: object): boolean | undefined {
  const known = readFields(FRONT_MATTER.exec(file)?.[2])
  return known && Object.keys(fields).every(name => name in known)
}

/**
 * Adds fields to the end of the front matter of a story's main file. Everything else stays as it is; only one in braces is
 * written again, with a line a field. Undefined if it is written in a way that cannot be added to.
 */
export function addFields(file: string, fields: object): string | undefined {
  const [, top = '', meta, rest = ''] = FRONT_MATTER.exec(file) ?? []
  const before = readFields(meta)
  if (meta === undefined || !before) return undefined
  const missing = Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in before)))
  const lineEnd = meta.includes('\r\n') ? '\r\n' : '\n'
  const document = readNodes(meta)
  const { contents } = document
  const isInBraces = isMap(contents) && contents.flow === true
  if (isInBraces) contents.flow = false
  const lines = isInBraces ? document.toString({ lineWidth: 0 }).replaceAll('\n', lineEnd) : meta
  const next = lines + writeYaml(missing).replaceAll('\n', lineEnd)
  const isSame = JSON.stringify(readFields(next)) === JSON.stringify({ ...before, ...missing })
  return isSame ? top + next + rest : undefined
}

function readFields(meta: string | undefined): Record<string, unknown> | undefined {
  try {
    const document = readNodes(meta ?? '[]')
    return document.errors.length === 0 && isMap(document.contents) ? document.toJS() : undefined
  } catch {
    return undefined
  }
}

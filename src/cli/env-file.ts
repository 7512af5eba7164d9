import { readFileSync } from 'node:fs'
import { decodeText } from './decode-text.ts'

/** Parses the text of a file as dotenv does. */
export type ParseEnvFile = (text: string) => Record<string, string>

/** Reads a file of settings, in whatever encoding an editor saved it; no settings where there is none. */
export function readEnvFile(name: string, parse: ParseEnvFile): Record<string, string> {
  let bytes: Buffer
  try {
    bytes = readFileSync(name)
  } catch {
    return {}
  }
  try {
    return parse(decodeText(bytes))
  } catch {
    // A comment in another encoding spoils no setting.
    return parse(bytes.toString('utf8'))
  }
}

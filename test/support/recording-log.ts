import type { Log } from '../../src/chat/platform.ts'

/** A log that keeps its lines. */
export function recordingLog(): Log & { lines: { level: string; message: string; details: object }[] } {
  const lines: { level: string; message: string; details: object }[] = []
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, message, details })
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

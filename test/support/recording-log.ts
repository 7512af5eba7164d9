import type { Log } from '../../src/chat/platform.ts'

type LogLine = { level: string; message: string; details: object }

/**
 * Creates a log that keeps what is written to it: all `lines`, the details of its `errors`, and warnings and errors as
 * `text`, a line each with the message of their cause.
 */
export function recordingLog(): Log & { lines: LogLine[]; errors: object[]; text(): string } {
  const lines: LogLine[] = []
  const errors: object[] = []
  const keep = (level: string) => (details: object, message: string) => {
    lines.push({ level, message, details })
    if (level === 'error') errors.push(details)
  }
  return {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    lines,
    errors,
    text: () =>
      lines
        .filter(({ level }) => level === 'warn' || level === 'error')
        .map(({ message, details }) => `${message} ${(details as { err?: Error }).err?.message ?? ''}`)
        .join('\n'),
  }
}

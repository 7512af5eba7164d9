const BAR_WIDTH = 30

/** Shows how far some work has come, in one line that is written anew, where somebody looks at it. */
export function progressOn(
  terminal: NodeJS.WriteStream,
  unit: string,
): { show(done: number, all: number): void; clear(): void } {
  if (!terminal.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show: (done, all) => {
      const filled = Math.round((BAR_WIDTH * done) / all)
      terminal.write(`\r[${'#'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done} of ${all} ${unit}`)
    },
    clear: () => void terminal.write('\r\x1b[K'),
  }
}

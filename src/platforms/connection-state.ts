import type { Log, PlatformState } from '../chat/platform.ts'

/** Whether one platform is connected, and why not. */
export type ConnectionState = {
  current(): Pick<PlatformState, 'state' | 'detail'>
  /**
   * Records that the connection is up or lost, and logs it if that is new. `connecting` is for a start that failed, with
   * the reason. Does nothing after `stop`.
   */
  report(state: 'connecting' | 'connected' | 'lost', detail?: string): void
  /** Records that the platform was stopped, for good. */
  stop(): void
}

/** Creates the state of one platform, `connecting` at first; `name` begins its log messages. */
export function createConnectionState(name: string, log: Log): ConnectionState {
  let state: PlatformState['state'] = 'connecting'
  let detail: string | undefined
  return {
    current: () => ({ state, detail }),
    report(newState, newDetail) {
      if (state === 'stopped') return
      if (state !== newState)
        log[newState === 'lost' ? 'warn' : 'info']({ detail: newDetail }, `${name}: ${newState}`)
      state = newState
      detail = newDetail
    },
    stop() {
      state = 'stopped'
      detail = undefined
    },
  }
}

/** How nutgraf is installed in one workspace. */
export type Installation = {
  token: string
  botId?: string
  botUserId?: string
  teamId?: string
  teamName?: string
}

/** Where installations are kept; without a team, the only one. */
export type Installations = {
  get(teamId?: string): Promise<Installation | undefined>
  put(installation: Installation): Promise<void>
  delete(teamId: string): Promise<void>
}

/** The one installation whose token stands in the environment: it answers for every team, also for guests of others. */
export function oneInstallation(token: string): Installations {
  let kept: Installation | undefined = { token }
  return {
    get: async () => kept,
    put: async installation => {
      kept = installation
    },
    delete: async () => {
      kept = undefined
    },
  }
}

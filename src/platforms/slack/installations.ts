/** How nutgraf is installed in one workspace. */
export type Installation = {
  token: string
  botId?: string
  botUserId?: string
  teamId?: string
  teamName?: string
  /** The organisation that the workspace is in, if it is in one. */
  enterpriseId?: string
}

/** Stores installations by workspace. `get` without a workspace returns the only one. */
export type Installations = {
  get(teamId?: string): Promise<Installation | undefined>
  put(installation: Installation): Promise<void>
  delete(teamId: string): Promise<void>
}

/**
 * Creates the storage of one installation, whose token is in the environment. It answers for every workspace, also for
 * that of a guest.
 */
export function oneInstallation(token: string): Installations {
  let only: Installation | undefined = { token }
  return {
    get: async () => only,
    put: async installation => {
      only = installation
    },
    delete: async () => {
      only = undefined
    },
  }
}

import type { Bolt, WebClient } from './bolt.ts'
import type { Installation, Installations } from './installations.ts'
import type { CallWebApi } from './messages.ts'
import type { Upload } from './pictures/send.ts'
import { deliveryError } from './refusals/delivery-error.ts'
import { noInstallation, tokenFailure } from './start-errors.ts'

/** Calls Slack as we are installed in each workspace. Who we are there is known once `identify` has resolved. */
export function createWorkspace(bolt: Bolt, installations: Installations) {
  let self: Installation | undefined
  let url: string | undefined
  let account: string | undefined

  const installation = async (teamId?: string): Promise<Installation> => {
    const found = await installations.get(teamId)
    if (!found) throw noInstallation()
    return found
  }

  /** A client of its own for each call: it has neither a queue that others fill nor a pause that others caused. */
  const clientFor = async (team: string, signal?: AbortSignal): Promise<WebClient> =>
    bolt.webClient((await installation(team)).token, signal)

  const callWebApi: CallWebApi = async <Result>(
    team: string,
    method: string,
    args: Record<string, unknown>,
    signal?: AbortSignal,
  ) => (await (await clientFor(team, signal)).apiCall(method, args)) as Result

  /** Uploads a file without a channel, so that it is shared with nobody. */
  const upload: Upload = async (team, { name, bytes }, signal) => {
    try {
      const client = await clientFor(team, signal)
      const { files } = await client.filesUploadV2({ file: Buffer.from(bytes), filename: name })
      const id = files[0]?.files?.[0]?.id
      if (id === undefined) throw new Error('slack: an upload without an id')
      return id
    } catch (cause) {
      throw deliveryError(cause, 'files.uploadV2', team)
    }
  }

  return {
    installation,
    callWebApi,
    upload,
    self: () => self,
    /** The address of the workspace, for links. */
    url: () => url,
    /** The bot and its workspace in words, for the first screen. */
    account: () => account,
    /** Asks Slack who we are. Rejects for a bad token: nothing would work with it, so the start should say so. */
    async identify(): Promise<void> {
      const installed = await installations.get()
      if (!installed) return
      const { token } = installed
      const me = await bolt
        .webClient(token)
        .auth.test()
        .catch(cause => Promise.reject(tokenFailure(cause)))
      self = {
        token,
        botId: me.bot_id,
        botUserId: me.user_id,
        teamId: me.team_id,
        teamName: me.team,
        enterpriseId: me.enterprise_id,
      }
      url = me.url
      account = `@${me.user ?? 'nutgraf'} in ${me.team ?? me.team_id ?? 'a workspace'}`
      await installations.put(self)
    },
  }
}

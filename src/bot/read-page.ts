import type { Config } from '../config.ts'
import type { Article } from '../import/article.ts'
import { userAgent } from './wire.ts'

/**
 * Makes the function that reads pages for editors: of the public internet, and of those own hosts that the settings name.
 * What it needs is loaded with the first page.
 */
export const createPageReader =
  ({ publicUrl, feedHosts }: Pick<Config, 'publicUrl' | 'feedHosts'>, version: string) =>
  async (address: string): Promise<Article> => {
    const { fetchPage } = await import('../import/page/fetch-page.ts')
    return fetchPage(address, { userAgent: userAgent(version, publicUrl), ownHosts: feedHosts })
  }

/** What stands in the feeds that nutgraf publishes about its stories, beside the words of a brief. */
export const feedsOut = {
  /** The language of these words, as feeds name it. */
  language: 'en',
  /** Who a feed is by. */
  author: 'nutgraf',
  digestAbout: (title: string, stories: number) =>
    `${title}: what is new in ${stories === 1 ? 'one story' : `${stories} stories`}`,
  /** The titles of entries whose words are not shown any more. */
  gone: 'No longer available',
  withdrawn: 'Withdrawn',
  /** The formats in which a page can be followed, above its entries. */
  follow: 'Follow this page in a feed reader:',
  published: (moment: string) => `Published ${moment}`,
  updated: (moment: string) => `changed ${moment}`,
}

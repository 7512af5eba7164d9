import { homedir } from 'node:os'

/** Names the folder for the bot’s own data, by the setting `DATA_DIR`. */
export const dataFolder = (setting: string | undefined) => expandHome(setting?.trim() || 'data')

/** Reads `~` at the start of a path as the home folder: only a shell does, and no shell reads .env or a unit of systemd. */
export const expandHome = (path: string) => path.replace(/^~(?=[/\\]|$)/, () => homedir())

/** Text in the form in which names of zones are compared: lower case, without accents and punctuation. */
export const zoneKey = (name: string): string =>
  (
    name
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}'’`.]/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ')

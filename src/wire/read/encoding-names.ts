/** The encodings that feeds have, by the names that every program knows. */
const KNOWN = [
  'utf-8 shift_jis euc-jp iso-2022-jp gb18030 gbk gb2312 big5 euc-kr koi8-r koi8-u macintosh windows-874',
  ...Array.from({ length: 9 }, (_, number) => `windows-125${number}`),
  ...Array.from({ length: 16 }, (_, number) => `iso-8859-${number + 1}`),
].flatMap(names => names.split(' '))

/** Other names for some of them, as letters and figures alone. */
const OTHERS: Record<string, string> = {
  sjis: 'shift_jis',
  windows31j: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  latin1: 'iso-8859-1',
  utf8mb4: 'utf-8',
}

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const BY_LETTERS = new Map([
  ...Object.entries(OTHERS),
  ...KNOWN.map((name): [string, string] => [lettersOf(name), name]),
])

/**
 * The encodings that a name may stand for, by the name that this program knows: one, or none. Hyphens make no difference,
 * and `win-1251` or `cp1251` is `windows-1251`.
 */
export function encodingNamed(label: string | undefined): string[] {
  const letters = lettersOf(label ?? '').replace(/^(?:x?cp|xwindows|win|ansi)(?=125\d|874$)/, 'windows')
  const name = BY_LETTERS.get(letters) ?? label ?? ''
  try {
    const { encoding } = new TextDecoder(name)
    // What cannot be true is left out: that a text is wide of which single bytes were read.
    return encoding.startsWith('utf-16') ? [] : [encoding]
  } catch {
    return []
  }
}

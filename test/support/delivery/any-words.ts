import fc from 'fast-check'

/** Any words of about `maxLength` characters; many are as long as they may be, or a little longer. */
export const anyWords = (maxLength: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.lorem({ maxCount: 60, mode: 'words' }).map(text => text.slice(0, maxLength)) },
    { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength, unit: 'grapheme' }) },
    fc.nat(maxLength).map(length => 'm'.repeat(length + 1)),
    fc.nat(Math.floor(maxLength / 2)).map(length => '*&'.repeat(length + 1)),
    fc.nat(Math.floor(maxLength / 2)).map(length => '&<'.repeat(length + 1)),
    fc.nat(Math.floor(maxLength / 12)).map(length => 'مدينة شيكاغو'.repeat(length + 1)),
    fc.nat(Math.floor(maxLength / 11)).map(length => '👩‍👩‍👧‍👦'.repeat(length + 1)),
    fc.constantFrom(
      '<!channel>',
      '@everyone',
      '1. x\n# y\n- z\n> q',
      '[a](https://a.example)',
      '`code`',
      '-# a',
      ' ',
    ),
  )

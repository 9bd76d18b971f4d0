/** Pasted codes, one per line, as the sheet that the API takes: each quoted, so that commas stay. */
export const csvOfCodes = (typed: string): string =>
  [
    'Code',
    ...typed
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  ]
    .map(line => `"${line.replaceAll('"', '""')}"`)
    .join('\r\n')

/** Largest sheet taken, in bytes and in rows below the heading. Without schemas, for pages. */
export const sheetBytesMax = 10 * 1024 * 1024
export const sheetRowsMax = 5_000

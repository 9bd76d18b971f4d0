/** The server has no such stream, or none any more. */
export const isGone = (status: number | undefined): boolean => status === 404 || status === 410

import { dayMs } from '@kaibo/kernel/clock'

/** The query parameter of a room's address that carries the id of a share. Without schemas. */
export const shareParam = 's'

/** A purchase counts for the link by which its buyer came at most this long before. */
export const shareWindowMs = 7 * dayMs

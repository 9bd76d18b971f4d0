import { isId } from '@kaibo/kernel/ids'

/** What the audit API takes for what stands in the filter; null when it is no id. */
export function actorQuery(actor: string): { actorId?: string } | null {
  if (actor === '') return {}
  return isId(actor) ? { actorId: actor } : null
}

/** The end of an id: the beginning of a UUIDv7 is the time and alike for everybody. */
export const shortId = (id: string): string => `…${id.slice(-8)}`

/** What was recorded, one field a line. */
export const detailText = (detail: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(detail, null, 2)

export type BanFacts = { shopId: string; userId: string | null }
/** A shop closed its rooms to a person of this browser; `until` null is for good. */
export type Ban = { shopId: string; userId: string; until: string | null }

const bansMax = 20

const isBan = (value: unknown): value is Ban =>
  typeof value === 'object' &&
  value !== null &&
  'shopId' in value &&
  typeof value.shopId === 'string' &&
  'userId' in value &&
  typeof value.userId === 'string' &&
  'until' in value &&
  (value.until === null || typeof value.until === 'string')

/** What was kept on the device and still holds; nothing when it cannot be read. */
export function parsedBans(text: string | null, nowMs: number): Ban[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.filter(isBan).filter(({ until }) => until === null || Date.parse(until) > nowMs)
  } catch {
    return []
  }
}

export const banOf = (bans: readonly Ban[], shopId: string): Ban | undefined =>
  bans.find(ban => ban.shopId === shopId)

export const withoutBan = (bans: readonly Ban[], shopId: string): Ban[] =>
  bans.filter(ban => ban.shopId !== shopId)

/** One of a shop; the newest stay. */
export const withBan = (bans: readonly Ban[], ban: Ban): Ban[] =>
  [ban, ...withoutBan(bans, ban.shopId)].slice(0, bansMax)

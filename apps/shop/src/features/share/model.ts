import { shareParam, shareWindowMs } from '@kaibo/contract/people/share-link'
import type { OrderSource } from '@kaibo/contract/trade/order'
import { isId } from '@kaibo/kernel/ids'

/** This device came to a shop by a shared link. */
export type Entry = {
  shareId: string
  liveId: string
  shopId: string
  atMs: number
  /** Whether the server knows it of a person, and not of a browser alone. */
  isMine: boolean
}

const entriesMax = 50

/** The link that an address carries; null for none, or for what cannot be one. */
export function shareIdIn(search: string): string | null {
  const id = new URLSearchParams(search).get(shareParam)
  return id !== null && isId(id) ? id : null
}

/** The last link by which this device came to each shop, newest first. */
export const entered = (entries: readonly Entry[], entry: Entry): Entry[] =>
  [entry, ...entries.filter(each => each.shopId !== entry.shopId)].slice(0, entriesMax)

/** Where an order of a shop comes from outside its room: a link, as long as that counts, or the shop. */
export function sourceIn(
  entries: readonly Entry[],
  { shopId, nowMs }: { shopId: string | undefined; nowMs: number },
): OrderSource {
  const entry = entries.find(each => each.shopId === shopId)
  if (!entry || nowMs - entry.atMs >= shareWindowMs) return { kind: 'shop', id: null }
  return { kind: 'link', id: entry.shareId }
}

/** What the server should know of the person who has signed in now. */
export const unclaimed = (entries: readonly Entry[], nowMs: number): Entry[] =>
  entries.filter(entry => !entry.isMine && nowMs - entry.atMs < shareWindowMs)

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  'shareId' in value &&
  typeof value.shareId === 'string' &&
  isId(value.shareId) &&
  'liveId' in value &&
  typeof value.liveId === 'string' &&
  'shopId' in value &&
  typeof value.shopId === 'string' &&
  'atMs' in value &&
  typeof value.atMs === 'number' &&
  'isMine' in value &&
  typeof value.isMine === 'boolean'

/** What was kept on the device; nothing when it cannot be read. */
export function parsedEntries(text: string | null): Entry[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}

/** The dark modules of a code as one path: runs of a row are one stroke each. */
export const codePath = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) => {
      const runs = [
        ...row
          .map(isDark => (isDark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ]
      return runs.map(run => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)
    })
    .join('')

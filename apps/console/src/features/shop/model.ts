import type { Shop } from '@kaibo/contract/people/shop'

/** What the API takes, in characters. */
export const nameMax = 30
export const introMax = 200
const nameMin = 2

/** A name has to be long enough to be told from others. */
export const nameProblem = (name: string): 'nameShort' | undefined =>
  [...name.trim()].length < nameMin ? 'nameShort' : undefined

type Wanted = { name: string; intro: string; logoFileId: string | undefined }
export type ShopChange = { name?: string; intro?: string; logoFileId?: string }

/** Only what is different: nothing else is written, and nothing else is in the audit log. */
export function shopChange(shop: Shop, wanted: Wanted): ShopChange {
  const name = wanted.name.trim()
  const intro = wanted.intro.trim()
  const isNewLogo = wanted.logoFileId !== undefined && !shop.logoUrl?.endsWith(wanted.logoFileId)
  return {
    ...(name === shop.name ? {} : { name }),
    ...(intro === shop.intro ? {} : { intro }),
    ...(isNewLogo && wanted.logoFileId ? { logoFileId: wanted.logoFileId } : {}),
  }
}

import { fail } from '@kaibo/contract/core/fail'
import { type ShopRole, shopRoles } from '@kaibo/contract/core/permissions'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'

/** A shop somebody works for. */
export type Membership = { shopId: Id; name: string; role: ShopRole }

/** Narrows a stored role. */
export const shopRole = (text: string): ShopRole =>
  must(
    shopRoles.find(role => role === text),
    `not a role in a shop: ${text}`,
  )

const nameCharsMin = 2

/** The name as it is shown: composed characters, single spaces, nothing around it. */
export function shownName(typed: string): string {
  const name = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  if (name.length < nameCharsMin) throw fail('request.invalid', { field: 'name' })
  return name
}

/**
 * What two names must not share: compatibility forms (full-width letters, ligatures), case, spaces
 * and invisible characters do not make a name different.
 */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')

/** Whether opening the shop `wanted` is new, a repeat of the same call, or refused: one per person. */
export function decideOpen(owned: Id | undefined, wanted: Id): 'open' | 'repeat' {
  if (owned === undefined) return 'open'
  if (owned === wanted) return 'repeat'
  throw fail('shop.already_open', { shopId: owned })
}

export type ShopChange = { name?: string; intro?: string; logoFileId?: Id }

/** What a change of the shop writes. */
export function decideChange(wanted: ShopChange): ShopChange & { nameKey?: string } {
  const name = wanted.name === undefined ? undefined : shownName(wanted.name)
  return {
    ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
    ...(wanted.intro === undefined ? {} : { intro: wanted.intro.trim() }),
    ...(wanted.logoFileId === undefined ? {} : { logoFileId: wanted.logoFileId }),
  }
}

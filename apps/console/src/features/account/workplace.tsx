import type { Permission } from '@kaibo/contract/core/permissions'
import type { Me } from '@kaibo/contract/people/account'
import { must } from '@kaibo/kernel/invariant'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { type MyShop, mayDo, shopToWorkFor } from './model.ts'

type Workplace = {
  user: NonNullable<Me['user']>
  shops: readonly MyShop[]
  /** The shop that the console works for now; null for an operator without one. */
  shop: MyShop | null
  choose: (shopId: string) => void
  can: (permission: Permission) => boolean
}

const Place = createContext<Workplace | null>(null)
const storageKey = 'kaibo.console.shop'

type WorkplaceProviderProps = Pick<Workplace, 'user' | 'shops'> & { children: ReactNode }

/** Lets every page below know who works for which shop; the choice of shop is remembered. */
export function WorkplaceProvider({ user, shops, children }: WorkplaceProviderProps) {
  const [chosenId, setChosenId] = useState(storedShopId)
  const shop = shopToWorkFor(shops, chosenId)
  const choose = (shopId: string) => {
    storeShopId(shopId)
    setChosenId(shopId)
  }
  const can = (permission: Permission) => mayDo({ user, shop }, permission)
  return <Place value={{ user, shops, shop, choose, can }}>{children}</Place>
}

export const useWorkplace = (): Workplace => must(useContext(Place), 'a page stands in the gate')

/** The shop of a page that exists only within a shop. */
export const useMyShop = (): MyShop => must(useWorkplace().shop, 'a shop page has a shop')

// Storage is refused in some private modes; the choice then lasts as long as the page.
function storedShopId(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function storeShopId(shopId: string): void {
  try {
    localStorage.setItem(storageKey, shopId)
  } catch {}
}

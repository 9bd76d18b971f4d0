import { must } from '@kaibo/kernel/invariant'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { currentShop, type MyShop } from './model.ts'

type MyShops = {
  /** The shop that the studio works for now. */
  shop: MyShop
  shops: readonly MyShop[]
  choose: (shopId: string) => void
}

const Shops = createContext<MyShops | null>(null)
const storageKey = 'kaibo.studio.shop'

/** Lets every page below know for which shop it works; the choice is remembered. */
export function MyShopProvider(props: { shops: readonly MyShop[]; children: ReactNode }) {
  const [chosenId, setChosenId] = useState(stored)
  const shop = currentShop(props.shops, chosenId)
  const choose = (shopId: string) => {
    store(shopId)
    setChosenId(shopId)
  }
  if (!shop) return null
  return <Shops value={{ shop, shops: props.shops, choose }}>{props.children}</Shops>
}

export const useMyShops = (): MyShops => must(useContext(Shops), 'a page stands inside the gate')

export const useMyShop = (): MyShop => useMyShops().shop

// Storage is refused in some private modes; the choice then lasts as long as the page.
function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function store(shopId: string): void {
  try {
    localStorage.setItem(storageKey, shopId)
  } catch {}
}

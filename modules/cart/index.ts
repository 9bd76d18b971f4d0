import type { Handlers } from '@kaibo/contract/core/handlers'
import type { cartApi } from '@kaibo/contract/trade/cart'
import type { CartNeeds } from './cart.ts'
import { createHandlers } from './routes.ts'

export type { CartNeeds }

/** What people mean to buy 购物车, across shops and devices. It holds no stock and promises no price. */
export type CartModule = { readonly handlers: Handlers<typeof cartApi> }

export const createCart = (needs: CartNeeds): CartModule => ({ handlers: createHandlers(needs) })

import type { Handlers } from '@kaibo/contract/core/handlers'
import type { cartApi } from '@kaibo/contract/trade/cart'
import * as cart from './cart.ts'

export const createHandlers = (needs: cart.CartNeeds): Handlers<typeof cartApi> => ({
  view: async ({ actor }, region) => cart.view(needs, actor, region),
  count: async ({ actor }) => cart.count(needs, actor),
  viewDevice: async (_ctx, device) => cart.viewDevice(needs, device),
  add: async ({ actor }, wanted) => cart.add(needs, actor, wanted),
  set: async ({ actor }, wanted) => cart.setQuantity(needs, actor, wanted),
  changeSku: async ({ actor }, wanted) => cart.changeSku(needs, actor, wanted),
  select: async ({ actor }, wanted) => cart.select(needs, actor, wanted),
  remove: async ({ actor }, wanted) => cart.remove(needs, actor, wanted),
  merge: async ({ actor }, device) => cart.merge(needs, actor, device),
})
